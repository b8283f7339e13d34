"""Where things are in words: the address at a point, the places of a kind, houses of a kind."""

import math
from collections.abc import Iterable
from functools import lru_cache

import shapely

from geoportal.demo.town.addresses import Address
from geoportal.demo.town.houses import House
from geoportal.demo.town.lots import Place
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.town import Town, build_town


class Gazetteer:
    """Look-ups over a town that stands."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._tree = shapely.STRtree([address.point for address in town.addresses])
        self._streets = shapely.STRtree([street.line for street in town.streets])
        self._of_house = {address.house: address for address in town.addresses}
        self._of_place = {
            house.place: self._of_house[number]
            for number, house in enumerate(town.houses)
            if house.place >= 0
        }

    def near(self, shape: Geometry) -> Address:
        """The nearest address to a shape's middle."""
        return self.town.addresses[int(self._tree.nearest(shape.centroid))]

    def direction_at(self, point: Geometry) -> float:
        """Degrees of the nearest street, so that what is laid out stands square to it."""
        line = self.town.streets[int(self._streets.nearest(point))].line
        at_m = line.project(point)
        start, end = line.interpolate(max(0.0, at_m - 15)), line.interpolate(at_m + 15)
        return math.degrees(math.atan2(end.y - start.y, end.x - start.x))

    def of_house(self, number: int) -> Address:
        return self._of_house[number]

    def places(self, *kinds: str) -> list[tuple[Place, Address]]:
        """Places of these kinds with their addresses, in the order of the plan."""
        return [
            (place, self._of_place[number])
            for number, place in enumerate(self.town.places)
            if place.kind in kinds
        ]

    def houses(self, kinds: Iterable[str], settlement: str = "") -> list[tuple[int, House]]:
        """Houses of these kinds that have an address, with their numbers."""
        wanted = set(kinds)
        return [
            (number, house)
            for number, house in enumerate(self.town.houses)
            if house.kind in wanted
            and number in self._of_house
            and settlement in ("", house.settlement)
        ]


@lru_cache(maxsize=1)
def build_gazetteer() -> Gazetteer:
    return Gazetteer(build_town())
