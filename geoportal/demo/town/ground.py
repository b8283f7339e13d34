"""Who has a right to the ground: shapes kept in order, each clear of those before it."""

from collections.abc import Sequence

import numpy as np
import shapely

from geoportal.demo.town.plane import Geometry


def keep_clear(shapes: Sequence[Geometry], free: Geometry, distance_m: float) -> list[int]:
    """Numbers of the shapes inside `free` that are not nearer than `distance_m` to an earlier
    one that is kept.
    """
    array = np.array(shapes, dtype=object)
    shapely.prepare(free)
    inside = shapely.contains_properly(free, array)
    first, second = shapely.STRtree(array).query(array, "dwithin", distance_m)
    earlier: dict[int, list[int]] = {}
    for later, former in zip(first.tolist(), second.tolist(), strict=True):
        if former < later:
            earlier.setdefault(later, []).append(former)
    kept: set[int] = set()
    for number in np.flatnonzero(inside).tolist():
        if not any(other in kept for other in earlier.get(number, ())):
            kept.add(number)
    return sorted(kept)
