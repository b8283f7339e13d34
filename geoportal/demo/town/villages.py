"""Villages: an oval of streets along the road that made each of them."""

import math
from dataclasses import dataclass

import shapely
from shapely import affinity

from geoportal.demo.town.curves import Ripple
from geoportal.demo.town.plan import VILLAGES, PlannedVillage
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import Street


@dataclass(frozen=True)
class Village:
    """A village of the plan with its area."""

    plan: PlannedVillage
    area: Geometry


def build_villages(roads: list[Street], water: Geometry) -> list[Village]:
    """Villages in the order of the plan."""
    return [Village(village, _area(village, roads, water)) for village in VILLAGES]


def _area(village: PlannedVillage, roads: list[Street], water: Geometry) -> Geometry:
    """An uneven oval, longer along its road, without wide water."""
    at = shapely.Point(village.at)
    road = min(roads, key=lambda road: road.line.distance(at)).line
    middle = road.project(at)
    a, b = road.interpolate(middle - 90), road.interpolate(middle + 90)
    angle = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
    root = math.sqrt(village.houses)
    oval = affinity.scale(at.buffer(1, quad_segs=24), 36 * root, 16.5 * root)
    placed = affinity.rotate(oval, angle, origin=at)
    shape = Ripple.named(f"village/{village.name_en}", 60, 420).bend(placed, 20).buffer(0)
    dry = shape.difference(water.buffer(28))
    return max(shapely.get_parts(dry), key=lambda part: part.area)
