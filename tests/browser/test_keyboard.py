"""The map without a mouse: the list of what is in view, the card, the way back."""

from playwright.sync_api import expect


def test_list_opens_a_card_by_keyboard_alone_and_escape_returns_to_it(map_page):
    map_page.open()
    page = map_page.page
    page.get_by_role("tab", name="Шари").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Що видно")).to_be_focused()
    expect(page.locator("#list-summary")).to_have_text(
        "На карті 12 об’єктів, спершу найближчі до центру"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = page.locator("#list-items a").first
    expect(first).to_be_focused()
    name = first.locator(".result-title").inner_text()
    page.keyboard.press("Enter")
    map_page.expect_card(name)
    expect(map_page.card_title()).to_be_focused()
    page.keyboard.press("Escape")
    expect(map_page.card()).to_be_hidden()
    expect(first).to_be_focused()


def test_list_is_sorted_by_distance_to_the_centre(map_page):
    map_page.open("#map=14/50.174/27.058&layers=pharmacies")
    map_page.page.get_by_role("tab", name="Що видно").click()
    first = map_page.page.locator("#list-items a").first
    expect(first).to_contain_text("Аптека «Подорожник» № 1")
    expect(first.locator(".result-distance")).to_have_text("0\u00a0м")


def test_number_of_objects_is_told_politely(map_page):
    map_page.open()
    live = map_page.page.locator("#live-count")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_have_text("На карті 12 об’єктів")


def test_switches_are_checkboxes_in_named_groups(map_page):
    map_page.open()
    page = map_page.page
    group = page.get_by_role("group", name="Здоров'я")
    switch = group.get_by_role("checkbox", name="Аптеки")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    assert "layers=parks" in map_page.address()


def test_no_layer_on_says_what_to_do(map_page):
    map_page.open("#layers=")
    map_page.page.get_by_role("tab", name="Що видно").click()
    expect(map_page.page.locator("#list-summary")).to_contain_text("Жоден шар не ввімкнено")


def test_first_key_reaches_a_link_past_the_header(map_page):
    map_page.open()
    map_page.page.keyboard.press("Tab")
    expect(map_page.page.get_by_role("link", name="До змісту")).to_be_focused()
