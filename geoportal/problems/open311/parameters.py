"""Reading what a client sent; an empty parameter is one that was not sent."""

import math
import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput

KYIV = ZoneInfo("Europe/Kyiv")
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
# The plus of an offset that came unescaped and was read as a space.
LOST_PLUS = re.compile(r"(?<=\d) (?=\d{2}:?\d{2}$)")
LONGEST_LIST = 1000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_text(query: QueryDict, name: str, longest: int = 4000) -> str:
    """Without spaces around; '' when it was not sent. Raises `InvalidInput`."""
    text = str(query.get(name) or "").strip()
    if "\x00" in text:
        raise InvalidInput(_("%(name)s: this cannot be read.") % {"name": name})
    if len(text) > longest:
        raise InvalidInput(_("%(name)s: at most %(max)s letters.") % {"name": name, "max": longest})
    return text


def read_list(query: QueryDict, name: str) -> tuple[str, ...]:
    """Values between commas, of one parameter or of several of the same name."""
    values = [part.strip() for each in query.getlist(name) for part in each.split(",")]
    found = tuple(dict.fromkeys(value for value in values if value))
    if len(found) > LONGEST_LIST:
        raise InvalidInput(
            _("%(name)s: at most %(max)s values.") % {"name": name, "max": LONGEST_LIST}
        )
    return found


def read_number(query: QueryDict, name: str, low: float, high: float) -> float | None:
    text = read_text(query, name, longest=64)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not low <= number <= high:  # NaN as well
        raise InvalidInput(
            _("%(name)s: a number from %(low)s to %(high)s.")
            % {"name": name, "low": low, "high": high}
        )
    return number


def read_count(query: QueryDict, name: str, default: int) -> int:
    """A whole number from 1 on."""
    text = read_text(query, name, longest=64)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise InvalidInput(_("%(name)s: a whole number from 1 on.") % {"name": name})
    return int(text)


def read_flag(query: QueryDict, name: str) -> bool:
    return read_text(query, name, longest=16).lower() in ("true", "1", "yes")


def read_moment(query: QueryDict, name: str, *, ends: bool = False) -> datetime | None:
    """A W3C date and time, or a day: its beginning, or its end where `ends`.

    The standard demands a zone; without one it is Kyiv's time.
    """
    text = read_text(query, name, longest=64)
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            moment = datetime.combine(date.fromisoformat(text), time.max if ends else time.min)
        else:
            moment = datetime.fromisoformat(LOST_PLUS.sub("+", text))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=KYIV)
        known = EARLIEST <= moment <= LATEST
    except (ValueError, OverflowError):
        known = False
    if not known:
        raise InvalidInput(
            _("%(name)s: a date and time with its zone, such as 2026-11-20T08:00:00Z.")
            % {"name": name}
        )
    return moment


def read_bbox(query: QueryDict, name: str = "bbox") -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees."""
    text = read_text(query, name, longest=200)
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise InvalidInput(
            _("%(name)s: west,south,east,north in degrees, west less than east.") % {"name": name}
        )
    return west, south, east, north
