"""Rows beyond the community's boundary, and among them those whose coordinates look exchanged."""

from collections.abc import Iterator

import numpy as np
import shapely

from importers.checks.context import CheckContext
from importers.coverage.standing import find_community_area
from importers.geometry.repair import METRES_A_DEGREE
from importers.issues import Issue
from importers.loading.seen import SeenRows
from importers.sources import BoolArray, FloatArray, IntArray

MOST = 0.5  # more rows than this outside say something of the file, not of the rows
KM = 1000.0


class OutsideCommunity:
    """Points, or shapes no part of which lies inside; nothing is moved."""

    def __init__(self, ground: shapely.Geometry) -> None:
        shapely.prepare(ground)
        self._ground = ground
        self._rows: list[IntArray] = [np.empty(0, np.int64)]
        self._lonlat: list[FloatArray] = [np.empty((0, 2))]
        self._placed = 0

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        placed = np.isfinite(seen.lonlat).all(axis=1)
        outside = placed & ~self._touches(seen)
        self._placed += int(placed.sum())
        self._rows.append(seen.rows[outside])
        self._lonlat.append(seen.lonlat[outside])
        yield from ()

    def _touches(self, seen: SeenRows) -> BoolArray:
        if seen.shapes is not None:
            inside: BoolArray = shapely.intersects(self._ground, seen.shapes)
            return inside
        return self._holds(seen.lonlat)

    def _holds(self, lonlat: FloatArray) -> BoolArray:
        inside: BoolArray = shapely.intersects_xy(self._ground, lonlat[:, 0], lonlat[:, 1])
        return inside

    def finish(self) -> Iterator[Issue]:
        rows, lonlat = np.concatenate(self._rows), np.concatenate(self._lonlat)
        swapped = self._holds(lonlat[:, ::-1])
        for row in rows[swapped].tolist():
            yield Issue(row, "axes-look-swapped")
        rows, lonlat = rows[~swapped], lonlat[~swapped]
        if len(rows) > MOST * self._placed:
            yield Issue(None, "rows-outside-boundary", {"count": len(rows), "of": self._placed})
            return
        for row, distance_km in zip(rows.tolist(), self._measure(lonlat), strict=True):
            yield Issue(row, "outside-boundary", {"distance_km": round(float(distance_km), 2)})

    def _measure(self, lonlat: FloatArray) -> FloatArray:
        """Kilometres to the boundary, on a plane: near it right to 0.5 %."""
        squeeze = np.cos(np.radians(self._ground.centroid.y))
        scale = METRES_A_DEGREE * np.array([squeeze, 1.0])
        ground = shapely.transform(self._ground, lambda xy: xy * scale)
        distances: FloatArray = shapely.distance(shapely.points(lonlat * scale), ground) / KM
        return distances


def begin(context: CheckContext) -> Iterator[OutsideCommunity]:
    ground = find_community_area(but=context.layer.slug)
    if ground is not None:
        yield OutsideCommunity(ground)
