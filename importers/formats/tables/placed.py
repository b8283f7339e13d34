"""A table whose columns hold places: whatever read its cells, here they become geometry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy

from importers.formats.tables.placing import (
    PlaceColumns,
    choose_place_columns,
    find_pairs,
    require_pair,
)
from importers.formats.tables.reading_places import read_places
from importers.issues import Issue
from importers.sources import ArrowArray, BoolArray, Source, SourceBatch, SourceFacts

SAMPLE_ROWS = 200
WITHOUT_PLACES = gettext_lazy(
    "The table has no columns of coordinates (lon, lat or wkt); name them: --lon, --lat or --place."
    " If its rows have no places, say --place @none."
)
TOTAL = r"(?i)^\s*(усього|всього|разом|підсумок|итого|всего|total)(\P{L}|$)"
WORD = re.compile(r"[^\W\d_]{3}")
DIGIT = re.compile(r"\d")


class PlacedSource(SourceFacts):
    """Columns that hold the place are attributes too only where a layer asks."""

    def __init__(self, table: Source, own: Mapping[str, str]) -> None:
        facts = {fact.name: getattr(table, fact.name) for fact in fields(SourceFacts)}
        self._table = table
        self._names = [column.name for column in table.columns]
        self._sample: list[list[str | None]] | None = None
        order = own.get("place_order", "")
        self.places = choose_place_columns(self._names, own)
        if not self.places and not self.places.meant:
            self.places = replace(self._find_by_content(), order=order)
        require_pair(self.places, order)
        super().__init__(
            **facts
            | {
                "has_geometry": bool(self.places),
                "place_names": frozenset(self.places.names),
                "without_places": WITHOUT_PLACES,
                "choices": dict(table.choices) | self.places.choices,
            }
        )

    def _find_by_content(self) -> PlaceColumns:
        batch = next(iter(self._table.batches()), None)
        if batch is None:
            return PlaceColumns()
        columns = [as_texts(array.slice(0, SAMPLE_ROWS)).to_pylist() for array in batch.values]
        return find_pairs(self._names, list(zip(*columns, strict=True)))

    def batches(self) -> Iterator[SourceBatch]:
        first = True
        for batch in self._table.batches():
            cells = [
                as_texts(array) if name in self.place_names else array
                for name, array in zip(self._names, batch.values, strict=True)
            ]
            wkb, unreadable, heights = read_places(self._names, cells, batch.rows, self.places)
            placed = replace(batch, wkb=wkb, heights=heights)
            totals = find_totals(placed)
            faults = [*batch.faults, *self._settle(placed, unreadable, totals, first=first)]
            first = first and not len(batch.rows)
            yield replace(placed, faults=faults)

    def _settle(
        self, batch: SourceBatch, unreadable: list[Issue], totals: BoolArray, *, first: bool
    ) -> list[Issue]:
        """A row of totals is no thing, nor are titles under the headings."""
        told = [Issue(int(batch.rows[place]), "total-row") for place in np.flatnonzero(totals)]
        titles = first and len(batch.rows) and self._holds_titles(batch, unreadable)
        if titles:
            told.append(Issue(int(batch.rows[0]), "title-row"))
        left_out = {issue.row for issue in told}
        return told + [issue for issue in unreadable if issue.row not in left_out]

    def _holds_titles(self, batch: SourceBatch, unreadable: list[Issue]) -> bool:
        """Words stand wherever coordinates should, in the first row only."""
        row = int(batch.rows[0])
        codes = {issue.code for issue in unreadable if issue.row == row}
        if codes != {"unreadable-coordinates"}:
            return False
        cells = [
            as_texts(batch.values[column.place])[0].as_py() or ""
            for column in self.columns
            if column.name in self.place_names
        ]
        return all(WORD.search(cell) and not DIGIT.search(cell) for cell in cells)


def as_texts(array: ArrowArray) -> ArrowArray:
    """Cells of any kind as text; whole numbers without a fraction matter to nobody here."""
    return array if pa.types.is_string(array.type) else pc.cast(array, pa.string())


def find_totals(batch: SourceBatch) -> BoolArray:
    """Rows without a place whose first filled cell says that they sum others up."""
    absent: BoolArray = ~batch.wkb.is_valid().to_numpy(zero_copy_only=False)
    found = np.zeros(len(batch.rows), np.bool_)
    if not absent.any():
        return found
    for array in batch.values[:2]:
        if pa.types.is_string(array.type):
            matched = pc.fill_null(pc.match_substring_regex(array, TOTAL), fill_value=False)
            found |= matched.to_numpy(zero_copy_only=False)
    return found & absent
