"""Curves as nature and surveyors draw them: smooth lines, soft displacement, rivers' widths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from geoportal.demo.town.plane import Floats, Geometry, Point
from geoportal.demo.town.randomness import stream

STEP_M = 25.0


def smooth(points: Sequence[Point], *, closed: bool = False, step_m: float = STEP_M) -> Floats:
    """Vertices of a centripetal Catmull-Rom spline through all the points."""
    knots = np.asarray(points, dtype=float)
    if closed:
        padded = np.vstack([knots[-1], knots, knots[0], knots[1]])
    else:
        padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    parts = [_segment(padded[i : i + 4], step_m) for i in range(len(padded) - 3)]
    return np.vstack([*parts, padded[-2]])


def _segment(p: Floats, step_m: float) -> Floats:
    """From the second to the third of four knots, without the last vertex."""
    t = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(p, axis=0).T) ** 0.5)])
    count = max(1, round(math.dist(p[1], p[2]) / step_m))
    s = np.linspace(t[1], t[2], count, endpoint=False)[:, None]
    a = [_between(p[i], p[i + 1], t[i], t[i + 1], s) for i in range(3)]
    b = [_between(a[i], a[i + 1], t[i], t[i + 2], s) for i in range(2)]
    return _between(b[0], b[1], t[1], t[2], s)


def _between(start: Floats, end: Floats, t_start: float, t_end: float, t: Floats) -> Floats:
    mixed: Floats = (start * (t_end - t) + end * (t - t_start)) / (t_end - t_start)
    return mixed


def smooth_line(points: Sequence[Point], step_m: float = STEP_M) -> Geometry:
    return shapely.LineString(smooth(points, step_m=step_m)).simplify(0.6)


def smooth_area(points: Sequence[Point], step_m: float = STEP_M) -> Geometry:
    return shapely.Polygon(smooth(points, closed=True, step_m=step_m)).simplify(0.6)


def river_shape(line: Geometry, widths_m: Sequence[float]) -> Geometry:
    """The water around a line whose width changes evenly between the given ones."""
    distances = np.arange(0.0, line.length, 12.0)
    widths = np.interp(distances, np.linspace(0, line.length, len(widths_m)), widths_m)
    discs = shapely.buffer(shapely.line_interpolate_point(line, distances), widths / 2, quad_segs=6)
    hulls = [shapely.union(a, b).convex_hull for a, b in pairwise(discs)]
    return shapely.union_all(hulls).simplify(0.8)


@dataclass(frozen=True)
class Ripple:
    """A soft displacement of the plane: a sum of waves, so that neighbours move alike."""

    waves: tuple[tuple[float, float, float, float, float], ...]

    @classmethod
    def named(cls, subject: str, amplitude_m: float, length_m: float, count: int = 5) -> "Ripple":
        chance = stream(f"ripple/{subject}")
        waves = []
        for _ in range(count):
            angle, wave_m = chance.uniform(0, math.tau), length_m * chance.uniform(0.6, 1.6)
            waves.append(
                (
                    math.cos(angle) * math.tau / wave_m,
                    math.sin(angle) * math.tau / wave_m,
                    chance.uniform(0, math.tau),
                    amplitude_m * chance.uniform(-1, 1) / math.sqrt(count),
                    amplitude_m * chance.uniform(-1, 1) / math.sqrt(count),
                )
            )
        return cls(tuple(waves))

    def move(self, points: Floats) -> Floats:
        moved = points.copy()
        for kx, ky, phase, dx, dy in self.waves:
            wave = np.sin(points[:, 0] * kx + points[:, 1] * ky + phase)
            moved += wave[:, None] * np.array([dx, dy])
        return moved

    def bend(self, shape: Geometry, step_m: float = STEP_M) -> Geometry:
        return shapely.transform(shapely.segmentize(shape, step_m), self.move)
