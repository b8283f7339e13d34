"""Attributes that mean the same to people in every layer, known by their names.

The names are those of the data sets of resolution 835, of OpenStreetMap and of tables of towns.
Only public attributes are looked at.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from layers.models import LayerField
from layers.schema.values import Json

HOURS: Final = ("openinghours", "workinghours", "workhours", "worktime", "hours", "schedule",
                "графікроботи", "режимроботи", "годинироботи")  # fmt: skip
ALWAYS_OPEN: Final = ("isroundtheclock", "roundtheclock", "aroundtheclock", "цілодобово")
WHOLE_ADDRESS: Final = ("address", "fulladdress", "addressfull", "addrfull", "адреса")
STREET: Final = ("addressthoroughfare", "addrstreet", "street", "вулиця")
HOUSE: Final = ("addresslocatordesignator", "addrhousenumber", "housenumber", "house",
                "номербудинку", "номербудівлі", "будинок")  # fmt: skip
SETTLEMENT: Final = ("addresspostname", "addrcity", "city", "settlement", "населенийпункт")
ADDRESS: Final = (*WHOLE_ADDRESS, *STREET, *HOUSE, *SETTLEMENT)
PUBLIC: Final = LayerField.Audience.PUBLIC


@cache
def _fold(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def list_fields_named(fields: Iterable[LayerField], names: tuple[str, ...]) -> list[LayerField]:
    """Public fields with such names, the likeliest name first."""
    known = [field for field in fields if field.audience == PUBLIC and _fold(field.name) in names]
    return sorted(known, key=lambda field: names.index(_fold(field.name)))


def find_text(
    fields: Iterable[LayerField], names: tuple[str, ...], properties: Mapping[str, Json]
) -> str:
    """The first value of those attributes as text; empty for none."""
    for field in list_fields_named(fields, names):
        value = properties.get(field.name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = " ".join(str(value).split())
            if text:
                return text
    return ""


def find_hours(fields: list[LayerField], properties: Mapping[str, Json]) -> str:
    """Opening hours as they are written; `24/7` where only a yes says so; empty for none."""
    written = find_text(fields, HOURS, properties)
    if written:
        return written
    always = list_fields_named(fields, ALWAYS_OPEN)
    return "24/7" if any(properties.get(field.name) is True for field in always) else ""


def build_address(fields: list[LayerField], properties: Mapping[str, Json]) -> str:
    """The address in a line: street, house, settlement, or what the one attribute says."""
    whole = find_text(fields, WHOLE_ADDRESS, properties)
    parts = [find_text(fields, names, properties) for names in (STREET, HOUSE, SETTLEMENT)]
    return whole or ", ".join(filter(None, parts if parts[0] or parts[2] else ()))
