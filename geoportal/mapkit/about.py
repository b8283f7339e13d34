"""What a resident asks of an object first: open or closed, address, telephone, site, way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from geoportal.mapkit.values import ShownValue, show_value
from layers.hours.phrases import say_state
from layers.hours.rules import ALWAYS
from layers.hours.state import find_open_state
from layers.hours.words import find_opening_hours
from layers.models import LayerField
from layers.schema.meanings import (
    ADDRESS,
    ALWAYS_OPEN,
    HOURS,
    build_address,
    find_hours,
    list_fields_named,
)
from layers.schema.values import Json

CONTACTS = {
    LayerField.Type.PHONE: "phone",
    LayerField.Type.EMAIL: "mail",
    LayerField.Type.URL: "globe",
}


class WayToReachDocument(TypedDict):
    """`text` as it is shown, `href` as it is followed; `icon` of the kept set; `title` names it."""

    title: str
    text: str
    href: str
    icon: str


class AboutDocument(TypedDict):
    """`told`: names of the attributes that this says already; `hours` as they are written,
    `24/7` where that is what they say.

    `is_open` is null where the hours are not understood; `way`: an address that plans the way.
    """

    hours: str
    is_open: bool | None
    open_state: str
    address: str
    contacts: list[WayToReachDocument]
    way: str
    told: list[str]


@dataclass(frozen=True)
class Spot:
    """A point of the object in degrees."""

    lon: float
    lat: float


def build_about(
    fields: Sequence[LayerField], properties: Mapping[str, Json], spot: Spot | None
) -> AboutDocument:
    """Of an object's public attributes; `spot` `None`: it has no place to go to."""
    public = [field for field in fields if field.audience == LayerField.Audience.PUBLIC]
    hours = find_hours(public, properties)
    if find_opening_hours(hours) == ALWAYS:
        hours = ALWAYS
    state = find_open_state(hours)
    contacts = [contact for field in public if (contact := find_contact(field, properties))]
    named = list_fields_named(public, (*ADDRESS, *HOURS))
    if state is not None:
        named += list_fields_named(public, ALWAYS_OPEN)
    told = {field.name for field in named} | {name for name, _contact in contacts}
    return {
        "hours": hours,
        "is_open": state.is_open if state else None,
        "open_state": say_state(state) if state else "",
        "address": build_address(public, properties),
        "contacts": [contact for _name, contact in contacts],
        "way": write_way(spot) if spot else "",
        "told": sorted(told),
    }


def find_contact(
    field: LayerField, properties: Mapping[str, Json]
) -> tuple[str, WayToReachDocument] | None:
    """The attribute's name and what leads from it; `None` where nothing can be followed."""
    icon = CONTACTS.get(LayerField.Type(field.type))
    shown: ShownValue = show_value(field, properties.get(field.name))
    if icon is None or not shown.href:
        return None
    return field.name, {
        "title": field.title,
        "text": shown.text,
        "href": shown.href,
        "icon": icon,
    }


def write_way(spot: Spot) -> str:
    """A page elsewhere, for who presses it: nothing of it is loaded before."""
    return f"https://www.openstreetmap.org/directions?to={spot.lat:.6f}%2C{spot.lon:.6f}"
