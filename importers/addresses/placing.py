"""Rows without a place are placed by their addresses, row by row, each doubt told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS

from importers.addresses.book import AddressBook, open_book
from importers.addresses.matching import Accuracy, How, Located, locate
from importers.addresses.parsing import Address, parse_address
from importers.errors import UnusableOption
from importers.geometry.wkb.column import WkbColumn
from importers.issues import Issue
from importers.sources import (
    ArrowArray,
    BoolArray,
    Declaration,
    Source,
    SourceBatch,
    SourceFacts,
)
from layers.models import Feature, Layer

WGS84 = CRS.from_epsg(4326)
DEGREES_MAX = 180.0
BY_ADDRESSES = gettext_lazy("the town's register of addresses")
REMARKS = {
    How.RENAMED: "address-renamed",
    How.SHORT: "address-alike",
    How.ALIKE: "address-alike",
}


@dataclass(frozen=True)
class AddressColumns:
    """`columns` make an address when they are joined. `settlement`: of addresses that name none.

    `to_street`: where the house is not known, take the middle of the street. `placed`: longitude
    and latitude in degrees that a person gave to an address, by its text as the cells join to it.
    """

    columns: tuple[str, ...] = ()
    settlement: str = ""
    to_street: bool = False
    placed: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns)


def place_by_addresses(source: Source, asked: AddressColumns) -> Source:
    """The source itself where it is not asked for. Raises `UnusableOption`."""
    return AddressedSource(source, asked, open_book()) if asked else source


def has_register() -> bool:
    """Whether the town has addresses to place rows by."""
    layers = Layer.objects.filter(slug=settings.ADDRESS_LAYER, archived_at__isnull=True)
    return Feature.objects.filter(layer__in=layers).exists()


class AddressedSource(SourceFacts):
    """A source whose rows without a place get one; rows that have one keep it."""

    def __init__(self, source: Source, asked: AddressColumns, book: AddressBook) -> None:
        facts = {fact.name: getattr(source, fact.name) for fact in fields(SourceFacts)}
        declared = source.declared
        if not source.has_geometry:
            declared = Declaration(WGS84, BY_ADDRESSES, binding=True)
        elif declared.crs is not None and declared.crs != WGS84:
            raise refuse_metres()
        super().__init__(**facts | {"has_geometry": True, "declared": declared})
        self._columns = find_columns(source, asked.columns)
        if not book.houses:
            raise UnusableOption(
                _("The town has no register of addresses yet; import one into its layer first.")
            )
        self._source, self._asked, self._book = source, asked, book
        self._known: dict[str, tuple[Address, Located]] = {}

    def batches(self) -> Iterator[SourceBatch]:
        for batch in self._source.batches():
            column = WkbColumn.read(batch.wkb)
            points = column.points()
            if points is not None and (np.abs(points[column.present]) > DEGREES_MAX).any():
                raise refuse_metres()
            yield self._place(batch, ~column.present)

    def _place(self, batch: SourceBatch, absent: BoolArray) -> SourceBatch:
        wkb = batch.wkb.to_pylist()
        faults = list(batch.faults)
        refused = {fault.row for fault in faults if fault.severity == "error"}
        texts = join_texts([batch.values[place] for place in self._columns])
        for place in np.flatnonzero(absent).tolist():
            row = int(batch.rows[place])
            if row in refused:
                continue
            if by_hand := self._asked.placed.get(texts[place]):
                wkb[place] = shapely.to_wkb(shapely.Point(*by_hand))
                faults.append(
                    Issue(row, "address-placed", {"address": texts[place]}, repair="addressed")
                )
                continue
            address, located = self._look_up(texts[place])
            spot = located.spot if self._is_taken(located) else None
            faults += describe(row, texts[place], address, located, placed=spot is not None)
            wkb[place] = shapely.to_wkb(shapely.Point(spot.lon, spot.lat)) if spot else None
        return replace(batch, wkb=pa.array(wkb, pa.binary()), faults=faults)

    def _look_up(self, text: str) -> tuple[Address, Located]:
        if text not in self._known:
            address = parse_address(text)
            self._known[text] = address, locate(self._book, address, self._asked.settlement)
        return self._known[text]

    def _is_taken(self, located: Located) -> bool:
        if located.accuracy == Accuracy.STREET:
            return self._asked.to_street
        return located.accuracy == Accuracy.HOUSE


def refuse_metres() -> UnusableOption:
    return UnusableOption(
        _("The file has places of its own that are not longitude and latitude; addresses add none.")
    )


def find_columns(source: Source, names: Sequence[str]) -> list[int]:
    places = {column.name: column.place for column in source.columns}
    for name in names:
        if name not in places:
            raise UnusableOption(
                _("There is no column “%(name)s”; there are: %(names)s.")
                % {"name": name, "names": ", ".join(places)}
            )
    return [places[name] for name in names]


def join_texts(columns: Sequence[ArrowArray]) -> list[str]:
    """The cells of each row, those that are not blank."""
    texts = [pc.cast(column, pa.string()).fill_null("").to_pylist() for column in columns]
    return [", ".join(filter(None, map(str.strip, cells))) for cells in zip(*texts, strict=True)]


def describe(
    row: int, text: str, address: Address, located: Located, *, placed: bool
) -> Iterator[Issue]:
    """What a person should know or do about the row; nothing where it is plain."""
    told = {"address": text, "others": "; ".join(located.others) or "—"}
    if not text:
        yield Issue(row, "address-missing")
    elif located.ambiguous:
        yield Issue(row, "address-ambiguous", told)
    elif located.accuracy == Accuracy.STREET and not placed:
        code = "address-no-house" if address.house else "address-street-only"
        yield Issue(row, code, told)
    elif located.accuracy == Accuracy.NONE or located.spot is None:
        yield Issue(row, "address-unknown", told)
    else:
        yield from describe_placed(row, told | {"found": located.spot.title}, located)


def describe_placed(row: int, told: dict[str, str], located: Located) -> Iterator[Issue]:
    if code := REMARKS.get(located.how):
        yield Issue(row, code, told, repair="addressed")
    if located.without_building:
        yield Issue(row, "address-no-building", told, repair="addressed")
    if located.accuracy == Accuracy.STREET:
        yield Issue(row, "address-street", told, repair="addressed")
