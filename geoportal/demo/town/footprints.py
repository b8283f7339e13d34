"""Footprints of buildings: rectangles and their compositions, placed along a street."""

import math
from dataclasses import dataclass

import shapely
from shapely import affinity

from geoportal.demo.town.plane import Geometry, Point


@dataclass(frozen=True)
class Frame:
    """A place beside a street: `at` is its middle, `along` the unit vector of the street,
    `inward` the unit vector away from the street.
    """

    at: Point
    along: Point
    inward: Point

    def place(self, shape: Geometry) -> Geometry:
        """A shape drawn with x along the street and y away from it, put where it stands."""
        (ax, ay), (bx, by) = self.along, self.inward
        return affinity.affine_transform(shape, [ax, bx, ay, by, *self.at])

    def box(self, width_m: float, depth_m: float) -> Geometry:
        return self.place(shapely.box(-width_m / 2, -depth_m / 2, width_m / 2, depth_m / 2))

    def moved(self, along_m: float, inward_m: float) -> "Frame":
        x = self.at[0] + self.along[0] * along_m + self.inward[0] * inward_m
        y = self.at[1] + self.along[1] * along_m + self.inward[1] * inward_m
        return Frame((x, y), self.along, self.inward)


def frame_beside(line: Geometry, at_m: float, side: int, away_m: float) -> Frame:
    """The place `away_m` from a street's line at the distance `at_m`; side 1 is left, -1 right."""
    start, end = line.interpolate(max(0.0, at_m - 4)), line.interpolate(at_m + 4)
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    along = (dx / length, dy / length)
    inward = (-along[1] * side, along[0] * side)
    middle = line.interpolate(at_m)
    return Frame((middle.x + inward[0] * away_m, middle.y + inward[1] * away_m), along, inward)


def draw_form(form: str, width_m: float, depth_m: float) -> Geometry:
    """A footprint around the origin that fits a lot of this frontage and depth."""
    w, d = width_m, depth_m
    parts = {
        "box": [(-0.36, -0.34, 0.36, 0.34)],
        "hall": [(-0.38, -0.25, 0.38, 0.25), (-0.16, -0.36, 0.16, 0.36)],
        "wing": [(-0.38, -0.3, 0.38, -0.02), (-0.38, -0.3, -0.14, 0.32), (0.2, -0.3, 0.38, 0.2)],
        "school": [
            (-0.3, -0.38, 0.3, -0.24),
            (-0.3, -0.38, -0.2, 0.02),
            (0.2, -0.38, 0.3, 0.02),
            (-0.06, -0.38, 0.06, -0.06),
        ],
        "comb": [
            (-0.42, -0.36, 0.42, -0.22),
            (-0.42, -0.36, -0.3, 0.1),
            (-0.06, -0.36, 0.06, 0.16),
            (0.3, -0.36, 0.42, 0.1),
            (-0.42, 0.22, -0.18, 0.36),
        ],
        "stand": [(-0.3, -0.46, 0.3, -0.36)],
        "church": [(-0.16, -0.34, 0.16, 0.34), (-0.28, -0.1, 0.28, 0.14)],
        "works": [
            (-0.42, -0.34, 0.02, 0.02),
            (0.1, -0.34, 0.42, -0.12),
            (-0.42, 0.12, -0.12, 0.36),
            (0.0, 0.1, 0.26, 0.34),
            (0.32, -0.02, 0.42, 0.34),
        ],
    }[form]
    boxes = [shapely.box(x0 * w, y0 * d, x1 * w, y1 * d) for x0, y0, x1, y1 in parts]
    return shapely.union_all(boxes)
