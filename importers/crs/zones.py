"""The zone that a file's projection belongs to, whatever datum the file names beside it.

MapInfo has no name for the datum of УСК-2000: programs write WGS 84 or Pulkovo 1942 instead, and
places come 120 m or 7 m off. The projection is written truly, and no other system has it.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from pyproj import CRS

from importers.crs.candidates import CODES
from importers.crs.projection import TWINS, find_operation, is_same_place
from importers.sources import FloatArray

TRANSVERSE_MERCATOR = "9807"
# EPSG's codes: latitude and longitude of origin, scale, false easting and northing.
PARAMETERS = {"8801": 0.0, "8802": 0.0, "8805": 1.0, "8806": 0.0, "8807": 0.0}
DECIMALS = 6
M_A_DEGREE = 111_320.0
Parameters = tuple[float, ...]


def find_zones(crs: CRS) -> tuple[int, ...]:
    """Codes of systems with the same projection; none where it is of no zone, or of its own."""
    projection = read_projection(crs)
    return () if projection is None else list_zones().get(projection, ())


def read_projection(crs: CRS) -> Parameters | None:
    """Degrees and metres; `None` for what is no transverse Mercator in metres."""
    plain = crs.source_crs if crs.is_bound else crs
    if plain is None or not plain.is_projected or plain.coordinate_operation is None:
        return None
    operation = plain.coordinate_operation
    metric = all(axis.unit_conversion_factor == 1.0 for axis in plain.axis_info)
    if operation.method_code != TRANSVERSE_MERCATOR or not metric:
        return None
    found = {param.code: float(param.value) for param in operation.params}
    return tuple(round(found.get(code, usual), DECIMALS) for code, usual in PARAMETERS.items())


@lru_cache(maxsize=1)
def list_zones() -> Mapping[Parameters, tuple[int, ...]]:
    """Of twins the first only."""
    twins = {code for group in TWINS for code in group[1:]}
    found: dict[Parameters, tuple[int, ...]] = {}
    for code in CODES:
        projection = read_projection(CRS.from_epsg(code))
        if projection is not None and code not in twins:
            found[projection] = (*found.get(projection, ()), code)
    return found


def measure_shift_m(crs: CRS, code: int, xy: FloatArray) -> float:
    """How far apart the two systems put the middle of the places."""
    middle = np.nanmedian(xy, axis=0).reshape(1, 2)
    here = find_operation(crs).projector(middle)[0]
    there = find_operation(CRS.from_epsg(code)).projector(middle)[0]
    east = (here[0] - there[0]) * np.cos(np.radians(there[1]))
    return float(np.hypot(east, here[1] - there[1]) * M_A_DEGREE)


def find_own(crs: CRS, codes: tuple[int, ...], xy: FloatArray) -> int | None:
    """The one of the systems that puts the places where the file's own does."""
    middle = np.nanmedian(xy, axis=0)
    same = (code for code in codes if is_same_place(crs, CRS.from_epsg(code), middle))
    return next(same, None)
