"""One value of a feature as people read it: the same on pages and, in JavaScript, on the map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.interface.formats import format_number, format_time
from geoportal.mapkit.plain_text import strip_tags_to_lines
from layers.models import Layer, LayerField
from layers.models.layers import pick_language
from layers.schema.photos import list_documents
from layers.schema.values import Json

NO_BREAK_SPACE = "\u00a0"
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
    if kind == LayerField.Type.PHOTOS:
        return format_photos(value), ""
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


def format_photos(value: Json) -> str:
    """How many there are, and what they say of themselves."""
    photos = list_documents(value)
    counted = ngettext("%(count)s photo", "%(count)s photos", len(photos)) % {"count": len(photos)}
    captions = "; ".join(photo["caption"] for photo in photos if photo["caption"])
    return f"{counted}: {captions}" if captions else counted


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
