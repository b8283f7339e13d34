"""The town is drawn so that nothing stands where it cannot; territories are exact tessellations."""

import pytest
import shapely

from tests.geoportal.demo.conftest import in_metres, list_shapes, read_rows

TERRITORIES = (
    "districts", "starosta_okruhs", "service_areas_waste", "service_areas_water",
    "service_areas_lighting", "service_areas_roads", "electoral_districts", "police_precincts",
)  # fmt: skip
NARROWEST_ROADWAY_M = 3.0
WHOLE = [slug for slug in TERRITORIES if slug not in ("districts", "starosta_okruhs")]


def test_everything_lies_inside_the_community():
    (limit,) = in_metres(list_shapes("boundary"))
    limit = limit.buffer(0.5)
    shapely.prepare(limit)
    for slug in ("buildings", "streets", "land_cover", "addresses"):
        assert shapely.covers(limit, in_metres(list_shapes(slug))).all(), slug


def test_nothing_stands_in_the_water():
    water = shapely.union_all(list_shapes("water"))
    shapely.prepare(water)
    for slug in ("buildings", "trees", "sports_grounds", "playgrounds", "parking", "addresses"):
        assert not shapely.intersects(water, list_shapes(slug)).any(), slug


def test_streets_cross_the_river_on_bridges_alone():
    river = shapely.union_all(
        [row.shape for row in read_rows("water") if row.values.get("class") == "river"]
    )
    crossing = {row.values.get("class") for row in read_rows("streets") if row.shape.crosses(river)}
    assert "residential" not in crossing


def test_houses_stand_apart_from_one_another_and_from_roadways():
    houses = in_metres(list_shapes("buildings"))
    first, second = shapely.STRtree(houses).query(houses, "intersects")
    assert (first == second).all()
    roads = in_metres(list_shapes("streets"))
    assert len(shapely.STRtree(roads).query(houses, "dwithin", NARROWEST_ROADWAY_M / 2)[0]) == 0


def test_trees_stand_clear_of_houses():
    houses, trees = in_metres(list_shapes("buildings")), in_metres(list_shapes("trees"))
    assert len(trees) >= 3000
    assert len(shapely.STRtree(houses).query(trees, "dwithin", 1.45)[0]) == 0


def test_there_are_as_many_schools_and_hospitals_as_a_town_has():
    assert len(read_rows("schools")) >= 12
    kinds = [row.values["type"] for row in read_rows("hospitals")]
    assert "Поліклініка" in kinds


def test_an_address_is_given_once():
    rows = [row.values for row in read_rows("addresses")]
    names = ("addressPostName", "addressThoroughfare", "addressLocatorDesignator")
    assert len({tuple(row.get(name) for name in names) for row in rows}) == len(rows) >= 3000


def test_house_numbers_grow_along_the_street_odd_on_one_side():
    street = "вулиця Київська"
    pieces = [row.shape for row in read_rows("streets") if row.values.get("name") == street]
    line = shapely.line_merge(shapely.union_all(in_metres(pieces)))
    found = [
        row
        for row in read_rows("addresses")
        if row.values["addressThoroughfare"] == street
        and row.values["addressLocatorDesignator"].isdigit()
    ]
    odd = [
        (int(row.values["addressLocatorDesignator"]), line.project(in_metres(row.shape)))
        for row in found
        if int(row.values["addressLocatorDesignator"]) % 2
    ]
    along = [place for _, place in sorted(odd)]
    assert len(along) > 10
    assert along in (sorted(along), sorted(along, reverse=True))


@pytest.mark.parametrize("slug", TERRITORIES)
def test_neighbours_share_every_vertex_and_do_not_overlap(slug):
    zones = list_shapes(slug)
    assert {zone.geom_type for zone in zones} == {"Polygon"}
    assert shapely.is_valid(zones).all()
    assert shapely.coverage_is_valid(zones)
    for first in range(len(zones)):
        for second in range(first):
            assert shapely.relate_pattern(zones[first], zones[second], "F********")


@pytest.mark.parametrize("slug", WHOLE)
def test_the_union_is_the_boundary(slug):
    (boundary,) = list_shapes("boundary")
    assert shapely.union_all(list_shapes(slug)).equals(boundary)


def test_districts_make_the_town_and_okruhs_the_rest():
    (boundary,) = list_shapes("boundary")
    districts, okruhs = list_shapes("districts"), list_shapes("starosta_okruhs")
    assert shapely.union_all([*districts, *okruhs]).equals(boundary)
    assert (len(districts), len(okruhs)) == (6, 5)


def test_every_okruh_has_villages():
    villages = shapely.union_all(shapely.point_on_surface(list_shapes("settlements")))
    assert all(okruh.intersects(villages) for okruh in list_shapes("starosta_okruhs"))
