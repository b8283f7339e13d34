"""Layers are switched, objects are opened, the address remembers."""

import re

from playwright.sync_api import expect

TOWN = "#map=16/50.174/27.058"
FIRST_PHARMACY = (27.058, 50.174)


def test_switching_a_layer_draws_it_and_is_kept_in_the_address(map_page):
    map_page.open()
    expect(map_page.layer("Веломаршрути")).not_to_be_checked()
    map_page.layer("Веломаршрути").check()
    map_page.settle()
    assert "layers=pharmacies,parks,routes" in map_page.address()
    expect(map_page.page.locator("#list-count")).to_have_text("13")
    map_page.page.reload()
    map_page.wait()
    expect(map_page.layer("Веломаршрути")).to_be_checked()


def test_click_on_a_point_opens_its_card_and_the_card_leads_to_its_page(map_page):
    map_page.open(TOWN)
    map_page.click_place(*FIRST_PHARMACY)
    map_page.expect_card("Аптека «Подорожник» № 1")
    assert "feature=pharmacies/0" in map_page.address()
    about = map_page.card().locator(".about")
    expect(about).to_contain_text("Відкрито цілодобово")
    expect(about.locator(".about-address")).to_have_text("вул. Соборна, 12-А")
    facts = map_page.card().locator(".facts")
    for title, shown in {
        "Власність": "Комунальна",
        "Відкрито": "30 травня 2019",
        "Перевірено": "20 листопада 2026, 14:05",
        "Відвідувачів за рік": "12\u202f345",
        "Площа": "84,5\u00a0м²",
    }.items():
        row = facts.locator("div").filter(has=map_page.page.get_by_text(title, exact=True))
        assert row.locator("dd").inner_text() == shown
    expect(about.get_by_role("link", name="+380 67 123-45-67")).to_have_attribute(
        "href", "tel:+380671234567"
    )
    expect(about.get_by_role("link", name="pharmacy.example/odyn")).to_have_attribute(
        "href", "https://pharmacy.example/odyn/"
    )
    map_page.card().get_by_role("link", name="Докладніше").click()
    expect(map_page.page.get_by_role("heading", level=1)).to_have_text("Аптека «Подорожник» № 1")
    expect(map_page.page).to_have_url(re.compile(r"/layers/pharmacies/0/$"))


def test_tags_in_a_value_are_shown_as_lines_of_text(map_page):
    map_page.open("#feature=pharmacies/0")
    map_page.expect_card("Аптека «Подорожник» № 1")
    note = map_page.card().locator("dd").last
    assert note.inner_text() == "Вхід з двору\nДзвінок біля дверей & пандус"
    expect(note.locator("b")).to_have_count(0)


def test_several_objects_under_the_pointer_are_offered_as_a_choice(map_page):
    map_page.open("#map=8/50.18/27.07")
    map_page.click_place(27.066, 50.18)
    expect(map_page.card_title()).to_have_text(re.compile(r"^Тут \d+ об’єкт"))
    map_page.card().get_by_role("link", name="М'ята").click()
    map_page.expect_card("М'ята")


def test_area_under_a_point_is_named_below_its_card(map_page):
    map_page.open(f"{TOWN}&layers=pharmacies,districts")
    map_page.click_place(*FIRST_PHARMACY)
    map_page.expect_card("Аптека «Подорожник» № 1")
    expect(map_page.card().get_by_text("Тут також")).to_be_visible()
    map_page.card().get_by_role("link", name="Західний район").click()
    map_page.expect_card("Західний район")


def test_view_and_object_survive_reload_and_back_closes_the_card(map_page):
    map_page.open(TOWN)
    map_page.click_place(*FIRST_PHARMACY)
    map_page.expect_card("Аптека «Подорожник» № 1")
    map_page.page.reload()
    map_page.wait()
    map_page.expect_card("Аптека «Подорожник» № 1")
    assert map_page.address().startswith("map=16/50.174")
    map_page.page.go_back()
    expect(map_page.card()).to_be_hidden()
    map_page.page.go_forward()
    map_page.expect_card("Аптека «Подорожник» № 1")


def test_link_to_an_object_switches_its_layer_on_and_goes_there(map_page):
    map_page.open("#layers=parks&feature=routes/north")
    map_page.expect_card("Північний")
    expect(map_page.layer("Веломаршрути")).to_be_checked()
    expect(map_page.layer("Аптеки")).not_to_be_checked()
    map_page.settle()
    assert map_page.address().startswith("map=")


def test_link_to_what_is_gone_says_so_kindly(witness, page):
    from tests.browser.map_page import MapPage

    gone = MapPage(page, witness.site)
    gone.open("#feature=pharmacies/999")
    expect(gone.card()).to_contain_text("Цього об’єкта тут уже немає")


def test_whole_community_button_brings_all_of_it_back(map_page):
    map_page.open("#map=18/50.2/27.1")
    map_page.page.get_by_role("button", name="Уся громада").click()
    map_page.settle()
    zoom = float(map_page.address().removeprefix("map=").split("/")[0])
    assert zoom < 14
    expect(map_page.page.locator("#list-count")).to_have_text("12")


def test_scale_bar_tells_a_round_distance(map_page):
    map_page.open(TOWN)
    expect(map_page.page.locator("#scale-text")).to_have_text(re.compile(r"^(50|100)\u00a0м$"))


def test_map_turns_dark_with_the_system(map_page):
    map_page.page.emulate_media(color_scheme="light")
    map_page.open(TOWN)
    light = map_page.page.locator("body").evaluate("node => getComputedStyle(node).color")
    with map_page.page.expect_response(re.compile(r"/tiles/style\.json\?theme=dark")):
        map_page.page.emulate_media(color_scheme="dark")
    map_page.settle()
    dark = map_page.page.locator("body").evaluate("node => getComputedStyle(node).color")
    assert light != dark
    map_page.click_place(*FIRST_PHARMACY)
    map_page.expect_card("Аптека «Подорожник» № 1")


def test_layers_that_are_on_come_in_one_tile_and_a_switch_asks_for_no_other(map_page):
    asked: list[str] = []
    map_page.page.context.on("request", lambda request: asked.append(request.url))

    def list_asked() -> set[str]:
        found = {match[1] for url in asked if (match := re.search(r"/tiles/([^/]+)/\d+/", url))}
        asked.clear()
        return {slugs for slugs in found if not slugs.startswith(("boundary", "streets"))}

    map_page.open()
    assert list_asked() == {"pharmacies,parks"}
    map_page.layer("Парки").uncheck()
    map_page.settle()
    assert list_asked() == set()
    with map_page.page.expect_request(re.compile(r"/tiles/routes/")):
        map_page.layer("Веломаршрути").check()
    map_page.settle()
    assert list_asked() == {"routes"}
    map_page.layer("Парки").check()
    map_page.settle()
    assert list_asked() == set()
