"""Titles of the layer's fields that stand under the headings of a table, as official forms do."""

from collections.abc import Sequence

from importers.formats.naming import clean_heading
from importers.mapping.fields import Mapped
from importers.sources import Kind, SourceBatch

ENOUGH = 2


def find_title_row(batch: SourceBatch, columns: Sequence[Mapped]) -> int | None:
    """Number of the row, which can only be the first: at least half of it are titles of fields."""
    if not len(batch.rows) or batch.rows[0] != 1:
        return None
    filled = found = 0
    for mapped in columns:
        if mapped.column.kind not in (Kind.CELL, Kind.TEXT):
            continue
        cell = fold(batch.values[mapped.column.place][0].as_py() or "")
        filled += bool(cell)
        found += bool(cell) and cell in {fold(mapped.field.title_uk), fold(mapped.field.title_en)}
    return 1 if found >= ENOUGH and found * 2 >= filled else None


def fold(text: str) -> str:
    return clean_heading(text).casefold()
