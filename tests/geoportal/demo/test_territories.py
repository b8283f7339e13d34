"""Territory layers are exact tessellations, in metres and in degrees."""

from dataclasses import fields

import numpy as np
import pytest
import shapely

from geoportal.demo.town.plane import to_degrees
from geoportal.demo.town.territories import Territories, build_territories

LAYERS = [field.name for field in fields(Territories) if field.name not in ("boundary", "town")]


def in_degrees(zones):
    return to_degrees(np.array(list(zones.values()), dtype=object))


@pytest.mark.parametrize("name", LAYERS)
def test_neighbours_share_every_vertex_and_do_not_overlap(name):
    zones = in_degrees(getattr(build_territories(), name))
    assert shapely.is_valid(zones).all()
    assert shapely.coverage_is_valid(zones)
    for first in range(len(zones)):
        for second in range(first):
            assert shapely.relate_pattern(zones[first], zones[second], "F********")


@pytest.mark.parametrize("name", [name for name in LAYERS if name not in ("districts", "okruhs")])
def test_the_union_is_the_boundary(name):
    territories = build_territories()
    union = shapely.union_all(in_degrees(getattr(territories, name)))
    assert union.equals(to_degrees(territories.boundary))


def test_districts_make_the_town_and_okruhs_the_rest():
    territories = build_territories()
    districts, okruhs = in_degrees(territories.districts), in_degrees(territories.okruhs)
    assert shapely.union_all(districts).equals(to_degrees(territories.town))
    everything = shapely.union_all([*districts, *okruhs])
    assert everything.equals(to_degrees(territories.boundary))
    assert len(districts) == 6
    assert len(okruhs) == 5


def test_every_territory_is_of_one_piece():
    for name in LAYERS:
        zones = getattr(build_territories(), name)
        assert {zone.geom_type for zone in zones.values()} == {"Polygon"}, name


def test_every_okruh_has_villages(town):
    for okruh in build_territories().okruhs.values():
        assert any(okruh.contains(village.area.centroid) for village in town.villages)
