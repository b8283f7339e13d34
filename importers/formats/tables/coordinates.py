"""Coordinates that people write: decimal points and commas, degrees with minutes and seconds."""

import math
import re
from collections.abc import Sequence

# Whole words in column headings, folded to lower case; the order is that of preference.
LON_NAMES = (
    "lon", "lng", "long", "longitude", "довгота", "долгота", "longitude_wgs84", "wgs84_lon",
    "coord_lon", "geo_lon", "constructionlon", "point_x", "xcoord", "x_coord", "easting", "east",
    "x",
)  # fmt: skip
LAT_NAMES = (
    "lat", "latitude", "широта", "latitude_wgs84", "wgs84_lat", "coord_lat", "geo_lat",
    "point_y", "ycoord", "y_coord", "northing", "north", "y",
)  # fmt: skip
# Both in one column; in this order when they say nothing else: latitude, longitude.
PAIR_NAMES = (
    "coordinates", "coords", "coordinate", "координати", "координаты", "location", "latlon",
    "lat_lon", "latlng", "lat_lng", "lat,lon", "lat, lon", "lat/lon", "gps", "gps координати",
    "геолокація", "геокоординати", "широта, довгота", "широта,довгота", "широта довгота",
    "lonlat", "lon_lat", "lon,lat", "lon, lat", "довгота, широта", "довгота,широта",
)  # fmt: skip
WKT_NAMES = ("wkt", "geom", "geometry", "the_geom", "wkt_geom", "геометрія", "geojson", "shape")

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\s?\d+)?(?:[eE][+-]?\d+)?\Z", re.ASCII)
HEMISPHERES = {"N": 1, "S": -1, "E": 1, "W": -1, "ПН": 1, "ПД": -1, "СХ": 1, "ЗХ": -1}
DEGREES = re.compile(
    r"""(?P<before>[NSEW]|ПН|ПД|СХ|ЗХ)?\.?\s*
    (?P<sign>[+-])?(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º˚*]\s*
    (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′ʼ‘´`]\s*)?
    (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["”″“]|['’′ʼ‘´`]{2})\s*)?
    (?P<after>[NSEW]|ПН|ПД|СХ|ЗХ)?\.?(?:\s*[ДШ]\.?)?\Z""",
    re.VERBOSE | re.IGNORECASE,
)


def parse_coordinate(text: str) -> float | None:
    """Degrees or metres; `None` for what is no finite number.

    Understands `50.45`, `50,45`, `50. 45`, `N 50° 23’ 39"`, `50°1'27"N`, and minutes with
    fractions. No thousands separators: a comma is a decimal sign.
    """
    text = text.strip().replace("\u2212", "-").replace("\u00a0", " ")
    if NUMBER.match(text):
        number = float(text.replace(",", ".").replace(" ", ""))
        return number if math.isfinite(number) else None
    return parse_degrees(text)


def parse_degrees(text: str) -> float | None:
    match = DEGREES.match(text)
    if match is None or (match["before"] and match["after"]):
        return None
    degrees, minutes, seconds = (
        float((match[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        return None
    hemisphere = HEMISPHERES.get((match["before"] or match["after"] or "N").upper(), 1)
    sign = -1 if match["sign"] == "-" else 1
    return sign * hemisphere * (degrees + minutes / 60 + seconds / 3600)


def find_named(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """The column whose heading is one of `names`, the most preferred first."""
    folded = {column.strip().casefold(): column for column in reversed(columns)}
    return next((folded[name] for name in names if name in folded), None)


def says_lon_first(heading: str) -> bool:
    """`lon, lat`; `Довгота/широта`."""
    return bool(re.search(r"(lon|lng|довгот).*(lat|широт)", heading.casefold()))
