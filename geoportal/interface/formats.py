"""Numbers and times as the language writes them: the same on pages and, in JavaScript, on maps."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
DECIMALS_MAX = 6


def format_number(value: float) -> str:
    """Thin spaces from five digits on; a decimal comma in Ukrainian."""
    digits = str(value) if isinstance(value, int) else f"{value:.{DECIMALS_MAX}f}"
    whole, _dot, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    mark = "." if get_language() == "en" else ","
    return (f"{whole}{mark}{fraction}" if fraction else whole).replace("-", "\u2212", 1)


class ShownNumber(int):
    """A whole number that sentences write with spaces and that chooses their plural."""

    def __str__(self) -> str:
        return format_number(int(self))


def show_numbers(params: Mapping[str, object], *names: str) -> dict[str, object]:
    """The parameters of a sentence with these as `ShownNumber`; what is no number stays."""
    shown = {}
    for name, value in params.items():
        whole = name in names and str(value).isdecimal()
        shown[name] = ShownNumber(str(value)) if whole else value
    return shown


def format_time(text: str) -> str:
    """«20 листопада 2026, 14:05» in the community's time; what cannot be read stays as it is."""
    try:
        moment = parse_datetime(text) if len(text) > 10 else None
        if moment is not None:
            return format_moment(moment)
        day = parse_date(text[:10])
    except (ValueError, OverflowError):
        return text
    return date_format(day, "j E Y") if day is not None and len(text) == 10 else text


def format_distance(metres: float) -> str:
    """«350 м», «1,2 км»: metres up to a kilometre, by tens from 100 on."""
    if metres < 1000:
        rounded = round(metres) if metres < 100 else round(metres / 10) * 10
        if rounded < 1000:
            return f"{rounded}{NO_BREAK_SPACE}{_('m')}"
    kilometres = metres / 1000
    return (
        f"{format_number(round(kilometres, 1 if kilometres < 10 else 0))}{NO_BREAK_SPACE}{_('km')}"
    )


def format_moment(moment: datetime) -> str:
    """Raises `OverflowError` where the community's time has no such year."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return date_format(moment, "j E Y, H:i")


def format_day(day: date) -> str:
    return date_format(day, "j E Y")
