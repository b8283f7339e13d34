"""What the values of a pack's keys may be; each check gives the value as it is used, or refuses."""

import math
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from geoportal.interface.accents import check_accent
from geoportal.interface.models import PMTILES_NAME as PMTILES_PATTERN
from geoportal.interface.models import RASTER_URL as RASTER_PATTERN
from layers.schema.specs import Choice

Check = Callable[[object], object]
Item = TypeVar("Item")
SLUG = re.compile(r"[A-Za-z0-9_-]+")
LAYER_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
KATOTTG = re.compile(r"UA\d{17}")
RASTER_URL = re.compile(RASTER_PATTERN)
PMTILES_NAME = re.compile(PMTILES_PATTERN)
EDRPOU = re.compile(r"\d{8}")
PAGE_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHOWN_MAX = 80
SMALL_MAX = 32_767
CHOICE_KEYS = ("value", "title_uk", "title_en")
_is_web_address = URLValidator(schemes=["http", "https"])


class Unfit(ValueError):
    """`str()` is a translated reason; `path` leads to the item of a list that is meant."""

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path


def require_text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(_("a text in quotes is expected, not %(value)s.") % {"value": show(value)})
    if "\x00" in value:
        raise Unfit(_("this text holds a character that cannot be kept."))
    return value


def text(longest: int = 100_000) -> Check:
    def check(value: object) -> str:
        words = require_text(value)
        if len(words) > longest:
            raise Unfit(
                _("%(count)s characters; at most %(max)s are kept.")
                % {"count": len(words), "max": longest}
            )
        return words

    return check


def matching(pattern: re.Pattern[str], longest: int, words: Callable[[], str]) -> Check:
    def check(value: object) -> str:
        given = require_text(value)
        if not pattern.fullmatch(given) or len(given) > longest:
            raise Unfit(f"{show(given)}: {words()}")
        return given

    return check


def slug(longest: int = 50) -> Check:
    return matching(
        SLUG,
        longest,
        lambda: _("Latin letters, digits, - and _, at most %(max)s.") % {"max": longest},
    )


def say_layer_slug() -> str:
    return _("small Latin letters, digits, - and _, at most 63.")


def accent(value: object) -> object:
    color = colour(value)
    try:
        check_accent(str(color))
    except ValidationError as error:
        raise Unfit(" ".join(error.messages)) from error
    return color


def colour(value: object) -> object:
    return matching(COLOUR, 7, lambda: _("write a colour as #2f6f8f."))(value)


def katottg(value: object) -> object:
    return matching(KATOTTG, 19, lambda: _("a KATOTTG code is UA and 17 digits."))(value)


def say_raster_url() -> str:
    return _("a web address with {z}, {x} and {y}.")


def say_pmtiles_name() -> str:
    return _("the name of a .pmtiles file, in Latin letters and without a folder.")


def say_edrpou() -> str:
    return _("an EDRPOU code is 8 digits in quotes.")


def say_phone() -> str:
    return _("this cannot be dialled.")


def say_page_slug() -> str:
    return _("small Latin letters and digits with single hyphens, at most 63.")


def integer(low: int = 0, high: int = SMALL_MAX) -> Check:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Unfit(
                _("a whole number from %(low)s to %(high)s is expected, not %(value)s.")
                % {"low": low, "high": high, "value": show(value)}
            )
        return value

    return check


def number(low: float, high: float) -> Callable[[object], float]:
    def check(value: object) -> float:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not math.isfinite(value) or not low <= value <= high:  # type: ignore[arg-type,operator]
            raise Unfit(
                _("a number from %(low)s to %(high)s is expected, not %(value)s.")
                % {"low": low, "high": high, "value": show(value)}
            )
        return float(value)  # type: ignore[arg-type]

    return check


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit(_("true or false is expected, not %(value)s.") % {"value": show(value)})
    return value


def one_of(allowed: Iterable[str]) -> Callable[[object], str]:
    known = tuple(allowed)

    def check(value: object) -> str:
        given = require_text(value)
        if given not in known:
            raise Unfit(
                _("%(value)s is not one of: %(allowed)s.")
                % {"value": show(given), "allowed": ", ".join(known)}
            )
        return given

    return check


def each(check: Callable[[object], Item]) -> Callable[[object], tuple[Item, ...]]:
    """A list whose items pass the check; the finding names the item's line."""

    def check_all(value: object) -> tuple[Item, ...]:
        if not isinstance(value, list):
            raise Unfit(
                _("a list in brackets is expected, not %(value)s.") % {"value": show(value)}
            )
        found = []
        for place, item in enumerate(value):
            try:
                found.append(check(item))
            except Unfit as error:
                raise Unfit(str(error), (place, *error.path)) from error
        return tuple(found)

    return check_all


def email(value: object) -> str:
    given = require_text(value)
    try:
        validate_email(given)
    except ValidationError:
        raise Unfit(_("%(value)s is no e-mail.") % {"value": show(given)}) from None
    return given


def web_address(value: object) -> str:
    given = require_text(value)
    try:
        _is_web_address(given)
    except ValidationError:
        raise Unfit(_("%(value)s is no web address.") % {"value": show(given)}) from None
    return given


def or_nothing(check: Check) -> Check:
    """An empty text takes away what stands."""
    return lambda value: "" if value == "" else check(value)


def time_zone(value: object) -> str:
    given = require_text(value)
    if given not in available_timezones():
        raise Unfit(_("There is no time zone %(value)s.") % {"value": show(given)})
    if given != settings.TIME_ZONE:
        raise Unfit(
            _("the portal counts by %(zone)s; start it with GEOPORTAL_TIME_ZONE=%(value)s.")
            % {"zone": settings.TIME_ZONE, "value": given}
        )
    return given


def languages(value: object) -> object:
    found = each(one_of(("uk", "en")))(value)
    if "uk" not in found or len(set(found)) != len(found):
        raise Unfit(_("each language once, “uk” among them."))
    return found


def position_on_earth(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit(_("[longitude, latitude] is expected, not %(value)s.") % {"value": show(value)})
    return (
        number(-180, 180)(value[0]),
        number(-85, 85)(value[1]),
    )


def choices(value: object) -> object:
    found = each(_read_choice)(value)
    seen: set[str] = set()
    for place, choice in enumerate(found):
        if choice["value"] in seen:
            raise Unfit(_("%(value)s stands twice.") % {"value": show(choice["value"])}, (place,))
        seen.add(choice["value"])
    return found


def _read_choice(value: object) -> Choice:
    given: object = {"value": value} if isinstance(value, str) else value
    if not isinstance(given, dict) or not isinstance(given.get("value"), str) or not given["value"]:
        raise Unfit(_("a choice is a text, or a table with value, title_uk, title_en."))
    for key, words in given.items():
        if key not in CHOICE_KEYS:
            raise Unfit(unknown_key(key, CHOICE_KEYS), (key,))
        require_text(words)
    return Choice(
        value=given["value"],
        title_uk=str(given.get("title_uk", given["value"])),
        title_en=str(given.get("title_en", "")),
    )


def row_filter(value: object) -> dict[str, tuple[str, ...]]:
    """Column → values, as text."""
    if not isinstance(value, dict):
        raise Unfit(_("a table of columns is expected, not %(value)s.") % {"value": show(value)})
    return {
        str(column): tuple(map(_write_cell, allowed if isinstance(allowed, list) else [allowed]))
        for column, allowed in value.items()
    }


def _write_cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def show(value: object) -> str:
    """A value in a sentence, cut where it is long."""
    words = str(value)
    words = words if len(words) <= SHOWN_MAX else f"{words[: SHOWN_MAX - 1]}…"
    return _("“%s”") % words if isinstance(value, str) else words


def unknown_key(key: str, known: Iterable[str]) -> str:
    """“titel_uk” is not known here; did you mean “title_uk”?"""
    return _("“%(key)s” is not known here.") % {"key": key} + suggest(key, known)


def suggest(given: str, known: Iterable[str]) -> str:
    """“ Did you mean …?”, or nothing."""
    close = find_close(given, known)
    return " " + _("Did you mean “%(name)s”?") % {"name": close} if close else ""


def find_close(given: str, known: Iterable[str]) -> str:
    """What was meant, most likely; "" when nothing is like it."""
    return next(iter(get_close_matches(given.lower(), list(known), n=1, cutoff=0.6)), "")
