"""Footpaths of parks: a walk around, alleys across, and squares with a cross of paths."""

import math
from collections.abc import Iterator

import shapely

from geoportal.demo.town.curves import Ripple
from geoportal.demo.town.parks import Park
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import Street

LARGE_M2 = 30_000
MARGIN_M = 17.0


def build_paths(parks: list[Park], settlement: str) -> list[Street]:
    """Paths of all parks, squares and the cemetery."""
    ripple = Ripple.named("paths", 24, 170)
    paths = []
    for park in parks:
        for area in shapely.get_parts(park.area):
            for line in _lines(park.kind, area, ripple):
                for part in shapely.get_parts(line.intersection(area.buffer(3))):
                    if part.geom_type == "LineString" and part.length > 18:
                        paths.append(Street("", "path", part.simplify(0.5), settlement))
    return paths


def _lines(kind: str, area: Geometry, ripple: Ripple) -> Iterator[Geometry]:
    if kind in ("cemetery", "orchard"):
        yield from _alleys(area, 62)
    elif area.area > LARGE_M2:
        inner = area.buffer(-MARGIN_M)
        for ring in shapely.get_parts(inner):
            yield shapely.LineString(ring.exterior).simplify(4)
        for alley in _alleys(area, 150):
            yield ripple.bend(alley, 20)
    elif area.area > 2000:
        yield from _diagonals(area)


def _axes(area: Geometry) -> tuple[tuple[float, float], tuple[float, float], float, float]:
    """Unit vectors along the long and the short side, and their lengths."""
    corners = shapely.get_coordinates(area.minimum_rotated_rectangle)
    sides = sorted((corners[:2], corners[1:3]), key=lambda side: -math.dist(*side))
    units = []
    for side in sides:
        length = math.dist(*side)
        units.append(((side[1] - side[0]) / length, length))
    (u, long_m), (v, short_m) = units
    return (u[0], u[1]), (v[0], v[1]), long_m, short_m


def _alleys(area: Geometry, spacing_m: float) -> Iterator[Geometry]:
    """One alley along, others across."""
    u, v, long_m, short_m = _axes(area)
    middle = area.minimum_rotated_rectangle.centroid
    if short_m > 90:
        ends = [(middle.x + u[0] * long_m * k, middle.y + u[1] * long_m * k) for k in (-0.5, 0.5)]
        yield shapely.LineString(ends)
    count = max(1, int(long_m / spacing_m))
    for number in range(count):
        at = ((number + 0.5) / count - 0.5) * long_m
        x, y = middle.x + u[0] * at, middle.y + u[1] * at
        ends = [(x + v[0] * short_m * k, y + v[1] * short_m * k) for k in (-0.5, 0.5)]
        yield shapely.LineString(ends)


def _diagonals(area: Geometry) -> Iterator[Geometry]:
    corners = shapely.get_coordinates(area.minimum_rotated_rectangle)
    for first, second in ((0, 2), (1, 3)):
        yield shapely.LineString([corners[first], corners[second]])
    centre = area.minimum_rotated_rectangle.centroid
    yield shapely.LineString(centre.buffer(9, quad_segs=6).exterior)
