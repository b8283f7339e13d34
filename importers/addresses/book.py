"""The town's addresses in memory: streets with their houses, old names, and where they lie."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import shapely
from django.conf import settings
from django.db.models import Max

from importers.addresses.columns import find_roles
from importers.addresses.parsing import SETTLEMENT, Address, parse_address
from importers.addresses.streets import Street, read_street
from layers.models import Feature, Layer
from layers.words.folding import fold
from layers.words.streets import TYPE_OF_WORD

Key = tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A place in degrees and what it is called."""

    lon: float
    lat: float
    title: str


@dataclass
class BookStreet:
    """`settlement`: folded, "" where the register names none. `middle`: of the street's line."""

    street: Street
    settlement: str
    settlement_title: str = ""
    houses: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    middle: Spot | None = None
    length: float = 0.0

    @property
    def title(self) -> str:
        return ", ".join(part for part in (self.settlement_title, str(self.street)) if part)

    @property
    def center(self) -> Spot | None:
        """On the street: the middle of its line, else the house nearest to the middle of houses."""
        if self.middle is not None:
            return self.middle
        spots = [spot for many in self.houses.values() for spot in many]
        if not spots:
            return None
        lon = sum(spot.lon for spot in spots) / len(spots)
        lat = sum(spot.lat for spot in spots) / len(spots)
        near = min(spots, key=lambda spot: (spot.lon - lon) ** 2 + (spot.lat - lat) ** 2)
        return Spot(near.lon, near.lat, self.title)


@dataclass(frozen=True)
class Renaming:
    """An old name of a street; `type` and `settlement` are "" where the list does not say."""

    type: str
    settlement: str
    new: Street


class AddressBook:
    """Filled from features; looked up by keys of names."""

    def __init__(self) -> None:
        self.streets: dict[tuple[str, str, Key], BookStreet] = {}
        self.by_name: dict[Key, list[BookStreet]] = defaultdict(list)
        self.renamings: dict[Key, list[Renaming]] = defaultdict(list)
        self.houses = 0

    @property
    def settlements(self) -> dict[str, str]:
        """Folded name → name, those with the most houses first."""
        counts: dict[str, int] = defaultdict(int)
        titles = {}
        for street in self.streets.values():
            counts[street.settlement] += len(street.houses)
            titles[street.settlement] = street.settlement_title
        ranked = sorted(counts, key=lambda name: -counts[name])
        return {name: titles[name] for name in ranked if name}

    def open_street(self, street: Street, settlement: str) -> BookStreet:
        """The street of the settlement, entered where it is not in the book yet."""
        title = strip_settlement(settlement)
        place = (fold(title), street.type, street.key)
        if place not in self.streets:
            found = BookStreet(street, fold(title), title)
            self.streets[place] = found
            self.by_name[street.key].append(found)
        return self.streets[place]

    def add_house(self, address: Address, lon: float, lat: float) -> None:
        if address.house is None or not address.street.name:
            return
        street = self.open_street(address.street, address.settlement)
        spot = Spot(lon, lat, f"{street.title}, {address.house}")
        street.houses[address.house.key].append(spot)
        self.houses += 1

    def add_line(self, street: Street, settlement: str, line: shapely.Geometry) -> None:
        """Of the pieces of a street the longest has its middle."""
        found = self.open_street(street, settlement)
        if line.length > found.length:
            middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
            found.middle, found.length = Spot(middle.x, middle.y, found.title), line.length

    def add_renaming(self, old: Street, new: Street, settlement: str) -> None:
        if old.name and new.name and (old.type, old.key) != (new.type, new.key):
            renaming = Renaming(old.type, fold(strip_settlement(settlement)), new)
            self.renamings[old.key].append(renaming)


def strip_settlement(name: str) -> str:
    """«м. Шепетівка» is «Шепетівка»."""
    found = SETTLEMENT.fullmatch(name.strip())
    return found["name"] if found else name.strip()


def open_book(*, with_houses: bool = True) -> AddressBook:
    """From the layers of addresses, streets and renamed streets; empty where there are none.

    Without houses addresses are read only where there is no layer of streets.
    """
    book = AddressBook()
    readers = (
        (settings.STREET_LAYER, read_streets),
        (settings.RENAMED_STREET_LAYER, read_renamings),
        (settings.ADDRESS_LAYER, read_addresses),
    )
    for slug, read in readers:
        if slug == settings.ADDRESS_LAYER and book.streets and not with_houses:
            continue
        layer = Layer.objects.filter(slug=slug, archived_at__isnull=True).first()
        if layer is not None:
            read(book, layer)
    return book


def open_streets() -> AddressBook:
    """Streets without houses: one book for all who ask, while the layers stand as they do.

    The files of a pack come one after another, and a dozen of them name streets.
    """
    slugs = (settings.STREET_LAYER, settings.RENAMED_STREET_LAYER, settings.ADDRESS_LAYER)
    layers = Layer.objects.filter(slug__in=slugs, archived_at__isnull=True).order_by("pk")
    # A changeset that was taken back leaves its number to no other one, as a revision would.
    states = layers.annotate(last=Max("changesets__pk")).values_list(
        "pk", "state__revision", "last"
    )
    return _read_streets(tuple(states))


@lru_cache(maxsize=1)
def _read_streets(states: tuple[tuple[int, int, int | None], ...]) -> AddressBook:
    book = open_book(with_houses=False)
    for street in book.streets.values():
        street.houses.clear()
    return book


def list_rows(layer: Layer) -> Iterable[tuple[Mapping[str, str], shapely.Geometry | None]]:
    """Attributes as text by role, and the place."""
    rows = Feature.objects.filter(layer=layer).values_list("properties", "internal", "geom")
    names = [field.name for field in layer.fields.all()]
    roles = find_roles(names)
    if "whole" not in roles and layer.title_field:
        roles["whole"] = layer.title_field
    for properties, internal, geom in rows.iterator(chunk_size=5000):
        values = internal | properties
        parts = {role: str(values.get(name) or "").strip() for role, name in roles.items()}
        yield parts, None if geom is None else shapely.from_wkb(bytes(geom.wkb))


def read_addresses(book: AddressBook, layer: Layer) -> None:
    for parts, shape in list_rows(layer):
        address = join_address(parts)
        if parts.get("old"):
            book.add_renaming(read_name(parts["old"]), address.street, address.settlement)
        if shape is not None and not shape.is_empty:
            spot = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
            book.add_house(address, spot.x, spot.y)


def join_address(parts: Mapping[str, str]) -> Address:
    """From parts by role; where there is no street of its own, from the whole line."""
    told = [parts.get("street") or parts.get("whole", "")]
    if parts.get("street"):
        told.append(parts.get("house", ""))
    if parts.get("building"):
        told.append(f"корп. {parts['building']}")
    settlement = parts.get("settlement", "")
    address = parse_address(", ".join(filter(None, told)))
    if not settlement:
        return address
    return Address(address.street, address.house, strip_settlement(settlement), rest=address.rest)


def read_streets(book: AddressBook, layer: Layer) -> None:
    for parts, shape in list_rows(layer):
        street = read_name(parts.get("street") or parts.get("whole", ""), parts.get("type", ""))
        settlement = parts.get("settlement", "")
        if not street.name:
            continue
        if parts.get("old"):
            book.add_renaming(read_name(parts["old"]), street, settlement)
        if shape is not None and not shape.is_empty and "Line" in shape.geom_type:
            for line in shapely.get_parts(shapely.line_merge(shape)):
                book.add_line(street, settlement, line)
        else:
            book.open_street(street, settlement)


def read_renamings(book: AddressBook, layer: Layer) -> None:
    for parts, _shape in list_rows(layer):
        kind = parts.get("type", "")
        new = read_name(parts.get("new") or parts.get("whole", ""), kind)
        book.add_renaming(read_name(parts.get("old", ""), kind), new, parts.get("settlement", ""))


def read_name(text: str, kind: str = "") -> Street:
    """A street alone; its type may stand in a column of its own."""
    known = TYPE_OF_WORD.get(fold(kind), "")
    if read_street(text) is None:  # «М. Коцюбинського» alone would be a town
        return Street(known, parse_address(f"вулиця {text}").street.name)
    return parse_address(text).street
