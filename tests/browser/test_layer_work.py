"""An officer keeps a layer in a real browser: on a phone with its map, and without scripts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geoportal.accounts.models import User
from layers.models import Changeset, Feature
from layers.services import edit_feature
from tests.browser.conftest import Witness
from tests.browser.working_places import MAP_WAIT_MS, PHONE, expect_fits, sign_in
from tests.geoportal.staff.conftest import Grove, grove  # noqa: F401

Open = Callable[[User, str], Page]


@pytest.fixture
def open_staff(live_server, grove: Grove, context, page: Page) -> Iterator[Open]:
    """A page of the workplace; at the end nothing outside was asked or complained of."""
    witness = Witness(str(live_server.url))
    witness.watch(context)

    def open_page(user: User, path: str) -> Page:
        sign_in(page, user, witness.site)
        page.goto(f"{witness.site}/staff/{path}")
        return page

    yield open_page
    assert witness.outside == []
    assert witness.complaints == []


def test_a_layer_is_made_filled_and_a_change_undone_on_a_phone(open_staff, grove, page):
    page.set_viewport_size(PHONE)
    open_staff(grove.officer, "new-layer/?lang=uk")
    page.get_by_label("Назва українською").fill("Зупинки «Ягода»")
    expect(page.get_by_label("Назва в адресах")).to_have_value("zupynky-yahoda")
    page.get_by_label("Тип геометрії").select_option("point")
    page.locator("[name=fields-0-title]").fill("Назва зупинки")
    page.get_by_role("button", name="Створити шар").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Зупинки «Ягода»")
    expect_fits(page)
    page.get_by_role("link", name="Додати об’єкт").click()
    page.get_by_label("Назва зупинки").fill("Ринок")
    page.get_by_label("Місце: широта, довгота").fill("50.45, 30.52")
    page.get_by_role("button", name="Додати", exact=True).click()
    expect(page.get_by_text("Об’єкт додано.")).to_be_visible()
    expect_fits(page)
    page.get_by_role("link", name="Що змінено").click()
    page.wait_for_selector("#difference-map[data-map-state='idle']", timeout=MAP_WAIT_MS)
    expect(page.locator(".difference-added")).to_contain_text("Ринок")
    expect_fits(page)
    page.get_by_role("link", name="Скасувати").click()
    expect(page.get_by_text("те, що вона додала, зникне")).to_be_visible()
    page.get_by_label("Чому").fill("не там")
    page.get_by_role("button", name="Скасувати зміну").click()
    expect(page.get_by_text("скасовано.")).to_be_visible()
    assert not Feature.objects.filter(layer__slug="zupynky-yahoda").exists()
    assert Changeset.objects.latest("id").comment == "не там"


def test_two_changes_of_one_object_are_merged_without_scripts(
    live_server,
    grove,
    browser: Browser,
):
    site = str(live_server.url)
    context = browser.new_context(java_script_enabled=False, locale="uk-UA")
    page = context.new_page()
    sign_in(page, grove.officer, site)
    page.goto(f"{site}/staff/layers/trees/objects/1/")
    page.get_by_label("Висота, м").fill("10")
    edit_feature(layer=grove.trees, key="1", values={"height": 11, "species": "Бук"})
    page.get_by_role("button", name="Зберегти").click()
    expect(page.get_by_role("heading", name="Дві зміни зустрілися")).to_be_visible()
    row = page.get_by_role("row", name="Висота")
    expect(row.get_by_text("9 м")).to_be_visible()
    row.get_by_role("radio").first.check()
    page.get_by_role("button", name="Зберегти так").click()
    expect(page.get_by_text("Об’єкт збережено.")).to_be_visible()
    merged = Feature.objects.get(layer__slug="trees", key="1")
    assert merged.properties == {"species": "Бук", "height": 10}
    page.get_by_role("button", name="Скасувати").click()
    assert Feature.objects.get(layer__slug="trees", key="1").properties["height"] == 11
    context.close()
