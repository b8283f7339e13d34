"""Rows that lie so near to an earlier one that they may be the same object."""

from collections.abc import Iterator

import numpy as np
import shapely

from importers.checks.context import CheckContext, read_texts
from importers.geometry.repair import METRES_A_DEGREE
from importers.issues import Issue
from importers.loading.seen import SeenRows
from importers.sources import FloatArray, IntArray


class NearRows:
    """Compares points, and middles of what is no point; names must be equal where there are any."""

    def __init__(self, context: CheckContext) -> None:
        self._context = context
        self._near_m = context.options.near_m
        self._rows: list[IntArray] = [np.empty(0, np.int64)]
        self._lonlat: list[FloatArray] = [np.empty((0, 2))]
        self._names: list[str] = []

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        placed = np.isfinite(seen.lonlat).all(axis=1)
        names = read_texts(seen.literals, self._context.layer.title_field, len(seen.rows))
        self._rows.append(seen.rows[placed])
        self._lonlat.append(seen.lonlat[placed])
        self._names += [names[place].casefold() for place in np.flatnonzero(placed)]
        yield from ()

    def finish(self) -> Iterator[Issue]:
        rows, lonlat = np.concatenate(self._rows), np.concatenate(self._lonlat)
        if len(rows) < 2:
            return
        squeeze = np.cos(np.radians(lonlat[:, 1].mean()))
        points = shapely.points(lonlat * METRES_A_DEGREE * (squeeze, 1.0))
        tree = shapely.STRtree(points)
        here, there = tree.query(points, predicate="dwithin", distance=self._near_m)
        told: set[int] = set()
        for one, other in zip(here.tolist(), there.tolist(), strict=True):
            if one > other and one not in told and self._names[one] == self._names[other]:
                told.add(one)
                distance_m = float(shapely.distance(points[one], points[other]))
                stated = {"first": int(rows[other]), "distance_m": round(distance_m, 1)}
                yield Issue(int(rows[one]), "near-duplicate", stated)


def begin(context: CheckContext) -> Iterator[NearRows]:
    if context.options.near_m > 0:
        yield NearRows(context)
