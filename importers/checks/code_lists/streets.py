"""Streets of rows against the streets of the town: unknown ones, and old names."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from importers.addresses.book import AddressBook, open_streets
from importers.addresses.columns import ROLES
from importers.addresses.matching import (
    NAMED,
    find_alike,
    find_exact,
    find_renamed,
    fits_type,
)
from importers.addresses.parsing import Address, parse_address
from importers.checks.code_lists.code_list import CodeList, LookUp, Verdict
from layers.models import Layer, LayerField
from layers.words.folding import fold

TITLE = _("streets of the town")
NAMES = frozenset(map(fold, ROLES["street"]))


def fits(layer: Layer, field: LayerField) -> bool:
    own = (settings.ADDRESS_LAYER, settings.STREET_LAYER, settings.RENAMED_STREET_LAYER)
    return layer.slug not in own and fold(field.name) in NAMES


def read() -> LookUp | None:
    book = open_streets()
    return None if not book.streets else lambda value: look_up(book, value)


def look_up(book: AddressBook, value: str) -> Verdict | None:
    address = parse_address(value)
    if any(fits_type(street, address) for street in find_exact(book, address, "")):
        return None
    if renamed := next(find_renamed(book, address, ""), None):
        return Verdict("code-renamed", {"value": value, "right": str(renamed.street)})
    alike = list_alike(book, address)
    return Verdict("code-unknown", {"value": value, "list": TITLE, "others": alike or "—"})


def list_alike(book: AddressBook, address: Address) -> str:
    names = dict.fromkeys(str(street.street) for street in find_alike(book, address, ""))
    return ", ".join(list(names)[:NAMED])


STREETS = CodeList(TITLE, fits, read)
