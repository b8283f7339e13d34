"""A place written as coordinates: decimals with point or comma, degrees with minutes and seconds,
letters of sides of the world, `geo:` (RFC 5870), and addresses of map sites."""

import re
from dataclasses import dataclass
from typing import Final

# West, south, east, north of Ukraine: which of two bare numbers is the latitude.
UKRAINE: Final = (22.0, 44.0, 41.0, 53.0)
LATITUDE_MAX: Final = 85.06
NUMBER: Final = r"[-+−]?\d{1,3}(?:[.,]\d+)?"
GEO: Final = re.compile(r"geo:\s*(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:[,;?].*)?", re.I)
SITE: Final = re.compile(
    r"https?://\S*?(?:@|[?&](?:q|ll|query|mlat)=|#map=\d+(?:\.\d+)?/)"
    r"(-?\d+\.\d+)(?:,|/|&mlon=|%2C)(-?\d+\.\d+)\S*",
    re.I,
)
PAIR: Final = re.compile(rf"\s*({NUMBER})\s*°?\s*(?:[;/]|,\s|\s|,)\s*({NUMBER})\s*°?\s*")
POINTS: Final = re.compile(r"\s*([-+−]?\d{1,3}\.\d+)\s*,\s*([-+−]?\d{1,3}\.\d+)\s*")
SIDE: Final = r"(?P<{0}>[NSEWСПЗ]|пн\.?|пд\.?|сх\.?|зх\.?)"
DEGREES: Final = (
    r"(?P<d{0}>\d{{1,3}}(?:[.,]\d+)?)\s*°?\s*"
    r"(?:(?P<m{0}>\d{{1,2}}(?:[.,]\d+)?)\s*['′’ʼ]\s*)?"
    r"(?:(?P<s{0}>\d{{1,2}}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?"
)
SIDES: Final = {
    "N": ("lat", 1), "ПН": ("lat", 1), "S": ("lat", -1), "ПД": ("lat", -1),
    "E": ("lon", 1), "СХ": ("lon", 1), "W": ("lon", -1), "ЗХ": ("lon", -1),
}  # fmt: skip
AFTER: Final = re.compile(
    r"\s*" + DEGREES.format(1) + SIDE.format("a") + r"[\s,;]*"
    + DEGREES.format(2) + SIDE.format("b") + r"\s*", re.I,
)  # fmt: skip
BEFORE: Final = re.compile(
    r"\s*" + SIDE.format("a") + r"\s*" + DEGREES.format(1) + r"[\s,;]*"
    + SIDE.format("b") + r"\s*" + DEGREES.format(2) + r"\s*", re.I,
)  # fmt: skip


@dataclass(frozen=True)
class Coordinates:
    """Degrees. `swapped`: longitude stood first, which nothing but the numbers said."""

    lon: float
    lat: float
    swapped: bool = False

    def __str__(self) -> str:
        return f"{self.lat:.5f}, {self.lon:.5f}"


def read_coordinates(text: str) -> Coordinates | None:
    """`None` where the text is not coordinates or lies nowhere.

    Bare numbers are latitude and longitude; but where only the other order lies in Ukraine it is
    taken, and `swapped` says so.
    """
    if found := GEO.fullmatch(text.strip()) or SITE.fullmatch(text.strip()):
        return _check(float(found[2]), float(found[1]))
    if found := AFTER.fullmatch(text) or BEFORE.fullmatch(text):
        return _read_sides(found)
    found = POINTS.fullmatch(text) or PAIR.fullmatch(text)
    if found is None or not ("." in text or "," in found[1] or "°" in text):
        return None
    lat, lon = _number(found[1]), _number(found[2])
    west, south, east, north = UKRAINE
    swapped = west <= lat <= east and south <= lon <= north
    return _check(lat, lon, swapped) if swapped else _check(lon, lat)


def _read_sides(found: re.Match[str]) -> Coordinates | None:
    read = {}
    for side, place in (("a", 1), ("b", 2)):
        axis, sign = SIDES.get(found[side].upper().rstrip("."), ("", 0))
        minutes, seconds = (_number(found[f"{part}{place}"] or "0") for part in "ms")
        read[axis] = sign * (_number(found[f"d{place}"]) + minutes / 60 + seconds / 3600)
    return _check(read["lon"], read["lat"]) if set(read) == {"lon", "lat"} else None


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _check(lon: float, lat: float, swapped: bool = False) -> Coordinates | None:
    return Coordinates(lon, lat, swapped) if abs(lon) <= 180 and abs(lat) <= LATITUDE_MAX else None
