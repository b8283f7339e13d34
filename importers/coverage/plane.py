"""A town as a plane in metres, and exactly back: a vertex that was not moved keeps its numbers."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.geometry.repair import METRES_A_DEGREE, Shapes
from importers.sources import FloatArray

ComplexArray = NDArray[np.complex128]


@dataclass(frozen=True)
class Plane:
    """Metres east and north of a point in degrees, on a sphere: right to about 0.5 %.

    `known` are places of vertices in metres (east + i·north), sorted; `degrees` are the same
    vertices as they were given.
    """

    lon: float
    lat: float
    known: ComplexArray = field(repr=False)
    degrees: FloatArray = field(repr=False)

    @property
    def scale(self) -> FloatArray:
        """Metres a degree, east and north."""
        squeeze = float(np.cos(np.radians(self.lat)))
        return np.array([METRES_A_DEGREE * squeeze, METRES_A_DEGREE])

    def to_metres(self, lonlat: FloatArray) -> FloatArray:
        metres: FloatArray = (lonlat - (self.lon, self.lat)) * self.scale
        return metres

    def to_degrees(self, metres: FloatArray) -> FloatArray:
        lonlat: FloatArray = metres / self.scale + (self.lon, self.lat)
        if len(self.known) and len(metres):
            wanted = as_complex(metres)
            places = np.minimum(np.searchsorted(self.known, wanted), len(self.known) - 1)
            same = self.known[places] == wanted
            lonlat[same] = self.degrees[places[same]]
        return lonlat

    def flatten(self, shapes: Shapes) -> Shapes:
        """Shapes in degrees as valid shapes in metres."""
        flat = np.asarray(shapely.transform(shapes, self.to_metres), dtype=object)
        broken = ~shapely.is_valid(flat) & ~shapely.is_missing(flat)
        flat[broken] = shapely.make_valid(flat[broken], method="structure", keep_collapsed=False)
        return flat

    def restore(self, flat: Shapes) -> Shapes:
        return np.asarray(shapely.transform(flat, self.to_degrees), dtype=object)


def as_complex(xy: FloatArray) -> ComplexArray:
    """East and north as one number, which can be sorted and looked up."""
    number: ComplexArray = xy[:, 0] + 1j * xy[:, 1]
    return number


def lay_plane(shapes: Shapes) -> Plane:
    """Around the middle of the shapes (degrees), which it knows the vertices of."""
    lonlat = shapely.get_coordinates(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    middle = (float(west + east) / 2, float(south + north) / 2)
    empty = Plane(*middle, np.empty(0, np.complex128), np.empty((0, 2)))
    numbers, first = np.unique(as_complex(empty.to_metres(lonlat)), return_index=True)
    return Plane(*middle, numbers, lonlat[first])
