"""An officer imports files that towns have: from the upload, which is cut once, to the rollback."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import geopandas
import openpyxl
import pytest
from playwright.sync_api import Page, Route, expect
from shapely import Point, box

from layers.models import Feature, Layer
from tests.browser.conftest import Witness
from tests.browser.working_places import PHONE, expect_fits, sign_in
from tests.conftest import plant_tree, write_council, write_layer, write_officer

WIDE = {"width": 1400, "height": 900}
WAIT_MS = 30_000
CSV = (
    "код;Порода;Висота;довгота;широта\r\n"
    "1;Дуб;12,5;30,5238;50,4547\r\n"
    "2;Клен;8,0;30,5300;50,4500\r\n"
    "3;Липа;висока;30,5350;50,4510\r\n"
)


@pytest.fixture
def page_of_imports(live_server, transactional_db, context, page: Page) -> Iterator[Page]:
    council = write_council()
    trees = write_layer(council)
    plant_tree(trees, "1", 30.5238, 50.4547, values={"height": 10})
    plant_tree(trees, "9", 30.54, 50.46)
    witness = Witness(str(live_server.url))
    witness.watch(context)
    sign_in(page, write_officer(council), witness.site)
    page.goto(f"{witness.site}/")
    yield page
    assert witness.outside == []
    # What the test itself has cut is all that was complained of.
    assert [each for each in witness.complaints if "ERR_CONNECTION_RESET" not in each] == []


def wait_for_map(page: Page) -> None:
    page.wait_for_selector("#stage-map[data-map-state='idle']", timeout=WAIT_MS)


def expect_fits_everywhere(page: Page) -> None:
    """Nothing is wider than the screen, wide or narrow."""
    expect_fits(page)
    page.set_viewport_size(PHONE)
    expect_fits(page)
    page.set_viewport_size(WIDE)


def cut_once(page: Page) -> list[str]:
    """The first piece of a file is lost on its way; the list says which methods came."""
    seen: list[str] = []

    def handle(route: Route) -> None:
        seen.append(route.request.method)
        if seen.count("PATCH") == 1 and route.request.method == "PATCH":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/api/v1/uploads/**", handle)
    return seen


def write_workbook(folder: Path) -> Path:
    """As an accountant keeps it: a title, an empty row, headings, decimal commas, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Реєстр дерев станом на 01.10.2026"],
        [],
        ["код", "Порода", "Висота", "довгота", "широта"],
        ["1", "Дуб", "12,5", "30,5238", "50,4547"],
        ["2", "Клен", "8,0", "30,5300", "50,4500"],
        ["Усього", "2"],
    ):
        sheet.append(row)
    path = folder / "дерева.xlsx"
    book.save(path)
    return path


def write_geodatabase(folder: Path) -> Path:
    """Two layers of a File Geodatabase, zipped as it is sent."""
    base = folder / "town.gdb"
    shapes = {"Lavky": [Point(30.52, 50.45), Point(30.53, 50.46)], "Parky": [box(30, 50, 31, 51)]}
    for layer, geometry in shapes.items():
        names = [f"{layer} {place}" for place in range(len(geometry))]
        frame = geopandas.GeoDataFrame({"nazva": names}, geometry=geometry, crs=4326)
        frame.to_file(base, layer=layer, driver="OpenFileGDB", engine="pyogrio")
    return Path(shutil.make_archive(str(base), "zip", folder, base.name))


def send(page: Page, file: Path, layer: str = "") -> None:
    """Into this layer, or a new one."""
    page.goto(f"{page.url}staff/imports/new/")
    if layer:
        page.select_option("#id_layer", layer)
    else:
        page.locator("[name=into][value=new]").check()
    page.set_input_files("#id_files", file)
    expect(page.locator(".sent-done")).to_be_visible(timeout=WAIT_MS)
    page.locator("#start").press("Enter")


def test_a_workbook_with_a_title_and_decimal_commas_goes_into_a_layer_and_back(
    page_of_imports, tmp_path
):
    page = page_of_imports
    send(page, write_workbook(tmp_path), "trees")

    expect(page.locator("#question-header_row input.input")).to_have_value("2", timeout=WAIT_MS)
    expect(page.locator("#question-lon")).to_contain_text("Як підкажуть заголовки")
    expect(page.locator("#question-mapping")).to_contain_text("12,5")
    expect_fits_everywhere(page)
    page.locator("#question-key [value='код']").check()
    page.get_by_role("button", name="Перевірити рядки").click()

    expect(page.locator(".remark-error")).to_contain_text("підсумовує", timeout=WAIT_MS)
    page.get_by_role("button", name="Питання").click()
    expect(page.locator("#question-key [value='код']")).to_be_checked(timeout=WAIT_MS)
    page.get_by_role("button", name="Перевірити рядки").click()
    publish = page.get_by_role("button", name="Опублікувати")
    publish.focus(timeout=WAIT_MS)
    page.keyboard.press("Enter")

    expect(page.locator(".published")).to_be_visible(timeout=WAIT_MS)
    heights = dict(Feature.objects.values_list("key", "properties__height"))
    assert heights == {"1": 12.5, "2": 8, "9": 12.5}
    page.get_by_role("link", name="Скасувати зміну").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    assert set(Feature.objects.values_list("key", flat=True)) == {"1", "9"}


def test_layers_of_a_geodatabase_are_chosen_and_published_together_by_keys_alone(
    page_of_imports, tmp_path
):
    page = page_of_imports
    send(page, write_geodatabase(tmp_path))

    chosen = page.get_by_role("checkbox")
    expect(chosen).to_have_count(2, timeout=WAIT_MS)
    expect(page.locator(".part").first).to_contain_text("2 рядки · точки")
    chosen.first.press("Space")
    expect(page.get_by_label("Назва шару").filter(visible=True)).to_have_count(1)
    chosen.first.press("Space")
    page.get_by_label("Назва шару").last.fill("Парки міста")
    expect_fits_everywhere(page)
    page.get_by_role("button", name="Прочитати вибране").press("Enter")

    publish = page.get_by_role("button", name="Опублікувати вибрані")
    expect(page.locator("[name=import]")).to_have_count(2, timeout=WAIT_MS)
    expect_fits_everywhere(page)
    publish.press("Enter")
    expect(page.get_by_text("Опубліковано 2 з 2")).to_be_visible(timeout=WAIT_MS)
    titles = set(Layer.objects.exclude(slug="trees").values_list("slug", "title_uk"))
    assert titles == {("lavky", "Lavky"), ("parky", "Парки міста")}


def test_an_officer_imports_a_file_of_excel_and_takes_it_back(page_of_imports, tmp_path):
    page = page_of_imports
    file = tmp_path / "дерева.csv"
    file.write_bytes(CSV.encode("cp1251"))
    seen = cut_once(page)

    page.get_by_role("link", name="Шари").first.click()
    page.get_by_role("link", name="Імпорти").click()
    page.get_by_role("link", name="Імпортувати файли").click()
    page.select_option("#id_layer", "trees")
    page.set_input_files("#id_files", file)
    expect(page.locator(".sent-done")).to_be_visible(timeout=WAIT_MS)
    assert seen == ["POST", "PATCH", "HEAD", "PATCH"]
    expect_fits_everywhere(page)
    page.click("#start")

    expect(page.locator("#question-encoding")).to_contain_text("Порода")
    wait_for_map(page)
    page.locator("#question-crs [value='@other']").check()
    page.locator("#question-crs [name$=other]").fill("EPSG:4284")
    page.locator("#question-crs [name$=other]").blur()
    expect(page.locator("#map-words")).to_contain_text("Чи місця там")
    page.locator("#question-crs [value='EPSG:4326']").check()
    page.locator("#question-key [value='код']").check()
    page.locator("#question-mode [value=replace]").check()
    expect_fits_everywhere(page)
    page.get_by_role("button", name="Перевірити рядки").click()

    expect(page.locator(".remark-error")).to_contain_text("висока", timeout=WAIT_MS)
    expect(page.locator(".difference-changed ins")).to_contain_text("12,5")
    expect(page.locator(".difference-removed")).to_have_count(1)
    wait_for_map(page)
    expect_fits_everywhere(page)
    page.fill("#id_comment", "Обхід 2026 року")
    for brake in page.locator("[name=agree]").all():
        brake.check()
    page.get_by_role("button", name="Опублікувати").click()

    expect(page.locator(".published")).to_be_visible(timeout=WAIT_MS)
    expect_fits_everywhere(page)
    assert sorted(Feature.objects.values_list("key", flat=True)) == ["1", "2"]
    page.get_by_role("link", name="Скасувати зміну").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    heights = dict(Feature.objects.values_list("key", "properties__height"))
    assert heights == {"1": 10, "9": 12.5}
