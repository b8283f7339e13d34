"""The style editor in a browser: what is filled in is drawn before it is saved."""

import pytest
from playwright.sync_api import Page, expect

from geoportal.accounts.models import User
from layers.models import Layer
from tests.browser.working_places import sign_in

MAP_WAIT_MS = 20_000


@pytest.fixture
def editor(map_page) -> Page:
    """As an administrator, at the style of the pharmacies, with the map drawn."""
    user = User.objects.create_superuser("admin@example.org", "correct horse")
    sign_in(map_page.page, user, map_page.site)
    map_page.page.goto(f"{map_page.site}/staff/layers/pharmacies/style/")
    wait_for_map(map_page.page)
    page: Page = map_page.page
    return page


def wait_for_map(page: Page) -> None:
    page.wait_for_selector("#style-map[data-map-state='idle']", timeout=MAP_WAIT_MS)


def test_a_draft_is_drawn_checked_saved_and_undone(editor, map_page):
    page = editor
    page.get_by_text("за значенням").click()
    page.locator("[name=value_field]").select_option("name")
    rows = page.locator(".style-classes tbody tr")
    expect(rows.first).to_be_visible()
    first = page.locator("#style-legend li").first
    expect(first).to_contain_text("Аптека")
    page.locator("[name=row_title_uk]").first.fill("Найперша")
    expect(first).to_have_text("Найперша")
    page.locator("[name=icon]").fill("no-such-icon")
    expect(page.locator("#style-faults")).to_contain_text("У наборі немає значка")
    page.locator("[name=icon]").fill("cross")
    expect(page.locator("#style-faults")).to_be_hidden()
    wait_for_map(page)
    assert Layer.objects.get(slug="pharmacies").icon != "cross", "nothing is saved yet"
    page.get_by_role("button", name="Зберегти стиль").click()
    expect(page.locator(".message, .messages, [role=status]").first).to_be_visible()
    saved = Layer.objects.get(slug="pharmacies")
    assert saved.icon == "cross"
    assert saved.style["legend"][0]["title_uk"] == "Найперша"

    page.goto(f"{map_page.site}/staff/layers/pharmacies/style/?raw")
    wait_for_map(page)
    page.locator("#raw").fill('{"light": [{"type": "circle", "paint": {"circle-radius": "9"}}]}')
    expect(page.locator("#style-faults")).to_contain_text("circle-radius")
    page.locator("#raw").fill('{"light": [{"type": "circle", "paint": {"circle-radius": 9}}]}')
    expect(page.locator("#style-faults")).to_be_hidden()
    expect(page.locator("[name=checked]")).to_have_value("1")
    page.get_by_role("button", name="Скасувати").first.click()
    expect(page.get_by_text("Стиль тепер такий, як до тієї зміни")).to_be_visible()
    assert Layer.objects.get(slug="pharmacies").icon != "cross"
    # The preview of the page that came back is still asked for.
    page.wait_for_load_state("networkidle")
