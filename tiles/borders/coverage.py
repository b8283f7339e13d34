"""Simplifies areas that touch as one coverage, so that a border stays one line for both."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.layer_source import BANDS, PIXEL_M

Shapes = NDArray[np.object_]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Coverage:
    """Of n areas: which of them overlap others or are invalid, which share a border with another,
    and by band the simplified shapes of these (`None` for the rest), in EPSG:3857.
    """

    overlapping: Mask
    shared: Mask
    bands: dict[int, Shapes]


def simplify_together(areas: Shapes) -> Coverage:
    """Polygons and multipolygons in EPSG:3857, each band made from the one before.

    Areas that overlap are left out, so their borders may part from those of their neighbours. What
    is taken away at a vertex is less than the square of half a pixel (Visvalingam and Whyatt).
    """
    usable = shapely.is_valid(areas)
    usable[usable] = shapely.is_empty(shapely.coverage_invalid_edges(areas[usable]))
    shared = np.zeros(len(areas), bool)
    shared[usable] = _find_touching(areas[usable])
    bands = {}
    shapes = areas[shared]
    for band in sorted(BANDS, reverse=True):
        if len(shapes):
            shapes = shapely.coverage_simplify(shapes, PIXEL_M / 2**band / 2)
        placed = np.full(len(areas), None, dtype=object)
        placed[shared] = shapes
        bands[band] = placed
    return Coverage(~usable, shared, bands)


def _find_touching(areas: Shapes) -> Mask:
    """Which areas of a valid coverage have a vertex of another."""
    places, owners = shapely.get_coordinates(areas, return_index=True)
    if not len(places):
        return np.zeros(len(areas), bool)
    _, vertex = np.unique(places.view(np.complex128).ravel(), return_inverse=True)
    # Vertices of one owner only have equal first and last owners.
    first = np.full(vertex.max() + 1, len(areas))
    last = np.zeros(vertex.max() + 1, int)
    np.minimum.at(first, vertex, owners)
    np.maximum.at(last, vertex, owners)
    touching = np.zeros(len(areas), bool)
    touching[owners[(first != last)[vertex]]] = True
    return touching
