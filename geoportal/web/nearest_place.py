"""From where one looks for the nearest: coordinates, or the best answer of search to an address."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from layers.geometry.checking import LATITUDE_MAX
from layers.reading.parameters import parse_coordinate
from layers.reading.search import Found, search_features

OFFERED: Final = 6
DECIMALS: Final = 6
PAIR: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*")
# West, south, east, north of Ukraine: which of two numbers is the latitude.
UKRAINE: Final = (22.0, 44.0, 41.0, 53.0)


@dataclass(frozen=True)
class Place:
    """In degrees; `title` as people are told of it, `others` what else may have been meant."""

    lon: float
    lat: float
    title: str
    others: tuple[Found, ...] = ()


def find_place(given: QueryDict) -> Place | None:
    """Of `lon` and `lat`, titled by `q` or by `from`, else of `q`; `None`: neither leads anywhere.

    Raises `InvalidInput` for coordinates that are none.
    """
    text = given.get("q", "").strip()
    if "lon" in given or "lat" in given:
        lon = parse_coordinate(given.get("lon"), "lon", 180)
        lat = parse_coordinate(given.get("lat"), "lat", LATITUDE_MAX)
        titles = {"me": _("your place"), "map": _("the point on the map")}
        title = text or titles.get(given.get("from", ""), "") or write_pair(lon, lat)
        return Place(lon, lat, title)
    if pair := read_pair(text):
        return Place(*pair, write_pair(*pair))
    found = search_features(text, OFFERED) if text else []
    if not found:
        return None
    best = found[0]
    return Place(best.lon, best.lat, name_found(best), tuple(found[1:]))


def read_pair(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of «50.255, 27.238»; latitude first, but where only the other way
    round lies in Ukraine.
    """
    match = PAIR.fullmatch(text)
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    west, south, east, north = UKRAINE
    if west <= lat <= east and south <= lon <= north:
        lat, lon = lon, lat
    return (lon, lat) if abs(lat) <= LATITUDE_MAX and abs(lon) <= 180 else None


def write_pair(lon: float, lat: float) -> str:
    return f"{lat:.5f}, {lon:.5f}"


def name_found(found: Found) -> str:
    """The title, and of the address what it does not say itself."""
    parts = (part.strip() for part in found.subtitle.split(","))
    return ", ".join([found.title, *(part for part in parts if part not in found.title)])
