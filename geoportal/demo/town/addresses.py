"""House numbers: odd on the left, even on the right, growing from the street's first end."""

from dataclasses import dataclass

import shapely

from geoportal.demo.town.houses import House
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street

LETTERS = "АБВ"


@dataclass(frozen=True)
class Address:
    """The address of a building: `point` is inside it."""

    settlement: str
    street: str
    number: str
    point: Geometry
    house: int


def build_addresses(houses: list[House], streets: list[Street]) -> list[Address]:
    """Addresses of all buildings that belong to a street, street by street."""
    by_side: dict[tuple[int, bool], list[tuple[float, int, Geometry]]] = {}
    for index, house in enumerate(houses):
        if house.street >= 0 and house.kind != "shed":
            point = house.shape.representative_point()
            at_m, left = _position(streets[house.street].line, point)
            by_side.setdefault((house.street, left), []).append((at_m, index, point))
    addresses = []
    for (number, left), found in sorted(by_side.items(), key=lambda item: item[0]):
        street = streets[number]
        labels = _numbers(len(found), left, f"{street.settlement}/{number}/{left}")
        for label, (_, index, point) in zip(labels, sorted(found, key=_by_place), strict=True):
            addresses.append(Address(street.settlement, street.name, label, point, index))
    return _with_corners(addresses, houses, streets)


def _by_place(found: tuple[float, int, Geometry]) -> tuple[float, int]:
    return found[0], found[1]


def _position(line: Geometry, point: Geometry) -> tuple[float, bool]:
    """Metres along the street, and whether the point is on its left."""
    at_m = line.project(point)
    start, end = line.interpolate(max(0.0, at_m - 2)), line.interpolate(at_m + 2)
    cross = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
    return at_m, bool(cross > 0)


def _numbers(count: int, odd: bool, subject: str) -> list[str]:
    """Numbers of one side: now and then one is left out, or a letter divides a plot."""
    chance = stream(f"numbers/{subject}")
    labels: list[str] = []
    number, letter = (1 if odd else 2), -1
    for _ in range(count):
        labels.append(f"{number}-{LETTERS[letter]}" if letter >= 0 else str(number))
        if letter < len(LETTERS) - 1 and chance.random() < 0.07:
            letter += 1
        else:
            letter = -1
            number += 4 if chance.random() < 0.04 else 2
    return labels


def _with_corners(
    addresses: list[Address], houses: list[House], streets: list[Street]
) -> list[Address]:
    """The first house of a street that stands on a corner bears both numbers, as 9/2."""
    tree = shapely.STRtree([street.line for street in streets])
    result = []
    for address in addresses:
        house = houses[address.house]
        at_corner = [
            number
            for number in tree.query(house.shape, "dwithin", 13).tolist()
            if number != house.street and streets[number].name
        ]
        label = address.number
        if at_corner and label.isdigit() and house.kind != "place":
            label = f"{label}/{1 if int(label) % 2 else 2}"
        result.append(
            Address(address.settlement, address.street, label, address.point, address.house)
        )
    return result
