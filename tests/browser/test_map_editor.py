"""The editor on the map in a browser: shared borders dragged and saved, a conflict settled."""

import json

import pytest
import shapely
from django.contrib.gis.geos import Polygon
from playwright.sync_api import Page, expect
from shapely.geometry.base import BaseGeometry

from geoportal.accounts.models import User
from layers.models import Changeset, Feature, Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import Addition, Edits, apply_edits, create_layer, edit_feature
from tests.browser.working_places import sign_in

MAP_WAIT_MS = 20_000
# West and east share the border at 27.01; 0.01 degrees are 715 m.
WEST, MIDDLE, EAST, SOUTH, NORTH = 27.0, 27.01, 27.02, 50.18, 50.19


def area(west: float, east: float) -> Polygon:
    ring = ((west, SOUTH), (east, SOUTH), (east, NORTH), (west, NORTH), (west, SOUTH))
    return Polygon(ring, srid=4326)


@pytest.fixture
def okruhs(community: str) -> Layer:
    layer = create_layer(
        spec=LayerSpec(
            slug="okruhs",
            title_uk="Округи",
            kind="territory",
            geometry_type="polygon",
            title_field="name",
            fields=(
                FieldSpec(name="name", title_uk="Назва", required=True),
                FieldSpec(name="people", type="integer", title_uk="Людей"),
            ),
        )
    )
    adds = [
        Addition(key="west", geom=area(WEST, MIDDLE), values={"name": "Західний", "people": 5}),
        Addition(key="east", geom=area(MIDDLE, EAST), values={"name": "Східний"}),
    ]
    apply_edits(layer=layer, edits=Edits(adds=adds))
    return layer


class MapEditor:
    """The page, and places of its map."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait(self) -> None:
        self.page.wait_for_selector("#edit-map[data-map-state='idle']", timeout=MAP_WAIT_MS)

    def choose(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def use(self, tool: str) -> None:
        self.page.locator(f"[data-tool={tool}]").click()

    def put_positions(self, *positions: tuple[float, float]) -> None:
        """Vertices as text, latitude first: by keyboard alone."""
        self.page.locator("#edit-place summary").click()
        text = "\n".join(f"{lat}, {lon}" for lon, lat in positions)
        self.page.locator("#edit-positions").fill(text)
        self.page.locator("#edit-positions-put").click()
        self.page.locator("#edit-place summary").click()

    def save(self, comment: str = "") -> None:
        self.page.locator("#edit-comment").fill(comment)
        self.page.locator("#edit-send").click()

    def expect_said(self, words: str) -> None:
        expect(self.page.locator("#edit-said")).to_contain_text(words)


@pytest.fixture
def editor(map_page, okruhs) -> MapEditor:
    sign_in(map_page.page, User.objects.create_superuser("a@example.org", "x"), map_page.site)
    map_page.page.goto(f"{map_page.site}/staff/layers/okruhs/edit/")
    editor = MapEditor(map_page.page)
    editor.wait()
    return editor


def read(key: str) -> Feature:
    return Feature.objects.get(layer__slug="okruhs", key=key)


def ring_of(key: str) -> list[tuple[float, float]]:
    ring: list[tuple[float, float]] = json.loads(read(key).geom.json)["coordinates"][0]
    return ring


def test_borders_move_together_by_pointer_are_saved_at_once_and_a_conflict_is_settled(
    editor, witness
):
    page = editor.page
    expect(page.locator("#edit-list li")).to_have_count(2)

    # A vertex is put into the shared border by its middle point, and dragged to the east.
    editor.choose("Західний")
    editor.use("reshape")
    editor.wait()
    drag_shared_border(page)
    expect(page.locator("#edit-changes")).to_have_text("2 зміни")
    for _step in ("the drag", "the new vertex"):
        editor.use("undo")
    expect(page.locator("#edit-changes")).to_have_text("")
    for _step in ("the new vertex", "the drag"):
        editor.use("redo")
    expect(page.locator("#edit-changes")).to_have_text("2 зміни")

    # Meanwhile somebody else changes the words of one of the two.
    theirs = edit_feature(layer=Layer.objects.get(slug="okruhs"), key="west", values={"people": 7})
    editor.save("межа по новій вулиці")
    expect(page.locator("#edit-conflicts")).to_contain_text("Західний")
    assert len(ring_of("east")) == 5, "nothing was saved"
    page.get_by_role("button", name="Продовжити з цим").click()
    editor.save("межа по новій вулиці")
    editor.expect_said("Збережено як зміну")
    west, east = ring_of("west"), ring_of("east")
    shared = {tuple(place) for place in west} & {tuple(place) for place in east}
    assert len(shared) == 3, "the vertex that was dragged stands in both"
    saved = Changeset.objects.latest("id")
    assert (saved.changed, saved.comment) == (2, "межа по новій вулиці")
    assert saved.pk > theirs.changeset_id
    assert read("west").properties["people"] == 7, "what only they changed is kept"

    # By keyboard alone: a corner of the outer border, then words that cannot be.
    editor.choose("Східний")
    page.get_by_label("Людей").fill("багато")
    page.get_by_label("Людей").press("Tab")
    editor.save()
    editor.expect_said("не число")
    expect(page.get_by_label("Людей")).to_be_focused()
    page.get_by_label("Людей").fill("12")
    page.get_by_label("Людей").press("Tab")
    editor.save()
    editor.expect_said("Збережено як зміну")
    assert read("east").properties["people"] == 12
    page.wait_for_load_state("networkidle")
    # The browser tells of the two answers that were meant.
    assert ["412" in said or "400" in said for said in witness.complaints] == [True, True]
    witness.complaints.clear()


def drag_shared_border(page: Page) -> None:
    """The map opens with both squares, so their border is in its middle.

    A click on the middle point of the border makes a vertex of it.
    """
    box = page.locator("#edit-map").bounding_box()
    assert box is not None
    border = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(border[0] - 9, border[1])
    page.mouse.click(*border)
    expect(page.locator("#edit-changes")).to_have_text("2 зміни")
    page.mouse.move(*border)
    page.mouse.down()
    page.mouse.move(border[0] + 30, border[1] - 20, steps=6)
    page.mouse.up()


def test_a_territory_is_cut_and_merged_without_gap_or_overlap(editor, witness):
    page = editor.page
    before = shapely.union_all(list_areas())

    # Cut from outside to outside; an end lies on the border of the neighbour.
    editor.choose("Західний")
    editor.use("cut")
    draw_line(page, (-0.45, 0.02), (-0.2, -0.03), (0.2, 0.04))
    editor.expect_said("розрізано")
    editor.save("розріз")
    editor.expect_said("Збережено як зміну")
    assert len(list_areas()) == 3
    assert_covered(before)

    # Both parts become one again.
    page.locator("#edit-list li", has_text="Західний").locator("input").first.check()
    for box in page.locator("#edit-list li", has_text="Західний").locator("input").all():
        box.check()
    editor.use("merge")
    editor.expect_said("об’єднано")
    editor.save("злиття")
    editor.expect_said("Збережено як зміну")
    assert len(list_areas()) == 2
    assert_covered(before)
    assert witness.complaints == []


def list_areas() -> list[BaseGeometry]:
    found = Feature.objects.filter(layer__slug="okruhs")
    return [shapely.from_wkb(bytes(feature.geom.wkb)) for feature in found]


def assert_covered(before: BaseGeometry) -> None:
    """No gap, no overlap, and nothing beyond what was covered."""
    areas = list_areas()
    union = shapely.union_all(areas)
    assert shapely.coverage_is_valid(areas)
    assert sum(area.area for area in areas) == pytest.approx(union.area, rel=1e-12)
    assert union.symmetric_difference(before).area < 1e-14


def draw_line(page: Page, *places: tuple[float, float]) -> None:
    """Places as shares of the map from its middle, where the shared border is; Enter ends it."""
    box = page.locator("#edit-map").bounding_box()
    assert box is not None
    for x, y in places:
        page.mouse.click(box["x"] + box["width"] * (0.5 + x), box["y"] + box["height"] * (0.5 + y))
    page.locator("[data-tool=finish]").click()
