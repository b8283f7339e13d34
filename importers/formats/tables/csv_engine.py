"""CSV: a table of text, read by Arrow in blocks."""

import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.errors import UnusableFile
from importers.formats.format import Dataset, Opening
from importers.formats.tables.dialect import Dialect, read_dialect
from importers.formats.tables.headings import name_columns
from importers.formats.tables.placed import PlacedSource
from importers.issues import Issue
from importers.sources import Declaration, IntArray, Kind, SourceBatch, SourceColumn, SourceFacts

BLOCK_BYTES = 4 << 20
ROW_BYTES_MAX = 128 << 20
NULLS = ["", "null", "NULL"]
TOO_LONG = "straddling"  # what Arrow says of a row that is larger than a block


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    return [Dataset(opening.stem, opening.stem)]


def open_dataset(opening: Opening) -> PlacedSource:
    return PlacedSource(CsvTable(opening), opening.own)


class CsvTable(SourceFacts):
    """An open table, every column but those without a heading and without a value."""

    def __init__(self, opening: Opening) -> None:
        self._path = opening.path
        self._dialect: Dialect = read_dialect(
            opening.path, opening.encoding, opening.own.get("header_row", "")
        )
        headings = self._dialect.headings
        self._width = len(headings.cells)
        self._block_bytes = choose_block(opening.path)
        self._kept = self._find_kept(headings.cells)
        names = name_columns(headings.cells)
        super().__init__(
            format=opening.kind.name,
            name=opening.stem,
            columns=[
                SourceColumn(names[column], Kind.CELL, place)
                for place, column in enumerate(self._kept)
            ],
            declared=Declaration(None, gettext_lazy("a table does not say it")),
            encoding=self._dialect.encoding,
            has_geometry=False,
            choices={"header_row": str(headings.row)},
        )

    def _find_kept(self, headings: Sequence[str]) -> list[int]:
        nameless = [place for place, heading in enumerate(headings) if not heading.strip()]
        if nameless:
            filled: set[int] = set()
            for batch in self._read([str(place) for place in nameless], []):
                filled |= {
                    place
                    for place, array in zip(nameless, batch.columns, strict=True)
                    if array.null_count < len(array)
                }
            nameless = [place for place in nameless if place not in filled]
        return [place for place in range(len(headings)) if place not in set(nameless)]

    def batches(self) -> Iterator[SourceBatch]:
        """Rows are numbered from the first one below the headings."""
        faults: list[Issue] = []
        header = self._dialect.headings.row
        first, reported = 1, 0
        for table in self._read([str(place) for place in self._kept], faults):
            rows = number_rows(first, table.num_rows, {fault.row for fault in faults})
            first = int(rows[-1]) + 1 if len(rows) else first
            below = rows > header
            rows, table = rows[below] - header, table.slice(int((~below).sum()))
            cells = [column.cast(pa.string()) for column in table.columns]
            yield SourceBatch(
                rows, cells, pa.nulls(len(rows), pa.binary()), settle(faults[reported:], header)
            )
            reported = len(faults)
        if reported < len(faults):
            none: list[Any] = [pa.nulls(0, pa.string()) for _place in self._kept]
            rest = settle(faults[reported:], header)
            yield SourceBatch(np.empty(0, np.int64), none, pa.nulls(0, pa.binary()), rest)

    def _read(self, columns: list[str], faults: list[Issue]) -> Iterator[Any]:
        """Arrow batches of text; rows with a wrong number of cells go to `faults`.

        Rows that are not blank are numbered from 1, the headings and what stands above included.
        """

        def skip(row: Any) -> str:
            cells = {"found": row.actual_columns, "expected": row.expected_columns}
            faults.append(Issue(row.number, "wrong-cells", cells))
            return "skip"

        names = [str(place) for place in range(self._width)]
        try:
            with pa.csv.open_csv(
                self._path,
                read_options=pa.csv.ReadOptions(
                    use_threads=False,
                    block_size=self._block_bytes,
                    column_names=names,
                    encoding=arrow_encoding(self._dialect.encoding.name),
                ),
                parse_options=pa.csv.ParseOptions(
                    delimiter=self._dialect.delimiter,
                    newlines_in_values=True,
                    invalid_row_handler=skip,
                ),
                convert_options=pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    include_columns=columns,
                    strings_can_be_null=True,
                    null_values=NULLS,
                ),
            ) as reader:
                yield from (batch for batch in reader if batch.num_rows)
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise explain(str(error)) from error


def settle(faults: Sequence[Issue], header: int) -> list[Issue]:
    """Above the headings any number of cells is right."""
    return [
        Issue(fault.row - header, fault.code, fault.params)
        for fault in faults
        if fault.row and fault.row > header
    ]


def explain(reason: str) -> UnusableFile:
    if TOO_LONG in reason:
        return UnusableFile(
            _("A row of the table is larger than %(limit)s MB, or a quote is not closed.")
            % {"limit": ROW_BYTES_MAX >> 20}
        )
    return UnusableFile(_("The table is damaged: quotes or line ends do not match."))


def choose_block(path: Path) -> int:
    """A row must fit into a block; the longest line tells how large one is."""
    size = path.stat().st_size
    if size <= BLOCK_BYTES:
        return size + 1
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        longest = max(measure_lines(text))
    return min(size + 1, max(BLOCK_BYTES, 2 * longest), ROW_BYTES_MAX)


def measure_lines(text: mmap.mmap) -> Iterator[int]:
    """The longest line within each piece, and what goes on into the next ones."""
    carried = 0
    for start in range(0, len(text), BLOCK_BYTES):
        piece = np.frombuffer(text[start : start + BLOCK_BYTES], np.uint8)
        ends = np.flatnonzero(piece == ord("\n"))
        if not len(ends):
            carried += len(piece)
            yield carried
            continue
        yield carried + int(ends[0])
        yield int(np.diff(ends).max(initial=0))
        carried = len(piece) - int(ends[-1])
    yield carried


def arrow_encoding(name: str) -> str:
    return "utf8" if name in ("utf-8", "utf-8-sig") else name


def number_rows(first: int, count: int, skipped: "set[int | None]") -> IntArray:
    """Numbers of `count` rows from `first` on, going over those that were skipped."""
    span = np.arange(first, first + count + len(skipped), dtype=np.int64)
    if skipped:
        span = span[~np.isin(span, np.array(sorted(r for r in skipped if r), dtype=np.int64))]
    return span[:count]
