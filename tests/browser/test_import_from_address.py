"""An officer imports what another portal publishes, this one here, and lets it repeat by itself."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from importers.models import Schedule
from layers.models import Feature
from tests.browser.conftest import Witness
from tests.browser.working_places import PHONE, expect_fits, sign_in
from tests.conftest import plant_tree, write_council, write_layer, write_officer

WIDE = {"width": 1400, "height": 900}


@pytest.fixture
def page_of_imports(live_server, transactional_db, settings, context, page: Page) -> Iterator[Page]:
    """The portal asks its own OGC API, which the setting allows."""
    settings.REMOTE_ALLOWED = ["localhost", "127.0.0.0/8"]
    settings.SITE_URL = str(live_server.url)
    council = write_council()
    for slug, title in (("trees", "Дерева"), ("bushes", "Кущі")):
        layer = write_layer(council, slug, title_uk=title)
        for number in range(15):
            plant_tree(layer, str(number), 30.52 + number / 1000, 50.45)
    witness = Witness(str(live_server.url))
    witness.watch(context)
    sign_in(page, write_officer(council), witness.site)
    page.set_viewport_size(WIDE)
    page.goto(f"{witness.site}/staff/imports/new/?lang=uk")
    yield page
    assert witness.outside == []
    assert witness.complaints == []


def look(page: Page, name: str) -> None:
    """It fits both screens; with GEOPORTAL_TEST_PICTURES pictures are kept there."""
    folder = os.environ.get("PICS")
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        expect_fits(page)
        if folder:
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def test_a_collection_of_an_ogc_api_is_imported_and_repeated(page_of_imports, live_server):
    page = page_of_imports
    page.get_by_role("button", name="Прочитати файли").click()
    expect(page.get_by_text("Спершу виберіть файл або впишіть адресу.")).to_be_visible()
    page.get_by_label("Або адреса файлу чи сервісу").fill(f"{live_server.url}/ogc/")
    page.get_by_label("Назва в адресах").fill("copied")
    look(page, "new")
    page.get_by_role("button", name="Прочитати файли").click()
    page.get_by_label("Кущі").check()
    look(page, "datasets")
    page.get_by_role("button", name="Імпортувати вибрані").click()
    expect(page.get_by_text("Джерело називає свою ліцензію")).to_be_visible()
    page.get_by_role("button", name="Перевірити рядки").click()
    page.get_by_role("button", name="Опублікувати").click()
    look(page, "published")
    assert Feature.objects.filter(layer__slug="copied").count() == 15
    page.get_by_role("link", name="Повторювати за розкладом").click()
    page.get_by_label("Як часто").select_option("weekly")
    page.get_by_label("Якого дня тижня").select_option("5")
    look(page, "schedule")
    page.get_by_role("button", name="Зберегти").click()
    expect(page.get_by_text("щотижня, субота, 03:30")).to_be_visible()
    page.get_by_role("button", name="Запустити зараз").click()
    expect(page.get_by_text("Нічого не змінилося")).to_be_visible()
    page.get_by_role("button", name="Призупинити").click()
    look(page, "sources")
    expect(page.get_by_text("Призупинено", exact=False).first).to_be_visible()
    assert Schedule.objects.get().paused_at is not None
