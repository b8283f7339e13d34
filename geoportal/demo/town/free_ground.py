"""Free ground: where something small can still stand between houses, streets and water."""

import math
from collections.abc import Callable

import shapely

from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import RAIL_WIDTH_M
from geoportal.demo.town.town import Town

STEP_M = 7.0


class FreeGround:
    """Remembers what is taken, so that later finds keep clear of earlier ones."""

    def __init__(self, town: Town) -> None:
        obstacles = [house.shape for house in town.houses]
        obstacles += [street.line.buffer(street.width_m / 2) for street in town.streets]
        obstacles += [track.buffer(RAIL_WIDTH_M) for track in town.railways]
        obstacles += list(shapely.get_parts(town.waters.everything.buffer(2)))
        self._fixed = shapely.STRtree(obstacles)
        self._taken: list[Geometry] = []
        self.limit = town.limit.buffer(-20)

    def is_free(self, shape: Geometry, distance_m: float = 1.0) -> bool:
        if len(self._fixed.query(shape, "dwithin", distance_m)):
            return False
        return self.limit.contains(shape) and all(
            shape.distance(other) >= distance_m for other in self._taken
        )

    def take(self, shape: Geometry) -> None:
        self._taken.append(shape)

    def find(
        self, at: Geometry, draw: Callable[[float, float], Geometry], reach_m: float,
        distance_m: float = 1.5,
    ) -> Geometry | None:  # fmt: skip
        """The shape that `draw` makes at the nearest free place around a point; it is taken."""
        radius_m = 0.0
        while radius_m <= reach_m:
            count = max(1, int(math.tau * radius_m / (2 * STEP_M)))
            for number in range(count):
                angle = math.tau * number / count + radius_m
                x, y = at.x + radius_m * math.cos(angle), at.y + radius_m * math.sin(angle)
                shape = draw(x, y)
                if self.is_free(shape, distance_m):
                    self.take(shape)
                    return shape
            radius_m += STEP_M
        return None
