"""More of the same for benchmarks: points again and again, a little aside, never in water."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import shapely

from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import SEED
from geoportal.demo.town.town import build_town

SPREAD_M = 7.0


@lru_cache(maxsize=1)
def _dry_land() -> Geometry:
    town = build_town()
    dry = town.limit.buffer(-2).difference(town.waters.everything.buffer(1))
    shapely.prepare(dry)
    return dry


def multiply_points(points: Sequence[Geometry], scale: int) -> Iterator[tuple[Geometry, int, int]]:
    """Each point `scale` times: place, number of the point, number of the copy (0 is itself).

    A copy that would lie in water or outside stays where its point is.
    """
    array = np.array(points, dtype=object)
    places = shapely.get_coordinates(array)
    yield from ((point, index, 0) for index, point in enumerate(points))
    for copy in range(1, scale):
        chance = np.random.default_rng([copy, len(points), *SEED.encode()])
        moved = places + chance.normal(0, SPREAD_M, places.shape)
        wet = ~shapely.contains_xy(_dry_land(), moved[:, 0], moved[:, 1])
        moved[wet] = places[wet]
        for index, point in enumerate(shapely.points(moved)):
            yield point, index, copy
