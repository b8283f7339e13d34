"""Bus stops: along main streets every few hundred metres, on both sides, and in every village."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import shapely

from geoportal.demo.town.footprints import frame_beside
from geoportal.demo.town.gazetteer import build_gazetteer
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import Street
from geoportal.demo.town.town import TOWN

SPACING_M = 430.0
NEAR_M = 150.0


@dataclass(frozen=True)
class Stop:
    """A stop by the kerb."""

    name: str
    point: Geometry
    street: str
    settlement: str


@lru_cache(maxsize=1)
def build_stops() -> list[Stop]:
    """Stops of the main streets, none nearer than 60 m to one with another name."""
    town = build_gazetteer().town
    stops: list[Stop] = []
    for street in town.streets:
        if street.rank in ("primary", "secondary") and street.settlement:
            for stop in _along(street):
                near = [other for other in stops if other.point.distance(stop.point) < 60]
                if all(other.name == stop.name for other in near) and len(near) < 2:
                    stops.append(stop)
    return stops


def _along(street: Street) -> Iterator[Stop]:
    in_town = street.settlement == TOWN
    if in_town and street.line.length < 260:
        return
    at_m = 130.0 if in_town else street.line.length / 2
    while at_m < street.line.length - 60:
        middle = street.line.interpolate(at_m)
        name = _name_at(middle, street)
        for side, shift in ((-1, 14.0), (1, -14.0)):
            spot = frame_beside(street.line, at_m + shift, side, street.width_m / 2 + 1.2)
            yield Stop(name, shapely.Point(spot.at), street.name, street.settlement)
        at_m += SPACING_M if in_town else street.line.length


def _name_at(point: Geometry, street: Street) -> str:
    """Named after a public building, a park or the street that crosses here."""
    gazetteer = build_gazetteer()
    if street.settlement != TOWN:
        return f"с. {street.settlement}"
    town = gazetteer.town
    named = [
        (place.lot.distance(point), place.name_uk)
        for place in town.places
        if place.kind
        in (
            "hospital",
            "school",
            "market",
            "culture",
            "factory",
            "stadium",
            "bus_station",
            "council",
            "college",
            "museum",
            "church",
        )
    ]
    named += [(park.area.distance(point), park.name_uk) for park in town.parks]
    distance, name = min(named)
    if distance < NEAR_M:
        return name
    crossing = min(
        (other.line.distance(point), other.name)
        for other in town.streets
        if other.name not in ("", street.name) and other.settlement == TOWN
    )[1]
    return crossing[0].upper() + crossing[1:]
