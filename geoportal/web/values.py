"""One value of a feature as people read it: the same on pages and, in JavaScript, on the map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.web.plain_text import strip_tags_to_lines
from layers.models import Layer, LayerField
from layers.models.layers import pick_language
from layers.schema import Json

THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
DECIMALS_MAX = 6
WEB_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class ShownValue:
    """`text` may have several lines; `href` is a link that is safe to follow, or empty."""

    title: str
    text: str
    href: str = ""

    @property
    def leads_outside(self) -> bool:
        return self.href.startswith("http")


def show_values(fields: Sequence[LayerField], properties: Mapping[str, Json]) -> list[ShownValue]:
    """The values that are there, in the order of the schema."""
    shown = (show_value(field, properties.get(field.name)) for field in fields)
    return [value for value in shown if value.text]


def show_value(field: LayerField, value: Json) -> ShownValue:
    """The value by the field's type; an empty `text` when there is nothing to show."""
    if value is None or value == "":
        return ShownValue(field.title, "")
    for choice in field.choices:
        if choice["value"] == value:
            title = pick_language(choice.get("title_uk", ""), choice.get("title_en", ""))
            return ShownValue(field.title, title or str(value))
    text, href = format_value(field.type, value)
    if field.unit and text:
        text = f"{text}{NO_BREAK_SPACE}{field.unit}"
    return ShownValue(field.title, text, href)


def format_value(kind: str, value: Json) -> tuple[str, str]:
    """Text and link of a value that is there."""
    if isinstance(value, bool):
        return (_("Yes") if value else _("No")), ""
    if isinstance(value, int | float):
        return format_number(value), ""
    if isinstance(value, list | dict):
        return format_structure(value), ""
    text = strip_tags_to_lines(str(value))
    if kind in (LayerField.Type.DATE, LayerField.Type.DATETIME):
        return format_time(text), ""
    if kind == LayerField.Type.EMAIL:
        return text, f"mailto:{text}" if re.fullmatch(r"[^\s@]+@[^\s@]+", text) else ""
    if kind == LayerField.Type.PHONE:
        return text, build_phone_link(text)
    if WEB_ADDRESS.fullmatch(text):
        return shorten_address(text), text
    return text, ""


def format_number(value: float) -> str:
    """Thin spaces from five digits on; a decimal comma in Ukrainian."""
    digits = str(value) if isinstance(value, int) else f"{value:.{DECIMALS_MAX}f}"
    whole, _dot, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    mark = "." if get_language() == "en" else ","
    return (f"{whole}{mark}{fraction}" if fraction else whole).replace("-", "\u2212", 1)


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


def format_moment(moment: datetime) -> str:
    """Raises `OverflowError` where the community's time has no such year."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return date_format(moment, "j E Y, H:i")


def format_day(day: date) -> str:
    return date_format(day, "j E Y")


def format_structure(value: list[Json] | dict[str, Json]) -> str:
    """A list on one line, a mapping line by line."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {format_value('', part)[0]}" for name, part in value.items())
    return ", ".join(format_value("", part)[0] for part in value if part not in (None, ""))


def build_phone_link(text: str) -> str:
    """Only one whole number makes a link; several in one value do not."""
    number = re.sub(r"[\s().\-–]", "", text)
    return f"tel:{number}" if re.fullmatch(r"\+?\d{3,15}", number) else ""


def shorten_address(url: str) -> str:
    """A web address without scheme, `www.` and the last slash."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def name_feature(layer: Layer, fields: Sequence[LayerField], properties: Mapping[str, Json]) -> str:
    """What a feature is called: its title field in words, else the layer's title."""
    for field in fields:
        if field.name == layer.title_field:
            shown = show_value(field, properties.get(field.name)).text
            return " ".join(shown.split("\n")) or layer.title
    return layer.title
