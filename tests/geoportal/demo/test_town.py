"""The town is the same in every run, and nothing stands where it cannot."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
import shapely

from geoportal.demo.town.amenities import build_amenities
from geoportal.demo.town.territories import build_territories
from geoportal.demo.town.trees import build_trees

PRINT_DIGEST = """
import django
django.setup()
from tests.geoportal.demo.test_town import digest_town
print(digest_town())
"""


def digest_town() -> str:
    """A fingerprint of everything that chance has a hand in."""
    from geoportal.demo.town.town import build_town

    town, hasher = build_town(), hashlib.sha256()
    shapes = [street.line for street in town.streets]
    shapes += [house.shape for house in town.houses]
    shapes += [land.area for land in town.land]
    shapes += [tree.point for tree in build_trees()]
    shapes += [amenity.shape for amenity in build_amenities().parking]
    shapes += list(build_territories().electoral.values())
    for wkb in shapely.to_wkb(np.array(shapes, dtype=object)):
        hasher.update(wkb)
    names = [street.name for street in town.streets]
    names += [f"{address.street}, {address.number}" for address in town.addresses]
    hasher.update("\n".join(names).encode())
    return hasher.hexdigest()


@pytest.mark.thorough
def test_town_is_the_same_in_another_process(town):
    environment = os.environ | {
        "PYTHONHASHSEED": "31",
        "DJANGO_SETTINGS_MODULE": "geoportal.settings",
    }
    other = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == digest_town()


def test_everything_lies_inside_the_community(town):
    limit = town.limit.buffer(0.5)
    shapely.prepare(limit)
    shapes = [house.shape for house in town.houses] + [street.line for street in town.streets]
    shapes += [place.lot for place in town.places] + [land.area for land in town.land]
    assert shapely.covers(limit, np.array(shapes, dtype=object)).all()


def test_nothing_stands_in_the_water(town):
    water = town.waters.everything
    shapely.prepare(water)
    amenities = build_amenities()
    dry = [house.shape for house in town.houses] + [tree.point for tree in build_trees()]
    dry += [place.lot for place in town.places] + [area for _, area in town.blocks]
    for found in (amenities.pitches, amenities.playgrounds, amenities.parking):
        dry += [amenity.shape for amenity in found]
    assert not shapely.intersects(water, np.array(dry, dtype=object)).any()


def test_local_streets_do_not_cross_the_river(town):
    crossing = [
        street.name
        for street in town.streets
        if street.rank == "residential" and street.line.intersects(town.waters.river)
    ]
    assert crossing == []


def test_houses_stand_apart_from_one_another_and_from_roadways(town):
    shapes = np.array([house.shape for house in town.houses], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, "intersects")
    assert (first == second).all()
    roadways = [street.line.buffer(street.width_m / 2) for street in town.streets]
    assert len(shapely.STRtree(roadways).query(shapes, "intersects")[0]) == 0


def test_trees_stand_clear_of_houses(town):
    houses = shapely.STRtree([house.shape for house in town.houses])
    points = np.array([tree.point for tree in build_trees()], dtype=object)
    assert len(points) >= 3000
    assert len(houses.query(points, "dwithin", 1.5)[0]) == 0


def test_every_planned_place_found_a_lot(town):
    kinds = [place.kind for place in town.places]
    assert kinds.count("school") >= 12
    assert kinds.count("hospital") == 2
    assert all(place.lot.contains(place.building) for place in town.places)


def test_an_address_is_given_once(town):
    seen = [(a.settlement, a.street, a.number) for a in town.addresses]
    assert len(seen) == len(set(seen))


def test_house_numbers_grow_along_the_street_odd_on_one_side(town):
    main = next(s for s in town.streets if s.name == "вулиця Київська")
    found = [a for a in town.addresses if a.street == main.name and a.number.isdigit()]
    odd = [main.line.project(a.point) for a in found if int(a.number) % 2]
    assert len(odd) > 10
    assert odd == sorted(odd)


def test_street_names_are_not_repeated_within_a_settlement(town):
    named: dict[tuple[str, str], int] = {}
    for street in town.streets:
        if street.name and street.rank == "residential" and street.settlement:
            named[street.settlement, street.name] = (
                named.get((street.settlement, street.name), 0) + 1
            )
    assert [key for key, count in named.items() if count > 1] == []
