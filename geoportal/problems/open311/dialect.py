"""How Open311 writes documents: XML, or JSON by the “Spark” convention (no root, lists plain).

https://wiki.open311.org/GeoReport_v2, https://wiki.open311.org/JSON_and_XML_Conversion
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

import orjson
from django.http import HttpRequest

from geoportal.problems.personal_data.plain_text import drop_unwritable

# Lists and the name of one row of them.
ROWS = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "media_urls": "media_url",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}


class Format(StrEnum):
    """What an address ends with."""

    XML = "xml"
    JSON = "json"


FORMATS = {each.value: each for each in Format}
CONTENT_TYPES = {
    Format.XML: "text/xml; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
}


@dataclass(frozen=True)
class Document:
    """An answer: `root` is the name of its XML element, `value` a mapping or a list of rows."""

    root: str
    value: Mapping[str, object] | Sequence[Mapping[str, object]]
    status: int = 200


def find_format(request: HttpRequest, extension: str = "") -> Format:
    """By the ending of the address; for an unknown one by what is accepted, XML before JSON."""
    ending = extension or request.path.rpartition(".")[2]
    if ending in FORMATS:
        return FORMATS[ending]
    preferred = request.get_preferred_type(["text/xml", "application/xml", "application/json"])
    return Format.JSON if preferred == "application/json" else Format.XML


def render_document(document: Document, form: Format) -> bytes:
    if form == Format.JSON:
        return orjson.dumps(document.value)
    root = _build_element(document.root, document.value)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def write_moment(moment: datetime | None) -> str | None:
    """UTC with `Z`: some clients read no other zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _build_element(name: str, value: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_build_element(key, each) for key, each in value.items())
    elif isinstance(value, list | tuple):
        element.extend(_build_element(ROWS[name], each) for each in value)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = drop_unwritable(str(value))
    return element
