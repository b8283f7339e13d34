"""Where areas that should lie side by side do not: overlaps, gaps, slivers, borders that miss.

All at once for the areas of one layer. What is the matter between the same areas is one fault with
its largest place, so that a border drawn twice does not make a thousand remarks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from importers.coverage.plane import Plane, lay_plane
from importers.geometry.repair import Shapes, list_parts

SLIVER_M = 2.0  # narrower than this is an error of drawing, not a place
LEAST_M2 = 1.0
LEAST_M = 1.0
NEAR_M = 0.01  # a border lies on a fault that is told already
POLYGONAL = 2


class FaultKind(StrEnum):
    OVERLAP = "overlap"  # two areas share ground
    GAP = "gap"  # ground between areas that is nobody's
    SLIVER = "sliver"  # a narrow overlap or gap
    EDGES = "edges"  # borders that lie on one line but do not have the same vertices
    UNCOVERED = "uncovered"  # ground of the community that no area holds
    OUTSIDE = "outside"  # ground of an area beyond the community


@dataclass(frozen=True)
class Fault:
    """`areas`: places of the areas in what was looked at. The point lies in the largest piece.

    `area_m2` of all pieces; of borders `length_m` instead.
    """

    kind: FaultKind
    areas: tuple[int, ...]
    lon: float
    lat: float
    area_m2: float = 0.0
    length_m: float = 0.0
    pieces: int = 1


@dataclass(frozen=True)
class Piece:
    """Ground or a line (metres) where something is the matter between areas."""

    kind: FaultKind
    areas: tuple[int, ...]
    shape: shapely.Geometry


def find_faults(areas: Shapes, community: shapely.Geometry | None = None) -> list[Fault]:
    """Of areas in degrees; missing ones are passed over. The largest faults of a kind come first.

    With `community` (degrees) also what lies beyond it, and what of it is left over.
    """
    places = np.flatnonzero(~shapely.is_missing(areas) & ~shapely.is_empty(areas))
    if not len(places):
        return []
    plane = lay_plane(areas[places])
    flat = plane.flatten(areas[places])
    ground = None if community is None else plane.flatten(np.array([community]))[0]
    pieces = list(find_pieces(flat, ground))
    pieces += find_edges(flat, pieces)
    return sorted(
        (tell(group, plane, places) for group in group_pieces(pieces)),
        key=lambda fault: (list(FaultKind).index(fault.kind), -fault.area_m2, -fault.length_m),
    )


def find_pieces(flat: Shapes, ground: shapely.Geometry | None) -> Iterator[Piece]:
    tree = shapely.STRtree(flat)
    yield from find_overlaps(flat, tree)
    whole = shapely.union_all(flat)
    holes = list_holes(whole)
    for shape in list_open_strips(whole, SLIVER_M):
        yield Piece(FaultKind.SLIVER, list_beside(shape, tree), shape)
    if ground is None:
        yield from name_gaps(holes, [], flat, tree)
        return
    missing = list_areas(shapely.difference(ground, whole))
    enclosed = shapely.intersects(missing, shapely.union_all(holes).buffer(-NEAR_M))
    yield from name_gaps(missing[enclosed], missing[~enclosed], flat, tree)
    reaching = np.flatnonzero(~shapely.covered_by(flat, ground))
    for place in reaching:
        for shape in list_areas(shapely.difference(flat[place], ground)):
            yield Piece(FaultKind.OUTSIDE, (int(place),), shape)


def list_holes(whole: shapely.Geometry) -> Shapes:
    rings = [ring for part in list_parts(whole) for ring in part.interiors]
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def find_overlaps(flat: Shapes, tree: shapely.STRtree) -> Iterator[Piece]:
    left, right = tree.query(flat, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    for one, other, shared in zip(
        left.tolist(), right.tolist(), shapely.intersection(flat[left], flat[right]), strict=True
    ):
        for shape in list_areas(shared):
            kind = FaultKind.SLIVER if is_narrow(shape) else FaultKind.OVERLAP
            yield Piece(kind, (one, other), shape)


def name_gaps(
    enclosed: Iterable[shapely.Geometry],
    open_: Iterable[shapely.Geometry],
    flat: Shapes,
    tree: shapely.STRtree,
) -> Iterator[Piece]:
    """`enclosed` ground lies among areas, `open_` ground at the border of the community."""
    for kind, shapes in ((FaultKind.GAP, enclosed), (FaultKind.UNCOVERED, open_)):
        for shape in shapes:
            beside = () if kind == FaultKind.UNCOVERED else list_beside(shape, tree)
            narrow = kind == FaultKind.GAP and is_narrow(shape)
            yield Piece(FaultKind.SLIVER if narrow else kind, beside, shape)


def list_beside(shape: shapely.Geometry, tree: shapely.STRtree) -> tuple[int, ...]:
    found = tree.query(shape, predicate="dwithin", distance=NEAR_M)
    return tuple(sorted(found.tolist()))


def list_open_strips(whole: shapely.Geometry, width_m: float) -> Shapes:
    """Narrow ground between areas that is open at an end: what closing the whole would fill."""
    grown = shapely.buffer(whole, width_m / 2, join_style="mitre")
    closed = shapely.buffer(grown, -width_m / 2, join_style="mitre")
    filled = list_areas(shapely.difference(closed, whole))
    outline = shapely.union_all([shapely.Polygon(part.exterior) for part in list_parts(whole)])
    strips: Shapes = filled[
        np.array([is_narrow(shape) and shape.area >= LEAST_M2 for shape in filled], np.bool_)
        & ~shapely.intersects(filled, outline.buffer(-NEAR_M))
    ]
    return strips


def list_areas(shape: shapely.Geometry) -> Shapes:
    """Single polygons of whatever an overlay gave."""
    parts = list_parts(shape)
    found: Shapes = parts[shapely.get_dimensions(parts) == POLYGONAL]
    return found


def is_narrow(shape: shapely.Geometry) -> bool:
    """A strip is as wide as its area over half of its border."""
    return bool(2 * shapely.area(shape) < SLIVER_M * shapely.length(shape))


def find_edges(flat: Shapes, told: Iterable[Piece]) -> list[Piece]:
    """Borders that fit no neighbour's and that no ground of `told` explains."""
    edges = np.asarray(shapely.coverage_invalid_edges(flat), dtype=object)
    lines, owners = shapely.get_parts(edges, return_index=True)
    explained = shapely.union_all([piece.shape for piece in told]).buffer(NEAR_M)
    free = ~shapely.intersects(lines, explained) & (shapely.length(lines) >= LEAST_M)
    lines, owners = lines[free], owners[free]
    tree = shapely.STRtree(lines)
    found = []
    for line, owner in zip(lines, owners.tolist(), strict=True):
        beside = tree.query(line, predicate="dwithin", distance=NEAR_M)
        areas = tuple(sorted({owner, *owners[beside].tolist()}))
        if areas[0] == owner:
            found.append(Piece(FaultKind.EDGES, areas, line))
    return found


def group_pieces(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces of one kind between the same areas, without groups that are too small to matter."""
    groups: dict[tuple[FaultKind, tuple[int, ...]], list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[piece.kind, piece.areas].append(piece)
    return [
        group
        for group in groups.values()
        if group[0].kind == FaultKind.EDGES
        or sum(shapely.area(piece.shape) for piece in group) >= LEAST_M2
    ]


def tell(group: list[Piece], plane: Plane, places: "np.typing.NDArray[np.intp]") -> Fault:
    shapes = np.array([piece.shape for piece in group], dtype=object)
    lines = group[0].kind == FaultKind.EDGES
    sizes = shapely.length(shapes) if lines else shapely.area(shapes)
    spot = shapely.point_on_surface(shapes[int(sizes.argmax())])
    ((lon, lat),) = plane.to_degrees(shapely.get_coordinates(spot))
    size = round(float(sizes.sum()), 1)
    return Fault(
        kind=group[0].kind,
        areas=tuple(int(places[area]) for area in group[0].areas),
        lon=round(float(lon), 7),
        lat=round(float(lat), 7),
        area_m2=0.0 if lines else size,
        length_m=size if lines else 0.0,
        pieces=len(group),
    )
