"""Query parameters of the public services, parsed once, with errors that help."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.geometry.checking import LATITUDE_MAX
from layers.models import LayerField
from layers.schema.values import InvalidValue, Json, coerce_value

Box = tuple[float, float, float, float]
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?", re.ASCII | re.IGNORECASE
)
OPEN_END = ("", "..")


@dataclass(frozen=True)
class BBox:
    """One box, or two where it crosses the 180th meridian: west, south, east, north in degrees."""

    boxes: tuple[Box, ...]


def parse_numbers(text: str, name: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = [math.nan]
    if not all(map(math.isfinite, numbers)):
        raise InvalidInput(
            _("“%(name)s” must be numbers separated by commas.") % {"name": name}, parameter=name
        )
    return numbers


def parse_bbox(text: str | None) -> BBox | None:
    """`west,south,east,north` (or six numbers with heights) in CRS84; `None` when not given."""
    if text is None:
        return None
    numbers = parse_numbers(text, "bbox")
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4:
        raise InvalidInput(
            _("“bbox” is four numbers: west,south,east,north in degrees."), parameter="bbox"
        )
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidInput(
            _("“bbox” lies outside the world: longitude comes first, south before north."),
            parameter="bbox",
        )
    south, north = (max(-LATITUDE_MAX, min(LATITUDE_MAX, value)) for value in (south, north))
    if west <= east:
        return BBox(((west, south, east, north),))
    return BBox(((west, south, 180.0, north), (-180.0, south, east, north)))


def parse_whole(text: str | None, name: str, default: int, lowest: int = 0) -> int:
    """A whole number from `lowest` up; `default` when not given."""
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) < lowest:
        raise InvalidInput(
            _("“%(name)s” must be a whole number from %(lowest)s up.")
            % {"name": name, "lowest": lowest},
            parameter=name,
        )
    return int(text)


def parse_flag(text: str | None, name: str) -> bool:
    """`true` or `false`; false when not given."""
    if text not in (None, "true", "false"):
        raise InvalidInput(_("“%(name)s” is true or false.") % {"name": name}, parameter=name)
    return text == "true"


def parse_limit(text: str | None) -> int:
    """How many features on a page; a larger number gives the maximum (OGC 17-069r4, 7.15.3)."""
    limit = parse_whole(text, "limit", settings.ITEMS_LIMIT_DEFAULT, lowest=1)
    return min(limit, int(settings.ITEMS_LIMIT_MAX))


def check_time(text: str | None) -> None:
    """`datetime` of OGC 17-069r4, 7.15.4: an instant (RFC 3339), or two with a slash between them.

    An open end is `..` or nothing. It chooses nothing: features have no time, and those match any.
    """
    if text is None:
        return
    ends = text.split("/")
    try:
        moments = [parse_instant(end) for end in ends if len(ends) != 2 or end not in OPEN_END]
    except ValueError:
        moments = []
    if not 1 <= len(ends) <= 2 or not moments or moments != sorted(moments):
        raise InvalidInput(
            _(
                "“datetime” is a time as 2026-11-20T14:05:00Z, or two with a slash between them; "
                "“..” leaves an end open."
            ),
            parameter="datetime",
        )


def parse_instant(text: str) -> datetime:
    """A day without a time is its midnight in UTC; raises `ValueError`."""
    if not INSTANT.fullmatch(text):
        raise ValueError(text)
    moment = parse_datetime(text.upper() if len(text) > 10 else f"{text}T00:00:00Z")
    if moment is None:
        raise ValueError(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def parse_crs(text: str | None, name: str, only: str) -> None:
    """GDAL and QGIS name the coordinate system they want even where there is but one."""
    if text not in (None, only):
        raise InvalidInput(
            _("“%(name)s” can only be %(only)s: longitude and latitude, WGS 84.")
            % {"name": name, "only": only},
            parameter=name,
        )


def parse_coordinate(text: str | None, name: str, bound: float) -> float:
    numbers = parse_numbers(text or "", name)
    if len(numbers) != 1 or abs(numbers[0]) > bound:
        raise InvalidInput(
            _("“%(name)s” must be a number of degrees between -%(bound)s and %(bound)s.")
            % {"name": name, "bound": bound},
            parameter=name,
        )
    return numbers[0]


def parse_equals(
    parameters: Mapping[str, str], fields: list[LayerField], reserved: set[str]
) -> dict[str, Json]:
    """Filters by property from parameters named as the layer's public fields."""
    known = {field.name: field for field in fields if field.audience == "public"}
    equals: dict[str, Json] = {}
    for name, text in parameters.items():
        if name in reserved:
            continue
        if name not in known:
            raise InvalidInput(
                _("There is no parameter or property “%(name)s”.") % {"name": name},
                parameter=name,
                known=sorted(known),
            )
        try:
            equals[name] = coerce_value(known[name], text)
        except InvalidValue as error:
            raise InvalidInput(str(error), parameter=name) from error
    return equals
