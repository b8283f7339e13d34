"""From where one looks for the nearest: coordinates, or the best answer of search to an address."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from layers.geometry.checking import LATITUDE_MAX
from layers.reading.finding import Found, search_features
from layers.reading.parameters import parse_coordinate
from layers.words.coordinates import Coordinates, read_coordinates

OFFERED: Final = 6
DECIMALS: Final = 6


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
        title = text or titles.get(given.get("from", ""), "") or str(Coordinates(lon, lat))
        return Place(lon, lat, title)
    if typed := read_coordinates(text):
        return Place(typed.lon, typed.lat, str(typed))
    found = search_features(text, OFFERED) if text else []
    if not found:
        return None
    best = found[0]
    return Place(best.lon, best.lat, name_found(best), tuple(found[1:]))


def name_found(found: Found) -> str:
    """The title, and of the address what it does not say itself."""
    parts = (part.strip() for part in found.subtitle.split(","))
    return ", ".join([found.title, *(part for part in parts if part not in found.title)])
