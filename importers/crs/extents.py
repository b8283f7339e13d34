"""Where the community lies, in degrees: what coordinates are measured against."""

from dataclasses import dataclass

import numpy as np
from django.db import connection

from geoportal.core.database.named_sql import load_sql
from importers.sources import BoolArray, FloatArray

KM_A_DEGREE = 111.2


@dataclass(frozen=True)
class Extent:
    """A box in EPSG:4326."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, distance_km: float) -> "Extent":
        north_south = distance_km / KM_A_DEGREE
        middle = np.radians(min(80.0, abs(self.south + self.north) / 2))
        east_west = north_south / float(np.cos(middle))
        return Extent(
            self.west - east_west,
            self.south - north_south,
            self.east + east_west,
            self.north + north_south,
        )

    def holds(self, lonlat: FloatArray) -> BoolArray:
        """Which of the points, shape (n, 2), lie inside; NaN never does."""
        lon, lat = lonlat[:, 0], lonlat[:, 1]
        inside: BoolArray = (
            (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)
        )
        return inside

    @property
    def center(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2


UKRAINE = Extent(22.0, 44.3, 40.3, 52.4)
NEAR_KM = 20.0


def find_community() -> Extent | None:
    """The layer `boundary`, else all public layers together; `None` when there is nothing yet."""
    with connection.cursor() as cursor:
        cursor.execute(load_sql("importers", "community_extent"))
        box = cursor.fetchone()
    return None if box is None or box[0] is None else Extent(*box)


def find_usual(lonlat: FloatArray, distance_km: float) -> Extent | None:
    """The box of nearly all points, grown by the distance, and by half its own size when that is
    more; `None` when there are too few points to tell.
    """
    found = lonlat[np.isfinite(lonlat).all(axis=1)]
    if len(found) < 10:
        return None
    west, south = np.quantile(found, 0.05, axis=0)
    east, north = np.quantile(found, 0.95, axis=0)
    box = Extent(float(west), float(south), float(east), float(north))
    size_km = KM_A_DEGREE * max(box.north - box.south, (box.east - box.west) / 1.5)
    return box.grown(max(distance_km, size_km / 2))
