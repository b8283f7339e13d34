"""The search field as a combobox: objects and layers, by mouse and by keyboard."""

import re

from playwright.sync_api import expect


def search_field(map_page):
    return map_page.page.get_by_role("combobox", name="Пошук місця, адреси або шару")


def test_query_in_mixed_alphabets_finds_and_opens_the_object(map_page):
    map_page.open()
    # Latin c, o, p and a inside a Ukrainian word, another apostrophe, another case.
    search_field(map_page).type("вул coбopнa")
    option = map_page.page.get_by_role("option", name="Аптека «Подорожник» № 1")
    expect(option).to_contain_text("вул. Соборна, 12-А · Аптеки")
    option.click()
    map_page.expect_card("Аптека «Подорожник» № 1")
    map_page.settle()
    assert re.match(r"map=16\.5/50\.174\d*/27\.058", map_page.address())


def test_results_are_walked_with_arrows_and_opened_with_enter(map_page):
    map_page.open()
    field = search_field(map_page)
    field.type("М’ЯТА")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = map_page.page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("М'ята")
    field.press("Enter")
    map_page.expect_card("М'ята")


def test_escape_closes_the_results_and_the_cross_empties_the_field(map_page):
    map_page.open()
    field = search_field(map_page)
    field.type("аптека")
    expect(map_page.page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(map_page.page.get_by_role("listbox")).to_be_hidden()
    map_page.page.get_by_role("button", name="Очистити пошук").click()
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_layer_is_found_by_its_title_and_switched_on(map_page):
    map_page.open()
    search_field(map_page).type("велом")
    map_page.page.get_by_role("option", name="Веломаршрути").click()
    expect(map_page.layer("Веломаршрути")).to_be_checked()
    expect(map_page.layer("Веломаршрути")).to_be_focused()


def test_nothing_found_says_what_to_do(map_page):
    map_page.open()
    search_field(map_page).type("щщщщ")
    expect(map_page.page.locator("#search-results")).to_contain_text(
        "За запитом «щщщщ» нічого не знайдено. Спробуйте коротше слово"
    )


def test_search_that_does_not_answer_can_be_tried_again(witness, page):
    from tests.browser.map_page import MapPage

    broken = MapPage(page, witness.site)
    page.route("**/api/v1/search/**", lambda route: route.fulfill(status=503))
    broken.open()
    search_field(broken).type("аптека")
    expect(page.locator("#search-results")).to_contain_text("Пошук не відповідає")
    page.unroute("**/api/v1/search/**")
    page.locator("#search-results").get_by_role("button", name="Спробувати ще раз").click()
    expect(page.get_by_role("option").first).to_be_visible()
