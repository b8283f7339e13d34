"""Cells of a dBase file as bytes: what GDAL turns into nothing, or into another day, in silence."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from importers.formats.gdal.dbf import DbfHeader
from importers.issues import Issue
from importers.sources import BoolArray, IntArray

DELETED = ord("*")
OVERFLOW = ord("*")
BLANK_DATES = (b"", b"00000000")
Bytes = NDArray[np.uint8]


class DbfCells:
    """Rows that the file really has: its header may claim any number."""

    def __init__(self, path: Path, header: DbfHeader) -> None:
        self._header = header
        size = max(0, path.stat().st_size - header.header_bytes)
        self.rows = min(header.rows, (size + 1) // header.row_bytes)
        whole = min(self.rows, size // header.row_bytes)
        self._data: Bytes = (
            np.memmap(path, np.uint8, "r", header.header_bytes, (whole, header.row_bytes))
            if whole
            else np.empty((0, header.row_bytes), np.uint8)
        )

    @cached_property
    def _alive(self) -> IntArray:
        """Rows that are not deleted; GDAL passes over the others."""
        return np.flatnonzero(self._data[:, 0] != DELETED)

    @property
    def deleted(self) -> int:
        """How many rows are marked as deleted; with them go their shapes."""
        return len(self._data) - len(self._alive)

    def take(self, first: int, count: int) -> Bytes:
        """`count` rows that are not deleted, from the 1-based `first` on."""
        return np.asarray(self._data[self._alive[first - 1 : first - 1 + count]])

    def find_faults(
        self, first: int, count: int, names: Mapping[int, str]
    ) -> tuple[list[Issue], dict[int, BoolArray]]:
        """What cannot be believed in these rows, and for columns of dates which are none.

        `names`: of the columns that are looked at, by position.
        """
        rows = self.take(first, count)
        issues: list[Issue] = []
        wrong_dates: dict[int, BoolArray] = {}
        for place, name, kind, cells in self._columns(rows, names):
            if kind == "D":
                wrong, texts = find_wrong_dates(cells)
                wrong_dates[place] = pad(wrong, count)
                issues += [
                    Issue(
                        first + int(row), "impossible-date", {"value": texts[int(row)]}, field=name
                    )
                    for row in np.flatnonzero(wrong)
                ]
            elif kind in "NF":
                full = (cells == OVERFLOW).any(axis=1)
                issues += [
                    Issue(first + int(row), "number-overflow", field=name)
                    for row in np.flatnonzero(full)
                ]
        return issues, wrong_dates

    def _columns(
        self, rows: Bytes, names: Mapping[int, str]
    ) -> Iterator[tuple[int, str, str, Bytes]]:
        start = 1
        for place, field in enumerate(self._header.fields):
            if place in names and field.type in "DNF":
                yield place, names[place], field.type, rows[:, start : start + field.width]
            start += field.width


def find_wrong_dates(cells: Bytes) -> tuple[BoolArray, dict[int, str]]:
    """Days that no calendar has, and how they are written, by place."""
    texts = [bytes(cell).strip(b" \0") for cell in cells]
    known = {text: text in BLANK_DATES or is_date(text) for text in set(texts)}
    wrong = np.array([not known[text] for text in texts], np.bool_)
    written = {int(row): texts[row].decode("ascii", "replace") for row in np.flatnonzero(wrong)}
    return wrong, written


def is_date(text: bytes) -> bool:
    if len(text) != len("20240131") or not text.isdigit():
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def pad(found: BoolArray, count: int) -> BoolArray:
    whole = np.zeros(count, np.bool_)
    whole[: len(found)] = found
    return whole


def write_longer(path: Path, target: Path, header: DbfHeader, have: int, rows: int) -> None:
    """A copy with blank rows at its end, so that every shape has one."""
    with path.open("rb") as file, target.open("wb") as copy:
        head = bytearray(file.read(header.header_bytes))
        head[4:8] = rows.to_bytes(4, "little")
        copy.write(head)
        left = have * header.row_bytes
        while left and (piece := file.read(min(left, 1 << 20))):
            copy.write(piece)
            left -= len(piece)
        copy.write(b" " * (left + (rows - have) * header.row_bytes))
        copy.write(b"\x1a")
