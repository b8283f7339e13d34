"""Cutting, holes and merging: nothing of the area is lost, and what cannot be is said."""

import json
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box, union_all

from geoportal.core.errors import InvalidInput
from geoportal.staff.editing.shapes import cut, make_hole, merge

SQUARE = box(0, 0, 4, 4)
RING = SQUARE.difference(box(1, 1, 3, 3))


def test_an_area_is_cut_into_parts_that_share_the_cut_exactly():
    left, right = cut(SQUARE, LineString([(1.3, -1), (1.7, 2), (1.3, 5)]))
    assert left.area + right.area == pytest.approx(16)
    assert left.area > right.area
    shared = set(left.exterior.coords) & set(right.exterior.coords)
    assert len(shared) == 3, "two crossings and the bend"
    assert left.intersection(right).area == 0


def test_a_cut_through_a_hole_opens_it():
    parts = cut(RING, LineString([(-1, 2), (5, 2)]))
    assert [part.area for part in parts] == [6, 6]
    assert all(not part.interiors for part in parts)


def test_a_line_that_comes_and_goes_makes_more_parts():
    assert len(cut(SQUARE, LineString([(1, -1), (1, 5), (3, 5), (3, -1)]))) == 3


def test_parts_that_the_line_misses_stay_with_the_largest():
    shape = MultiPolygon([SQUARE, box(10, 10, 11, 11)])
    first, second = cut(shape, LineString([(1, -1), (1, 5)]))
    assert isinstance(first, MultiPolygon)
    assert first.area == pytest.approx(13)
    assert second.area == pytest.approx(4)


def test_a_line_is_cut_where_it_is_crossed():
    road = LineString([(0, 0), (10, 0)])
    parts = cut(road, LineString([(3, -1), (3, 1)]))
    assert [part.length for part in parts] == [7, 3]


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        (SQUARE, LineString([(1, 1), (2, 2)])),
        (SQUARE, LineString([(-1, 2), (2, 2)])),
        (SQUARE, LineString([(9, 9), (8, 8)])),
        (SQUARE, LineString([(-1, 1), (5, 1), (2, -1), (2, 5)])),
        (SQUARE, Point(1, 1)),
        (Point(1, 1), LineString([(0, 0), (2, 2)])),
        (Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), LineString([(-1, 1), (3, 1)])),
    ],
)
def test_what_cannot_be_cut_is_refused_with_words(shape, line):
    with pytest.raises(InvalidInput) as refused:
        cut(shape, line)
    assert str(refused.value.message)


@given(
    st.lists(st.floats(0.2, 1), min_size=5, max_size=12),
    st.floats(0, math.tau),
    st.floats(-0.15, 0.15),
)
def test_whatever_is_cut_keeps_its_area_and_merges_back(radii, angle, aside):
    step = math.tau / len(radii)
    star = Polygon(
        [(30 + r * math.cos(i * step), 50 + r * math.sin(i * step)) for i, r in enumerate(radii)]
    )
    assume(star.is_valid)
    dx, dy = 3 * math.cos(angle), 3 * math.sin(angle)
    ox, oy = 30 - aside * math.sin(angle), 50 + aside * math.cos(angle)
    parts = cut(star, LineString([(ox - dx, oy - dy), (ox + dx, oy + dy)]))
    assert sum(part.area for part in parts) == pytest.approx(star.area, rel=1e-9)
    assert union_all(parts).symmetric_difference(star).area < 1e-12
    if len(parts) == 2:
        assert merge(parts).symmetric_difference(star).area < 1e-12


def test_a_hole_is_taken_out_of_the_inside_only():
    assert make_hole(SQUARE, box(1, 1, 2, 2)).area == 15
    for shape, hole in (
        (SQUARE, box(3, 3, 5, 5)),
        (SQUARE, box(0, 0, 1, 1)),
        (RING, box(1, 1, 2, 2)),
        (LineString([(0, 0), (1, 1)]), box(0, 0, 1, 1)),
        (SQUARE, Point(1, 1)),
    ):
        with pytest.raises(InvalidInput):
            make_hole(shape, hole)


def test_neighbours_merge_without_the_border_between_them():
    assert merge([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)]).equals(box(0, 0, 3, 1))
    line = merge([LineString([(0, 0), (1, 1)]), LineString([(1, 1), (2, 0)])])
    assert line.geom_type == "LineString"
    assert line.length == pytest.approx(2 * 2**0.5)


@pytest.mark.parametrize(
    "shapes",
    [
        [SQUARE],
        [SQUARE, box(9, 9, 10, 10)],
        [SQUARE, LineString([(0, 0), (1, 1)])],
        [Point(0, 0), Point(1, 1)],
        [MultiLineString([[(0, 0), (1, 0)], [(5, 5), (6, 6)]]), LineString([(9, 9), (8, 8)])],
    ],
)
def test_what_does_not_belong_together_is_not_merged(shapes):
    with pytest.raises(InvalidInput):
        merge(shapes)


class TestOverHttp:
    """The editor's page and what its scripts ask."""

    PAGE = "/staff/layers/trees/edit/"
    SHAPES = f"{PAGE}shapes/"

    def ask(self, desk, document, status=200):
        text = document if isinstance(document, str) else json.dumps(document)
        answer = desk.client.post(self.SHAPES, {"document": text})
        assert answer.status_code == status, answer.content
        return answer.json()

    @pytest.mark.django_db
    def test_the_page_brings_the_form_and_what_scripts_need(self, desk):
        shown = desk.get("trees/edit/", key="1")
        assert 'id="editor-config"' in shown
        assert '"edits": "/api/v1/layers/trees/edits/"' in shown
        assert '"key": "1"' in shown
        assert 'data-tool="point"' in shown
        assert 'data-tool="area"' not in shown, "trees are points"

    @pytest.mark.django_db
    def test_shapes_are_made_and_refused_in_words(self, desk):
        square = {
            "type": "Polygon",
            "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]],
        }
        line = {"type": "LineString", "coordinates": [[1, -1], [1, 5]]}
        made = self.ask(desk, {"do": "cut", "shapes": [square], "with": line})
        assert [shape["type"] for shape in made["shapes"]] == ["Polygon", "Polygon"]
        short = {"type": "LineString", "coordinates": [[1, 1], [1, 2]]}
        refused = self.ask(desk, {"do": "cut", "shapes": [square], "with": short}, 400)
        assert "не розрізає об’єкт наскрізь" in refused["detail"]
        for wrong in (
            "{",
            {"do": "cut"},
            {"do": "dance", "shapes": [square]},
            {"do": "cut", "shapes": [square], "with": {"type": "Circle"}},
            {"do": "merge", "shapes": [5, 6]},
            {"do": "cut", "shapes": [square]},
        ):
            self.ask(desk, wrong, 400)
