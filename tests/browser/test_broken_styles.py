"""A style with a fault, past every check, takes neither the map nor the other layers with it."""

import pytest
from playwright.sync_api import expect

from layers.models import Layer
from tests.browser.test_map import FIRST_PHARMACY, TOWN

WRONG = {
    "light": [
        {"type": "fill", "paint": {"fill-color": ["matsch", ["get", "kind"], "red"]}},
        {"type": "line", "paint": {"line-color": "#2e7d32"}},
    ]
}
NOTE = "Показано не повністю через помилку в стилі: {}. Решта карти правильна."


@pytest.fixture
def broken(community: str) -> None:
    """As somebody may write it by SQL."""
    Layer.objects.filter(slug="parks").update(style=WRONG)


@pytest.fixture
def unchecked(monkeypatch, broken: None) -> None:
    """A server that cannot check styles hands out what it has."""
    monkeypatch.setattr(
        "tiles.style.document.list_drawable", lambda styles: [True for _style in styles]
    )


def expect_pharmacy(map_page) -> None:
    map_page.click_place(*FIRST_PHARMACY)
    map_page.expect_card("Аптека «Подорожник» № 1")


def test_the_server_mends_a_broken_style_and_the_map_is_whole(broken, map_page):
    map_page.open(f"{TOWN}&layers=pharmacies,parks")
    expect_pharmacy(map_page)
    expect(map_page.page.locator(".message")).to_have_count(0)


def test_what_the_map_refuses_is_left_out_and_said_and_the_rest_stands(unchecked, map_page):
    map_page.open(f"{TOWN}&layers=pharmacies,parks")
    expect(map_page.page.locator(".message")).to_contain_text(NOTE.format("Парки"))
    expect_pharmacy(map_page)


def test_the_dark_theme_comes_all_the_same(unchecked, map_page):
    map_page.open(f"{TOWN}&layers=pharmacies,parks")
    map_page.page.locator(".message button").click()
    map_page.page.emulate_media(color_scheme="dark")
    expect(map_page.page.locator(".message")).to_contain_text(NOTE.format("Парки"))
    map_page.settle()
    expect_pharmacy(map_page)


def test_a_small_map_says_it_over_itself(unchecked, map_page):
    page = map_page.page
    page.goto(f"{map_page.site}/layers/pharmacies/0/")
    page.wait_for_selector("#place-map[data-map-state='idle']", timeout=20_000)
    expect(page.locator("#place-map .map-refused")).to_have_text(NOTE.format("parks"))
