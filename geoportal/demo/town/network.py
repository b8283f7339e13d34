"""The whole street network: roads by settlement, the market square, local streets, names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import shapely

from geoportal.demo import names
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.quarters import Fabric, build_cells, fabric_at
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street
from geoportal.demo.town.streets import build_local_streets
from geoportal.demo.town.villages import Village

VILLAGE = Fabric("village", 165.0, 270.0)
LANE_LENGTH_MAX_M = 190.0
MARKET_SQUARE = shapely.Polygon([(-44, -43), (41, -45), (44, 40), (-43, 43)])


@dataclass(frozen=True)
class Ground:
    """Where a settlement may build: its area, and its lines that part it into cells."""

    settlement: str
    limit: Geometry
    dividers: list[Geometry]
    free: Geometry


def build_network(
    roads: list[Street], town: Ground, town_limit: Geometry, villages: list[tuple[Village, Ground]]
) -> list[Street]:
    """Every street of the community, named, drawn from the end where its numbers begin."""
    areas = {town.settlement: town_limit}
    areas |= {ground.settlement: ground.limit for _, ground in villages}
    streets = [part for road in roads for part in _split(road, areas, town.settlement)]
    square = Street(
        "площа Ринок", "residential", shapely.LineString(MARKET_SQUARE.exterior), town.settlement
    )
    streets += [square, *_fill(town, roads, fabric_at)]
    for _, ground in villages:
        streets += _fill(ground, roads, lambda x, y: VILLAGE)
    return [street.outward() for street in _named(streets, town.settlement)]


def _fill(
    ground: Ground, roads: list[Street], pick: Callable[[float, float], Fabric]
) -> list[Street]:
    cells = build_cells(ground.limit, ground.dividers)
    return build_local_streets(cells, ground.free, roads, ground.settlement, pick)


def _split(road: Street, areas: dict[str, Geometry], town: str) -> Iterator[Street]:
    """A road's parts: named inside the town and villages, by its route outside."""
    outside = road.line
    for settlement, area in areas.items():
        for part in shapely.get_parts(road.line.intersection(area)):
            if part.geom_type == "LineString" and part.length > 30:
                name = road.name if settlement == town else ""
                yield replace(road, name=name, line=part, settlement=settlement)
        outside = outside.difference(area)
    for part in shapely.get_parts(outside):
        if part.length > 5:
            yield replace(road, name="", line=part, settlement="")


def _named(streets: list[Street], town: str) -> Iterator[Street]:
    """Names for those without: the longer streets first, the short ones are lanes."""
    pools: dict[str, tuple[Iterator[str], Iterator[str]]] = {}
    order = sorted(range(len(streets)), key=lambda number: _rank_for_name(streets[number]))
    given: dict[int, str] = {}
    for number in order:
        street = streets[number]
        if street.name or not street.settlement:
            continue
        if street.settlement not in pools:
            pools[street.settlement] = _pool(street.settlement, street.settlement == town)
        long_names, lanes = pools[street.settlement]
        is_lane = street.line.length < LANE_LENGTH_MAX_M and street.rank == "residential"
        given[number] = next(lanes if is_lane else long_names)
    for number, street in enumerate(streets):
        yield replace(street, name=given.get(number, street.name))


def _rank_for_name(street: Street) -> tuple[bool, int]:
    """Main roads first, then in rings around the market square, the longer before the shorter."""
    middle = street.line.interpolate(0.5, normalized=True)
    ring = int((middle.x**2 + middle.y**2) ** 0.5 // 450)
    return street.rank == "residential", ring * 1000 - int(min(street.line.length, 999))


def _pool(settlement: str, is_town: bool) -> tuple[Iterator[str], Iterator[str]]:
    """Endless names of streets and of lanes; when a list ends, numbered lanes follow."""
    streets = list(names.STREETS if is_town else names.VILLAGE_STREETS)
    lanes = list(names.LANES)
    stream(f"names/{settlement}").shuffle(lanes)
    if not is_town:
        tail = streets[1:]
        stream(f"names/{settlement}/streets").shuffle(tail)
        streets = [streets[0], *tail]
    return _endless("вулиця", streets), _endless("провулок", lanes)


def _endless(kind: str, words: list[str]) -> Iterator[str]:
    yield from (f"{kind} {word}" for word in words)
    number = 2
    while True:
        ordinal = f"{number}-й провулок" if kind == "провулок" else f"{number}-а вулиця"
        yield from (f"{ordinal} {word}" for word in words)
        number += 1
