"""Areas that should lie side by side: what is the matter, where, and how much of it."""

import json
import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from importers.coverage.cleaning import AreaChange, clean_areas
from importers.coverage.faults import Fault, FaultKind, find_faults
from importers.coverage.remarks import remark_change, remark_fault

LON, LAT = 27.06, 50.18
METRE = 1 / 111_195.0


def block(west, south, east, north):
    """A rectangle, metres east and north of a street corner, in degrees."""
    squeeze = math.cos(math.radians(LAT))
    return shapely.box(
        LON + west * METRE / squeeze,
        LAT + south * METRE,
        LON + east * METRE / squeeze,
        LAT + north * METRE,
    )


def areas(*blocks):
    return np.array(blocks, dtype=object)


def kinds(shapes, community=None):
    return [(str(fault.kind), fault.areas) for fault in find_faults(shapes, community)]


SIDE_BY_SIDE = areas(block(0, 0, 100, 100), block(100, 0, 200, 100))


def test_areas_side_by_side_have_no_fault():
    assert find_faults(SIDE_BY_SIDE) == []


def test_an_overlap_is_told_with_its_place_and_ground():
    (fault,) = find_faults(areas(block(0, 0, 100, 100), block(80, 0, 200, 100)))
    assert (fault.kind, fault.areas) == (FaultKind.OVERLAP, (0, 1))
    assert fault.area_m2 == pytest.approx(2000, rel=0.01)
    assert block(80, 0, 100, 100).contains(shapely.Point(fault.lon, fault.lat))


def test_an_enclosed_gap_names_all_areas_around_it():
    around = areas(
        block(0, 0, 100, 40), block(0, 60, 100, 100), block(0, 40, 40, 60), block(60, 40, 100, 60)
    )
    faults = [fault for fault in find_faults(around) if fault.kind == FaultKind.GAP]
    assert [fault.areas for fault in faults] == [(0, 1, 2, 3)]
    assert faults[0].area_m2 == pytest.approx(400, rel=0.01)


def test_a_narrow_overlap_is_a_sliver():
    assert kinds(areas(block(0, 0, 100, 100), block(99.5, 0, 200, 100))) == [("sliver", (0, 1))]


def test_a_narrow_gap_is_a_sliver_also_where_it_is_open_at_its_ends():
    (fault,) = find_faults(areas(block(0, 0, 100, 100), block(100.5, 0, 200, 100)))
    assert (fault.kind, fault.areas) == (FaultKind.SLIVER, (0, 1))
    assert fault.area_m2 == pytest.approx(50, rel=0.05)


def test_a_street_between_areas_is_no_fault():
    assert kinds(areas(block(0, 0, 100, 100), block(110, 0, 200, 100))) == []


def test_a_corner_that_the_neighbour_does_not_have_is_borders_that_do_not_meet():
    shapes = areas(block(0, 0, 100, 100), block(100, 0, 200, 50), block(100, 50, 200, 100))
    assert {kind for kind, _areas in kinds(shapes)} == {"edges"}


def test_what_lies_beyond_the_community_and_what_is_left_over_of_it():
    community = block(0, 0, 190, 150)
    found = find_faults(SIDE_BY_SIDE, community)
    assert {str(fault.kind): fault.areas for fault in found} == {"uncovered": (), "outside": (1,)}
    assert [round(fault.area_m2, -2) for fault in found] == [9500, 1000]


def test_a_border_drawn_twice_is_one_fault_with_its_pieces():
    wave = [(LON + 0.001 + (i % 2) * 1e-4, LAT + i * 1e-4) for i in range(30)]
    west = shapely.Polygon([(LON, LAT), *wave, (LON, wave[-1][1])])
    east = shapely.Polygon([(LON + 0.0011, LAT), (LON + 0.0011, wave[-1][1]), (LON + 0.002, LAT)])
    faults = [f for f in find_faults(areas(west, east)) if f.kind == FaultKind.OVERLAP]
    assert len(faults) <= 1


def test_missing_and_empty_areas_are_passed_over_with_the_places_kept():
    shapes = areas(None, block(0, 0, 100, 100), shapely.Polygon(), block(80, 0, 200, 100))
    assert kinds(shapes) == [("overlap", (1, 3))]
    assert find_faults(areas(None)) == []


def test_cleaning_gives_shared_ground_to_one_and_tells_both_areas():
    cleaned = clean_areas(areas(block(0, 0, 100, 100), block(80, 0, 200, 100)))
    assert find_faults(cleaned.shapes) == []
    assert [change.place for change in cleaned.changes] == [0, 1]
    assert sum(change.after_m2 for change in cleaned.changes) == pytest.approx(20_000, rel=0.01)


def test_cleaning_fills_narrow_gaps_and_leaves_wide_ones():
    narrow = areas(block(0, 0, 100, 100), block(101, 0, 200, 100))
    assert find_faults(clean_areas(narrow, 2).shapes) == []
    wide = areas(block(0, 0, 100, 100), block(110, 0, 200, 100))
    assert clean_areas(wide, 2).changes == ()


def test_cleaning_leaves_what_is_right_as_it_was_to_the_last_digit():
    third = block(400, 0, 500, 100)
    shapes = areas(block(0, 0, 100, 100), block(80, 0, 200, 100), third)
    cleaned = clean_areas(shapes)
    assert cleaned.shapes[2] is third
    known = {tuple(place) for place in shapely.get_coordinates(shapes)}
    moved = {tuple(place) for place in shapely.get_coordinates(cleaned.shapes)} - known
    assert len(moved) <= 4


def test_an_area_that_another_covers_wholly_is_left_and_told():
    shapes = areas(block(0, 0, 100, 100), block(10, 10, 20, 20))
    cleaned = clean_areas(shapes)
    assert [change.swallowed for change in cleaned.changes if change.place == 1] in ([True], [])
    assert not shapely.is_empty(cleaned.shapes).any()


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 4), st.integers(1, 4)),
        min_size=2,
        max_size=6,
    )
)
def test_overlaps_are_exactly_the_pairs_that_share_ground(corners):
    shapes = areas(*(block(x * 50, y * 50, (x + w) * 50, (y + h) * 50) for x, y, w, h in corners))

    def share(one, other):
        (x, y, w, h), (i, j, k, m) = corners[one], corners[other]
        return min(x + w, i + k) > max(x, i) and min(y + h, j + m) > max(y, j)

    pairs = [(i, j) for i in range(len(corners)) for j in range(i + 1, len(corners))]
    found = {areas_ for kind, areas_ in kinds(shapes) if kind == "overlap"}
    assert found == {(one, other) for one, other in pairs if share(one, other)}


def test_cleaned_areas_cover_the_same_ground():
    shapes = areas(block(0, 0, 100, 100), block(60, 30, 200, 130), block(150, 100, 260, 200))
    cleaned = clean_areas(shapes).shapes
    assert shapely.coverage_is_valid(cleaned)
    before, after = shapely.union_all(shapes), shapely.union_all(cleaned)
    assert shapely.area(shapely.symmetric_difference(before, after)) < 1e-9 * shapely.area(before)


def test_districts_of_kyiv_have_two_holes(shared_data):
    path = shared_data / "ua-admin-osm" / "kyyiv.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = areas(*(shapely.from_geojson(json.dumps(each["geometry"])) for each in features))
    found = [(f.kind, features[f.areas[0]]["properties"]["name"]) for f in find_faults(shapes)]
    assert found == [(FaultKind.GAP, "Святошинський район"), (FaultKind.GAP, "Деснянський район")]


def test_every_kind_of_fault_has_its_words():
    for kind in FaultKind:
        fault = Fault(kind, (0, 1), 27.0, 50.0, area_m2=12.5, length_m=3.0)
        issue = remark_fault(fault, ["Північ", "Південь"], ["n", "s"], row=3)
        assert (issue.row, issue.key) == (3, "n")
        assert "%(" not in issue.message
    told = [AreaChange(0, 10.0, 9.0), AreaChange(1, 10.0, 0.0, swallowed=True)]
    assert [remark_change(change, "n").code for change in told] == [
        "territory-fitted", "territory-swallowed",
    ]  # fmt: skip
