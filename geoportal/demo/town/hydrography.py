"""Water: the river with its reservoir, brooks, ponds and oxbows."""

import math
from dataclasses import dataclass

import shapely

from geoportal.demo.town import plan
from geoportal.demo.town.curves import Ripple, river_shape, smooth_line
from geoportal.demo.town.plane import Geometry, Point

BROOK_WIDTH_M = 5.0


@dataclass(frozen=True)
class Waters:
    """Areas and lines of water; `everything` is the area where nothing dry can stand."""

    river: Geometry
    river_line: Geometry
    reservoir: Geometry
    ponds: tuple[Geometry, ...]
    oxbows: tuple[Geometry, ...]
    brooks: dict[str, Geometry]
    everything: Geometry


def build_waters(limit: Geometry) -> Waters:
    """Water inside the community's limit."""
    river_line = smooth_line(plan.RIVER)
    river = river_shape(river_line, plan.RIVER_WIDTHS_M)
    reservoir = river_shape(smooth_line(plan.RESERVOIR), plan.RESERVOIR_WIDTHS_M)
    reservoir = Ripple.named("reservoir", 34, 190).bend(reservoir.buffer(0), 15)
    ripple = Ripple.named("brooks", 30, 420)
    brooks = {name: ripple.bend(smooth_line(points)) for name, points in plan.BROOKS.items()}
    brooks = {name: line.difference(river.buffer(-8)) for name, line in brooks.items()}
    ponds = [_pond(number, *pond) for number, pond in enumerate(plan.PONDS)]
    oxbows = [river_shape(smooth_line(points), (6, 24, 28, 22, 5)) for points in plan.OXBOWS]
    clipped = {name: longest_line(line.intersection(limit)) for name, line in brooks.items()}
    areas = [river, reservoir, *ponds, *oxbows]
    streams = [line.buffer(BROOK_WIDTH_M / 2) for line in clipped.values()]
    return Waters(
        river=_without_slivers(river.difference(reservoir).intersection(limit)),
        river_line=river_line.intersection(limit),
        reservoir=reservoir,
        ponds=tuple(ponds),
        oxbows=tuple(oxbows),
        brooks=clipped,
        everything=shapely.union_all([*areas, *streams]).intersection(limit),
    )


def _without_slivers(shape: Geometry) -> Geometry:
    """Parts wider than a metre: thinner ones do not outlast the rounding of degrees."""
    opened = shape.buffer(-0.5).buffer(0.5, quad_segs=4)
    return shapely.multipolygons([part for part in shapely.get_parts(opened) if part.area > 500])


def longest_line(lines: Geometry) -> Geometry:
    """The longest part of a line that may be in parts."""
    return max(shapely.get_parts(lines), key=lambda part: part.length)


def _pond(number: int, at: Point, length_m: float, width_m: float) -> Geometry:
    """A long pond along its brook: a dam at the lower end, bays at the upper."""
    brooks = [smooth_line(points) for points in plan.BROOKS.values()]
    brook = min(brooks, key=lambda line: line.distance(shapely.Point(at)))
    middle = brook.project(shapely.Point(at))
    steps = [middle + length_m * (part / 8 - 0.5) for part in range(9)]
    line = shapely.LineString([brook.interpolate(distance) for distance in steps])
    widths = [max(8.0, width_m * math.sin(0.35 + 2.1 * part / 8)) for part in range(9)]
    shape = Ripple.named("brooks", 30, 420).bend(river_shape(line, widths), 10)
    return Ripple.named(f"pond/{number}", 12, 90).bend(shape, 10).buffer(0)
