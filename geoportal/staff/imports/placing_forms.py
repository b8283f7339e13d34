"""The form by which addresses that were not found are placed by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.staff.objects.forms import PLACE
from importers.addresses.book import AddressBook
from importers.addresses.candidates import Candidate, list_candidates
from importers.addresses.matching import Accuracy, locate
from importers.addresses.parsing import parse_address
from importers.stages.placing import OpenAddress

SHOWN_MAX = 100
ROWS_NAMED = 8
DECIMALS = 7


@dataclass(frozen=True)
class AddressShown:
    """One address: what is filled in (`value`: «latitude, longitude» or words), why not so."""

    address: OpenAddress
    candidates: tuple[Candidate, ...]
    value: str
    error: str = ""

    @property
    def rows(self) -> tuple[int, ...]:
        return self.address.rows[:ROWS_NAMED]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, words, and whether the very house is known."""
        return [
            (write_place(each.spot.lon, each.spot.lat), each.spot.title, is_house(each))
            for each in self.candidates
        ]


@dataclass(frozen=True)
class Read:
    """What the form says by address, and what could not be read by address."""

    places: Mapping[str, Sequence[float] | None]
    errors: Mapping[str, str]


def is_house(candidate: Candidate) -> bool:
    return candidate.accuracy == Accuracy.HOUSE


def write_place(lon: float, lat: float) -> str:
    return f"{round(lat, DECIMALS)}, {round(lon, DECIMALS)}"


def show_addresses(
    addresses: Sequence[OpenAddress], book: AddressBook, settlement: str
) -> list[AddressShown]:
    """Those without a place first, `SHOWN_MAX` at a time."""
    ordered = sorted(addresses, key=lambda each: each.lonlat is not None)
    return [
        AddressShown(
            each,
            tuple(list_candidates(book, each.text, settlement)),
            write_place(*each.lonlat) if each.lonlat else "",
        )
        for each in ordered[:SHOWN_MAX]
    ]


def keep_written(
    shown: Sequence[AddressShown], data: QueryDict, errors: Mapping[str, str]
) -> list[AddressShown]:
    """With what was filled in and not taken."""
    written = dict(_list_written(data))
    return [
        replace(
            each,
            value=written.get(each.address.text, each.value),
            error=errors.get(each.address.text, ""),
        )
        for each in shown
    ]


def read_places(
    data: QueryDict, addresses: Sequence[OpenAddress], book: AddressBook, settlement: str
) -> Read:
    """Of the addresses of this import alone; places are longitude, latitude."""
    known = {each.text for each in addresses}
    places: dict[str, Sequence[float] | None] = {}
    errors: dict[str, str] = {}
    for text, written in _list_written(data):
        if text not in known:
            continue
        if not written:
            places[text] = None
        elif place := read_place(written, book, settlement):
            places[text] = place
        else:
            errors[text] = _("Write latitude and longitude, or an address that the register knows.")
    return Read(places, errors)


def _list_written(data: QueryDict) -> list[tuple[str, str]]:
    """By address: what was typed, else what was chosen."""
    count = len([name for name in data if name.startswith("address-")])
    numbers = range(min(count, SHOWN_MAX))
    return [
        (
            data.get(f"address-{number}", ""),
            data.get(f"place-{number}", "").strip() or data.get(f"pick-{number}", ""),
        )
        for number in numbers
    ]


def read_place(text: str, book: AddressBook, settlement: str) -> tuple[float, float] | None:
    match = PLACE.fullmatch(text)
    if match is None:
        found = locate(book, parse_address(text), settlement)
        spot = found.spot if found.accuracy == Accuracy.HOUSE else None
        return (spot.lon, spot.lat) if spot else None
    lat, lon = (float(part.replace(",", ".")) for part in match.groups())
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None
