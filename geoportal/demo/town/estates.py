"""Blocks without rows of houses: housing estates of long slabs, and works."""

import math
from collections.abc import Iterator
from random import Random

import shapely
from shapely import affinity

from geoportal.demo.town.houses import House
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street

SLAB_DEPTH_M = 12.5


def build_estates(
    blocks: list[tuple[str, Geometry]], streets: list[Street], town: str
) -> list[House]:
    """Candidates inside the blocks of flats and of industry."""
    numbers = [i for i, street in enumerate(streets) if street.settlement == town and street.name]
    tree = shapely.STRtree([streets[i].line for i in numbers])
    houses = []
    for number, (fabric, block) in enumerate(blocks):
        fill = {"flats": _slabs, "industry": _works}.get(fabric)
        if fill is None:
            continue
        ground = block.buffer(-13)
        for kind, shape, levels in fill(block, stream(f"estates/{number}")):
            if ground.contains(shape):
                street = numbers[int(tree.nearest(shape.centroid))]
                houses.append(House(kind, shape, levels, street, town))
    return houses


def _grid(
    block: Geometry, step_x: float, step_y: float, chance: Random
) -> Iterator[tuple[int, int, float, float, float, Geometry]]:
    """Column, row, place and turn of a net laid over a block along its long side."""
    corners = shapely.get_coordinates(block.minimum_rotated_rectangle)
    sides = sorted((corners[:2], corners[1:3]), key=lambda side: -math.dist(*side))
    (x0, y0), (x1, y1) = sides[0]
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    length, depth = math.dist(*sides[0]), math.dist(*sides[1])
    middle = block.minimum_rotated_rectangle.centroid
    columns, rows = max(1, round(length / step_x)), max(1, round(depth / step_y))
    for column in range(columns):
        for row in range(rows):
            x = (column + 0.5) / columns * length - length / 2 + chance.uniform(-3, 3)
            y = (row + 0.5) / rows * depth - depth / 2 + chance.uniform(-2, 2)
            yield column, row, x, y, angle, middle


def _put(shape: Geometry, x: float, y: float, angle: float, middle: Geometry) -> Geometry:
    placed = affinity.rotate(affinity.translate(shape, x, y), angle, origin=(0, 0))
    return affinity.translate(placed, middle.x, middle.y)


def _slabs(block: Geometry, chance: Random) -> Iterator[tuple[str, Geometry, int]]:
    for column, row, x, y, angle, middle in _grid(block, 86, 46, chance):
        length_m = chance.choice((44.0, 58.0, 58.0, 72.0))
        across = (column + row) % 3 == 2
        half = (SLAB_DEPTH_M / 2, min(length_m, 40.0) / 2)
        w, d = half if across else (length_m / 2, SLAB_DEPTH_M / 2)
        shape = _put(shapely.box(-w, -d, w, d), x, y, angle, middle)
        yield "apartments", shape, 9 if chance.random() < 0.25 else 5


def _works(block: Geometry, chance: Random) -> Iterator[tuple[str, Geometry, int]]:
    for _, _, x, y, angle, middle in _grid(block, 92, 64, chance):
        if chance.random() < 0.72:
            w, d = chance.uniform(16, 36), chance.uniform(9, 22)
            shape = _put(shapely.box(-w, -d, w, d), x, y, angle, middle)
            yield "industrial", shape, chance.choice((1, 1, 2))
