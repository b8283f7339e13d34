"""From a chip under the search field to the list and the card, on a phone; and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from layers.models import Kind, Layer
from tests.browser.conftest import SHARP
from tests.browser.map_page import WAIT_MS

# «Подорожник» № 1 stands at 27.058, 50.174.
HERE = {"longitude": 27.0588, "latitude": 50.1742, "accuracy": 20}


@pytest.fixture
def pharmacy(community: str) -> Kind:
    layer = Layer.objects.get(slug="pharmacies")
    return Kind.objects.create(slug="pharmacy", title_uk="Аптека", layer=layer, icon="pill")


@SHARP
def test_from_a_chip_to_the_list_and_the_card_at_390_px(pharmacy, phone_page, context):
    page = phone_page.page
    phone_page.open()
    chips = page.get_by_role("navigation", name="Що поруч?")
    expect(chips).to_be_hidden()
    page.get_by_role("combobox").focus()
    expect(chips).to_be_visible()
    page.get_by_role("combobox").type("а")
    expect(chips).to_be_hidden()
    page.get_by_role("combobox").fill("")
    chips.get_by_role("link", name="Аптека").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Аптека поруч")

    page.get_by_role("button", name="Від мого місця").click()
    said = page.locator("#nearest-say")
    expect(said).to_contain_text("Браузер не дозволяє сторінці знати, де ви")
    context.grant_permissions(["geolocation"])
    context.set_geolocation(HERE)
    page.get_by_role("button", name="Від мого місця").click()
    expect(page.get_by_text("від: ваше місце")).to_be_visible()

    first = page.locator(".near").first
    expect(first).to_contain_text("Аптека «Подорожник» № 1")
    expect(first).to_contain_text(re.compile(r"\d+\sм"))
    expect(first).to_contain_text("на захід")
    expect(first).to_contain_text("Відкрито цілодобово")
    expect(page.locator("#nearest-map")).to_have_attribute("data-map-state", "idle", timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert first.bounding_box()["y"] < 844 - 100
    assert all(box.bounding_box()["height"] >= 44 for box in page.locator(".kind-chip").all())
    page.get_by_role("link", name="Відкрито зараз").click()
    expect(page.locator(".near")).to_have_count(1)
    page.locator(".near").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Аптека «Подорожник» № 1")
    expect(page.locator(".about")).to_contain_text("Відкрито цілодобово")
    expect(page.get_by_role("link", name="Маршрут")).to_have_attribute(
        "href", re.compile(r"^https://www\.openstreetmap\.org/directions\?to=50\.17")
    )


def test_without_scripts_an_address_leads_to_the_list_and_the_object(
    pharmacy, community: str, browser: Browser
):
    with browser.new_context(java_script_enabled=False, locale="uk-UA") as context:
        page = context.new_page()
        page.goto(f"{community}/nearest/")
        page.get_by_role("link", name="Аптека", exact=True).click()
        page.get_by_label("Де ви?").fill("вул. Соборна, 12-А")
        page.get_by_role("button", name="Знайти").click()
        expect(page.locator(".near").first).to_contain_text("ви тут")
        expect(page.locator(".near")).to_have_count(11)
        page.locator(".near").nth(1).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("М'ята")
        page.goto(f"{community}/")
        page.get_by_role("searchbox").focus()
        expect(page.get_by_role("navigation", name="Що поруч?")).to_be_visible()


def test_a_long_press_asks_what_is_near_and_lists_are_from_the_person(pharmacy, map_page, context):
    page = map_page.page
    map_page.open("#map=16/50.174/27.058")
    x, y = map_page.find_pixel(27.0595, 50.1745)
    page.mouse.click(x, y, button="right")
    map_page.expect_card("Це місце")
    near = map_page.card().get_by_role("link", name="Що поруч?")
    expect(near).to_have_attribute("href", re.compile(r"/nearest/\?lon=27\.059\d+&lat=50\.174\d+"))
    expect(map_page.card().get_by_role("link", name="Повідомити про проблему тут")).to_be_visible()
    page.keyboard.press("Escape")

    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": 27.0, "latitude": 50.174})
    page.get_by_role("tab", name="Що видно").click()
    summary = page.locator("#list-summary")
    expect(summary).to_contain_text("спершу найближчі до центру")
    locate = page.get_by_role("button", name="Де я", exact=True)
    locate.click()
    expect(locate).to_have_attribute("aria-pressed", "true", timeout=WAIT_MS)
    map_page.settle()
    page.evaluate("location.hash = 'map=16/50.174/27.058'")
    map_page.settle()
    expect(summary).to_contain_text("спершу найближчі до вас", timeout=WAIT_MS)
    expect(page.locator("#list-items .result-distance").first).to_contain_text("4,1")
    page.get_by_role("combobox").focus()
    chip = page.get_by_role("link", name="Аптека", exact=True)
    chip.focus()
    expect(chip).to_have_attribute("href", re.compile("lon=27.000000&lat=50.174000&from=me"))
