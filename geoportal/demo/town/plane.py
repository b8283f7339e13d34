"""The plane that the town is drawn on, and the way from it to longitude and latitude.

x is metres east and y metres north of the market square. The plane is UTM zone 35N (EPSG:32635)
moved to the square; near its central meridian (27° E) a metre of it is a metre on the ground
within 0.04 %.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

EASTING_M = 517_000.0
NORTHING_M = 5_567_000.0
DEGREE_DIGITS = 7

Geometry = Any  # shapely carries no types
Point = tuple[float, float]
Floats = NDArray[np.float64]


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:32635", "EPSG:4326", always_xy=True)


def _degrees(metres: Floats) -> Floats:
    lon, lat = _transformer().transform(metres[:, 0] + EASTING_M, metres[:, 1] + NORTHING_M)
    return np.round(np.column_stack([lon, lat]), DEGREE_DIGITS)


def to_degrees(shapes: Geometry) -> Geometry:
    """Geometry, or an array of them, in EPSG:4326; equal vertices stay equal."""
    return shapely.transform(shapes, _degrees)
