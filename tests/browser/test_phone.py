"""390 px: search above, a sheet of three heights below."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SHARP

pytestmark = SHARP


def seen_px(page: Page) -> float:
    """How much of the sheet is on the screen."""
    return float(
        page.evaluate(
            "() => innerHeight - document.getElementById('panel').getBoundingClientRect().top"
        )
    )


def test_sheet_steps_through_three_heights(phone_page):
    phone_page.open()
    page = phone_page.page
    handle = page.get_by_role("button", name="Розгорнути або згорнути список")
    heights = []
    for expanded in ("false", "true", "true"):
        expect(handle).to_have_attribute("aria-expanded", expanded)
        page.wait_for_timeout(100)
        heights.append(seen_px(page))
        handle.click()
    low, half, full = heights
    assert low < 110
    assert 0.4 * 844 < half < 0.55 * 844
    assert full > 0.75 * 844
    expect(handle).to_have_attribute("aria-expanded", "false")


def test_sheet_follows_a_finger(phone_page):
    phone_page.open()
    page = phone_page.page
    page.mouse.move(195, 765)
    page.mouse.down()
    for y in range(765, 430, -25):
        page.mouse.move(195, y)
        page.wait_for_timeout(16)
    page.wait_for_timeout(200)
    page.mouse.move(195, 430)
    page.mouse.up()
    expect(page.locator("#panel")).to_have_attribute("data-height", "half")


def test_tapped_object_stays_in_sight_above_its_card(phone_page):
    phone_page.open("#map=15/50.178/27.058")
    phone_page.click_place(27.058, 50.174)
    phone_page.expect_card("Аптека «Подорожник» № 1")
    phone_page.settle()
    _, y = phone_page.find_pixel(27.058, 50.174)
    assert y < 844 - seen_px(phone_page.page)
    phone_page.card().get_by_role("button", name="Закрити картку").click()
    expect(phone_page.page.locator("#panel")).to_have_attribute("data-height", "peek")


def test_nothing_is_wider_than_the_screen(phone_page):
    for path in ("/", "/data/", "/layers/pharmacies/", "/layers/pharmacies/0/", "/accounts/login/"):
        phone_page.page.goto(phone_page.site + path)
        assert phone_page.page.evaluate("() => document.documentElement.scrollWidth") <= 390, path


def test_everything_that_is_pressed_is_44_px_high(phone_page):
    phone_page.open()
    phone_page.page.locator("#sheet-handle").click()
    small = phone_page.page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, .layer-row")]
          .filter((node) => node.checkVisibility() && !node.matches(".skip, .sheet-handle, p a"))
          .map((node) => [node.className, node.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []
