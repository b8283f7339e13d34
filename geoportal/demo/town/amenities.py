"""What stands in yards and by the roadside: pitches, playgrounds, parking, containers."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely import affinity

from geoportal.demo.town.free_ground import FreeGround
from geoportal.demo.town.gazetteer import Gazetteer, build_gazetteer
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.town import TOWN, Town, build_town

PARKING_KINDS = {
    "council": 18, "hospital": 46, "clinic": 12, "shop": 34, "market": 40, "culture": 22,
    "bus_station": 16, "station": 24, "services": 14, "hotel": 10, "stadium": 28, "court": 8,
    "college": 16, "museum": 8, "police": 10, "church": 12, "factory": 30,
}  # fmt: skip


@dataclass(frozen=True)
class Amenity:
    """A small place: `near` is what it belongs to, `size` counts lots or containers."""

    kind: str
    shape: Geometry
    near: str
    settlement: str
    size: int = 0


@dataclass(frozen=True)
class Amenities:
    """All of them, in the order in which they took their ground."""

    pitches: list[Amenity]
    playgrounds: list[Amenity]
    parking: list[Amenity]
    containers: list[Amenity]


@lru_cache(maxsize=1)
def build_amenities() -> Amenities:
    town, gazetteer = build_town(), build_gazetteer()
    ground = FreeGround(town)
    return Amenities(
        pitches=[*_school_pitches(town, ground), *_open_pitches(town, gazetteer, ground)],
        playgrounds=list(_playgrounds(town, gazetteer, ground)),
        parking=list(_parking(town, ground)),
        containers=list(_containers(town, gazetteer, ground)),
    )


def _box(width_m: float, depth_m: float, angle: float) -> Callable[[float, float], Geometry]:
    shape = affinity.rotate(
        shapely.box(-width_m / 2, -depth_m / 2, width_m / 2, depth_m / 2), angle, origin=(0, 0)
    )
    return lambda x, y: affinity.translate(shape, x, y)


def _angle(shape: Geometry) -> float:
    """Degrees of the long side."""
    corners = shapely.get_coordinates(shape.minimum_rotated_rectangle)
    first, second = sorted((corners[:2], corners[1:3]), key=lambda side: -math.dist(*side))[0]
    return math.degrees(math.atan2(second[1] - first[1], second[0] - first[0]))


def _school_pitches(town: Town, ground: FreeGround) -> Iterator[Amenity]:
    """A pitch behind every school, and the stadium's field."""
    for place in town.places:
        parts = {
            "school": (-0.3, 0.1, 0.3, 0.42),
            "stadium": (-0.36, -0.27, 0.36, 0.42),
            "college": (-0.3, 0.1, 0.3, 0.42),
        }
        if place.kind in parts:
            shape = place.inner_box(*parts[place.kind])
            if ground.is_free(shape, 0.5):
                ground.take(shape)
                kind = "Стадіон" if place.kind == "stadium" else "Шкільний спортивний майданчик"
                yield Amenity(kind, shape, place.name_uk, place.settlement)


def _open_pitches(town: Town, gazetteer: Gazetteer, ground: FreeGround) -> Iterator[Amenity]:
    """Courts in parks, between blocks of flats and in villages."""
    spots = [
        (park.area.representative_point(), park.name_uk, TOWN)
        for park in town.parks
        if park.kind == "park"
    ]
    spots += [
        (block.representative_point(), "", TOWN)
        for fabric, block in town.blocks
        if fabric == "flats" and block.area > 16_000
    ]
    spots += [(village.area.centroid, "", village.plan.name_uk) for village in town.villages]
    kinds = (("Футбольний майданчик", 42.0, 22.0), ("Баскетбольний майданчик", 28.0, 15.0),
             ("Волейбольний майданчик", 24.0, 14.0), ("Майданчик вуличної гімнастики", 18.0, 12.0),
             ("Тенісний корт", 34.0, 17.0))  # fmt: skip
    for number, (at, near, settlement) in enumerate(spots):
        kind, width_m, depth_m = kinds[number % len(kinds)]
        angle = gazetteer.direction_at(at)
        shape = ground.find(at, _box(width_m, depth_m, angle), 120, 3)
        if shape is not None:
            yield Amenity(kind, shape, near, settlement)


def _playgrounds(town: Town, gazetteer: Gazetteer, ground: FreeGround) -> Iterator[Amenity]:
    """Between blocks of flats, in parks, by village schools."""
    chance = stream("playgrounds")
    flats = gazetteer.houses(["apartments"], TOWN)
    spots = [(house.shape.centroid, "", TOWN) for _, house in flats[::5]]
    spots += [
        (park.area.representative_point(), park.name_uk, TOWN)
        for park in town.parks
        if park.kind in ("park", "square")
    ]
    spots += [(village.area.centroid, "", village.plan.name_uk) for village in town.villages]
    for at, near, settlement in spots:
        size_m = chance.uniform(11, 19)
        angle = gazetteer.direction_at(at)
        shape = ground.find(at, _box(size_m, size_m * 0.8, angle), 110, 3)
        if shape is not None:
            yield Amenity("Дитячий майданчик", shape, near, settlement)


def _parking(town: Town, ground: FreeGround) -> Iterator[Amenity]:
    """By the public buildings that draw cars; 12.5 m² of bays and half as much of lane a car."""
    for place in town.places:
        lots = PARKING_KINDS.get(place.kind, 0)
        if lots == 0 or (place.settlement != TOWN and place.kind != "culture"):
            continue
        lots = lots if place.settlement == TOWN else 8
        double = lots > 20
        width_m = 2.5 * math.ceil(lots / (2 if double else 1))
        angle = math.degrees(math.atan2(place.frame.along[1], place.frame.along[0]))
        shape = ground.find(
            place.lot.centroid, _box(width_m, 16.5 if double else 8.5, angle), 95, 1.2
        )
        if shape is not None:
            yield Amenity("parking", shape, place.name_uk, place.settlement, lots)


def _containers(town: Town, gazetteer: Gazetteer, ground: FreeGround) -> Iterator[Amenity]:
    """Near blocks of flats, in the old quarters, by corners of private streets and in villages."""
    chance = stream("containers")
    spots = [(house, 3) for _, house in gazetteer.houses(["apartments"], TOWN)[::3]]
    spots += [(house, 2) for _, house in gazetteer.houses(["urban"], TOWN)[::9]]
    spots += [(house, 1) for _, house in gazetteer.houses(["house"])[::38]]
    for house, size in spots:
        draw = _box(2.0 + 1.6 * size, 2.4, _angle(house.shape))
        shape = ground.find(house.shape.centroid, draw, 45, 1.6)
        if shape is not None:
            count = size + chance.randint(0, 2)
            yield Amenity("containers", shape, "", house.settlement, count)
