"""Local streets: every quarter is cut by its own slightly irregular net."""

import math
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from random import Random

import shapely
from shapely import affinity

from geoportal.demo.town.curves import Ripple
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.quarters import OLD, Fabric
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street

STREET_LENGTH_MIN_M = 75.0
PARALLEL_M = 34.0


def build_local_streets(
    cells: list[Geometry],
    free: Geometry,
    roads: list[Street],
    settlement: str,
    pick: Callable[[float, float], Fabric],
) -> list[Street]:
    """Streets without names yet, inside `free` (what is not water, park or railway)."""
    ripple = Ripple.named("streets", 42, 900)
    road_lines = shapely.union_all([road.line for road in roads])
    shadow = road_lines.buffer(PARALLEL_M, cap_style="flat")
    streets = []
    for number, cell in enumerate(cells):
        ground = cell.intersection(free)
        fabric = pick(*cell.representative_point().coords[0])
        chance = stream(f"streets/{settlement}/{number}")
        for line in _cut_cell(cell, ground, road_lines, fabric, chance, ripple):
            if not _runs_beside(line, shadow):
                streets.append(Street("", "residential", line, settlement))
    return streets


def _runs_beside(line: Geometry, shadow: Geometry) -> bool:
    """Too short without what lies along a main road already."""
    outside = line.difference(shadow).length
    return bool(outside < STREET_LENGTH_MIN_M or outside < 0.55 * line.length)


def _cut_cell(
    cell: Geometry,
    ground: Geometry,
    roads: Geometry,
    fabric: Fabric,
    chance: Random,
    ripple: Ripple,
) -> Iterator[Geometry]:
    angle = _direction(cell, roads) + chance.gauss(0, 2.0 if fabric is OLD else 1.0)
    reach = math.hypot(*(cell.bounds[2 + axis] - cell.bounds[axis] for axis in (0, 1))) / 2 + 50
    centre = ((cell.bounds[0] + cell.bounds[2]) / 2, (cell.bounds[1] + cell.bounds[3]) / 2)
    for line in _net(fabric, reach, chance):
        placed = affinity.translate(affinity.rotate(line, angle, origin=(0, 0)), *centre)
        bent = ripple.bend(placed, 40)
        for part in shapely.get_parts(bent.intersection(ground)):
            if part.geom_type == "LineString" and part.length > STREET_LENGTH_MIN_M:
                yield part.simplify(0.5)


def _direction(cell: Geometry, roads: Geometry) -> float:
    """Degrees of the main road beside the cell; of its long side where there is none."""
    edges = pairwise(shapely.get_coordinates(cell.exterior.simplify(22)))
    beside = [
        edge
        for edge in map(shapely.LineString, edges)
        if edge.interpolate(0.5, normalized=True).distance(roads) < 25
    ]
    line = max(beside, key=lambda part: part.length) if beside else _long_side(cell)
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def _long_side(cell: Geometry) -> Geometry:
    corners = shapely.get_coordinates(cell.minimum_rotated_rectangle)
    sides = [shapely.LineString(corners[i : i + 2]) for i in range(2)]
    return max(sides, key=lambda side: side.length)


def _offsets(spacing_m: float, reach: float, chance: Random, spread: float) -> list[float]:
    """Distances of parallel streets from the middle, none closer than half the spacing."""
    found, at = [], -reach + chance.uniform(0, spacing_m)
    while at < reach:
        found.append(at)
        at += spacing_m * max(0.55, chance.gauss(1, spread))
    return found


def _net(fabric: Fabric, reach: float, chance: Random) -> Iterator[Geometry]:
    """Lines of a net around the origin: long streets, then cross streets, some of them half."""
    rows = _offsets(fabric.long_m, reach, chance, 0.10)
    for y in rows:
        yield shapely.LineString([(-reach, y), (reach, y)])
    for x in _offsets(fabric.cross_m, reach, chance, 0.22):
        for first, last in _spans(len(rows), chance):
            skew = chance.gauss(0, 6)
            yield shapely.LineString([(x - skew, rows[first]), (x + skew, rows[last])])


def _spans(rows: int, chance: Random) -> Iterator[tuple[int, int]]:
    """Which rows a cross street joins: it goes on for two to six of them, then may pause."""
    at = 0
    for _ in count():
        end = min(rows - 1, at + chance.randint(2, 6))
        if end <= at:
            return
        yield at, end
        at = end + (1 if chance.random() < 0.35 else 0)
