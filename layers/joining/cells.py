"""Areas cut into the cells of a quad-tree, most of which answer without looking at the area.

A cell that lies wholly inside an area answers for every place in it. A cell that a border crosses
keeps the pieces of the area and of its border that lie in it; they decide for places farther than
`GUARD` from that border, and the area itself decides for those that are nearer. So cutting may
round, and the answer stays exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

# Degrees (1 mm). Cutting moves a border by less than a hundred-thousandth of it.
GUARD = 1e-8
# Cells are cut with more around them than the guard, less at each level, so that a cell lies
# strictly inside the one it is a part of.
EDGE, EDGE_STEP = 2e-8, 1e-10
LEVEL_MAX = 26
SPAN = 360.0
# Wanted: this many cells for a whole layer, between so many along an area's longer side.
CELLS_WANTED = 100_000
SIDE_MIN, SIDE_MAX = 2, 32
# A piece with more vertices is cut again, into 4 × 4.
VERTICES_MAX = 64
STEP = 2
MANY = 512

Shapes = NDArray[np.object_]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
GATHER = {
    shapely.GeometryType.MULTIPOLYGON: shapely.multipolygons,
    shapely.GeometryType.MULTILINESTRING: shapely.multilinestrings,
}


@dataclass(frozen=True)
class Cells:
    """Parallel arrays. `shape` and `border` are `None` where the cell is wholly inside; `shape`
    alone is `None` where the area was not cut. `owner`: position of the area.
    """

    owner: Numbers
    level: Numbers
    code: Numbers
    is_whole: NDArray[np.bool_]
    shape: Shapes
    border: Shapes


@dataclass(frozen=True)
class _Pieces:
    """Areas, or what of them lies in the cell (level, x, y), with their borders there."""

    owner: Numbers
    level: Numbers
    x: Numbers
    y: Numbers
    shape: Shapes
    border: Shapes

    def take(self, chosen: NDArray[Any]) -> "_Pieces":
        return _Pieces(*(values[chosen] for values in vars(self).values()))


def choose_level(areas: Shapes) -> int:
    """The level at which a layer of these areas gets about `CELLS_WANTED` cells."""
    sides = _measure_sides(areas)
    if not len(sides):
        return 0
    along = np.clip(np.sqrt(CELLS_WANTED / len(sides)), SIDE_MIN, SIDE_MAX)
    return int(np.clip(round(np.log2(SPAN * along / np.median(sides))), 0, LEVEL_MAX))


def cut_areas(areas: Shapes, level: int) -> Cells:
    """Cells of each area (degrees; no `None`, none empty), at `level` or a level of its size."""
    found = list(_cut(areas, level))
    return Cells(
        *(
            np.concatenate([getattr(cells, name) for cells in found])
            for name in Cells.__dataclass_fields__
        )
    )


def encode_cells(level: Any, x: Any, y: Any) -> Numbers:
    """The number of a cell, as `layers_cell` of the database counts it."""
    return (
        (np.asarray(level, np.int64) << 54) | (np.asarray(x, np.int64) << 27)
        | np.asarray(y, np.int64)
    )  # fmt: skip


def find_cells(level: int, lons: NDArray[Any], lats: NDArray[Any]) -> Numbers:
    """The number of the cell in which each place (degrees) lies."""
    scale = 2.0**level / SPAN
    return encode_cells(level, np.floor((lons + 180.0) * scale), np.floor((lats + 180.0) * scale))


def _cut(areas: Shapes, level: int) -> Iterator[Cells]:
    whole = np.arange(len(areas))
    is_cut = np.isin(shapely.get_type_id(areas), POLYGONS) & shapely.is_valid(areas)
    levels = _choose_levels(areas, level)
    yield _keep_whole_areas(areas, whole[~is_cut], levels)
    polygons = whole[is_cut]
    goal = levels[polygons]
    # What has many vertices is cut in steps: the fewer there are, the cheaper is the next cut.
    many = shapely.get_num_coordinates(areas[polygons]) > MANY
    coarse = np.clip(_fit_levels(_measure_sides(areas[polygons]), SIDE_MIN), 0, goal)
    start = np.where(many, goal - (goal - coarse) // STEP * STEP, goal)
    edges = shapely.boundary(areas[polygons])
    pieces = _divide(polygons, areas[polygons], edges, start)
    while len(pieces.owner):
        is_whole, pieces = _sort_pieces(pieces)
        yield _list_whole(is_whole)
        is_final = (pieces.level >= levels[pieces.owner]) & (
            (shapely.get_num_coordinates(pieces.shape) <= VERTICES_MAX)
            | (pieces.level + STEP > LEVEL_MAX)
        )
        yield _list_crossed(pieces.take(is_final))
        pieces = _divide_again(pieces.take(~is_final))


def _keep_whole_areas(areas: Shapes, chosen: Numbers, levels: Numbers) -> Cells:
    """Points, lines, collections and invalid areas: asked themselves wherever their box lies."""
    goal = np.minimum(levels[chosen], _fit_levels(_measure_sides(areas[chosen]), SIDE_MIN))
    boxed = shapely.box(*shapely.bounds(areas[chosen]).T)
    owner, at, x, y = _spread(chosen, shapely.bounds(boxed), goal)
    nothing = np.full(len(owner), None, dtype=object)
    return Cells(owner, at, encode_cells(at, x, y), np.zeros(len(owner), bool), nothing, nothing)


def _measure_sides(areas: Shapes) -> Floats:
    west, south, east, north = shapely.bounds(areas).T
    sides: Floats = np.maximum(np.maximum(east - west, north - south), 1e-6)
    return sides


def _fit_levels(sides: NDArray[Any], along: int) -> Numbers:
    """The level at which about `along` cells lie along a side."""
    fitting = np.clip(np.round(np.log2(SPAN * along / sides)), 0, LEVEL_MAX)
    return np.asarray(fitting, np.int64)


def _choose_levels(areas: Shapes, level: int) -> Numbers:
    """`level`, or by twos coarser and finer for areas that are much bigger and smaller."""
    sides = _measure_sides(areas)
    along = sides * 2.0**level / SPAN
    coarser = np.ceil(np.maximum(np.log2(along / (SIDE_MAX * 2)), 0) / STEP)
    finer = np.ceil(np.maximum(np.log2(SIDE_MIN / 4 / along), 0) / STEP)
    return np.asarray(np.clip(level + STEP * (finer - coarser), 0, LEVEL_MAX), np.int64)


def _spread(
    owner: Numbers, bounds: NDArray[Any], level: Numbers
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """All cells of the level that touch each box: owner, level, x, y."""
    scale = 2.0**level / SPAN
    grown = bounds + np.array([180.0, 180.0, 180.0, 180.0]) + EDGE * np.array([-1, -1, 1, 1])
    first_x, first_y, last_x, last_y = np.floor(grown.T * scale).astype(np.int64)
    first_x, first_y = np.maximum(first_x, 0), np.maximum(first_y, 0)
    wide, high = last_x - first_x + 1, last_y - first_y + 1
    count = wide * high
    which = np.repeat(np.arange(len(owner)), count)
    place = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    x = first_x[which] + place % wide[which]
    y = first_y[which] + place // wide[which]
    return owner[which], level[which], x, y


def _build_boxes(level: Numbers, x: Numbers, y: Numbers) -> Shapes:
    side = SPAN / 2.0**level
    edge = EDGE + EDGE_STEP * (LEVEL_MAX - level)
    west, south = x * side - 180.0, y * side - 180.0
    boxes: Shapes = shapely.box(west - edge, south - edge, west + side + edge, south + side + edge)
    return boxes


def _divide(owner: Numbers, shape: Shapes, border: Shapes, start: Numbers) -> _Pieces:
    place, level, x, y = _spread(np.arange(len(owner)), shapely.bounds(shape), start)
    return _clip(_Pieces(owner[place], level, x, y, shape[place], border[place]), shape)


def _divide_again(pieces: _Pieces) -> _Pieces:
    """The 4 × 4 cells of each cell."""
    parts = 2**STEP
    place = np.repeat(np.arange(len(pieces.owner)), parts * parts)
    inner = np.tile(np.arange(parts * parts), len(pieces.owner))
    return _clip(
        _Pieces(
            pieces.owner[place],
            pieces.level[place] + STEP,
            pieces.x[place] * parts + inner % parts,
            pieces.y[place] * parts + inner // parts,
            pieces.shape[place],
            pieces.border[place],
        ),
        pieces.shape,
    )


def _clip(pieces: _Pieces, prepared: Shapes) -> _Pieces:
    """Only what lies in the cells; cells that it does not touch are left out."""
    boxes = _build_boxes(pieces.level, pieces.x, pieces.y)
    shapely.prepare(prepared)
    touched = shapely.intersects(pieces.shape, boxes)
    pieces, boxes = pieces.take(touched), boxes[touched]
    inside = shapely.contains_properly(pieces.shape, boxes)
    shapely.destroy_prepared(prepared)
    shape, border = boxes.copy(), np.full(len(boxes), shapely.MultiLineString(), dtype=object)
    crossed = ~inside
    shape[crossed] = _keep(shapely.intersection(pieces.shape[crossed], boxes[crossed]), POLYGONS)
    border[crossed] = _keep(shapely.intersection(pieces.border[crossed], boxes[crossed]), LINES)
    return _Pieces(pieces.owner, pieces.level, pieces.x, pieces.y, shape, border)


def _sort_pieces(pieces: _Pieces) -> tuple[_Pieces, _Pieces]:
    """Those in whose cell no border lies, and those that a border crosses."""
    free = shapely.is_empty(pieces.border)
    side = SPAN / 2.0**pieces.level
    centres = shapely.points((pieces.x + 0.5) * side - 180.0, (pieces.y + 0.5) * side - 180.0)
    inside = free & shapely.covers(pieces.shape, centres)
    return pieces.take(inside), pieces.take(~free)


def _list_whole(pieces: _Pieces) -> Cells:
    count = len(pieces.owner)
    code = encode_cells(pieces.level, pieces.x, pieces.y)
    nothing = np.full(count, None, dtype=object)
    return Cells(pieces.owner, pieces.level, code, np.ones(count, bool), nothing, nothing)


def _list_crossed(pieces: _Pieces) -> Cells:
    code = encode_cells(pieces.level, pieces.x, pieces.y)
    crossed = np.zeros(len(code), bool)
    return Cells(pieces.owner, pieces.level, code, crossed, pieces.shape, pieces.border)


def _keep(shapes: Shapes, types: tuple[shapely.GeometryType, shapely.GeometryType]) -> Shapes:
    """Without the lines and points that a cut leaves where areas only touch a cell's edge."""
    single, multiple = types
    for place in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), types)):
        parts = shapely.get_parts(shapely.get_parts(shapes[place]))
        kept = parts[shapely.get_type_id(parts) == single]
        shapes[place] = GATHER[multiple](kept)
    return shapes
