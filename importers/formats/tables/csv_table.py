"""CSV: a table of text with places in columns of coordinates or of WKT."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.errors import UnusableFile, UnusableOption
from importers.formats.reader import Opening, Reader, ReaderOption
from importers.formats.tables.dialect import name_columns, read_dialect
from importers.formats.tables.places import PlaceColumns, find_place_columns, read_places
from importers.issues import Issue
from importers.sources import (
    Declaration,
    IntArray,
    Kind,
    SourceBatch,
    SourceColumn,
    SourceFacts,
)

BLOCK_BYTES = 4 << 20
SHAPES_BLOCK_BYTES = 64 << 20  # one row must fit into a block, its whole WKT too
NULLS = ["", "null", "NULL"]
NAME = "csv"
WITHOUT_PLACES = gettext_lazy(
    "The table has no columns of coordinates (lon, lat or wkt); name them: --lon, --lat."
)


class CsvSource(SourceFacts):
    """An open table. Columns that hold the place are attributes too only where a layer asks."""

    def __init__(self, path: Path, encoding: str = "", lon: str = "", lat: str = "") -> None:
        self._path = path
        self._dialect = read_dialect(path, encoding)
        self._names = name_columns(self._dialect.headings)
        self.places: PlaceColumns = find_place_columns(
            self._names, self._require(lon), self._require(lat)
        )
        super().__init__(
            format=NAME,
            name=path.stem,
            columns=[
                SourceColumn(name, Kind.CELL, place) for place, name in enumerate(self._names)
            ],
            declared=Declaration(None, gettext_lazy("a table does not say it")),
            encoding=self._dialect.encoding,
            has_geometry=bool(self.places),
            place_names=frozenset(self.places.names),
            without_places=WITHOUT_PLACES,
        )

    def _require(self, name: str) -> str:
        """The column that the user named, letters' case aside."""
        found = next((n for n in self._names if n.casefold() == name.strip().casefold()), "")
        if name and not found:
            raise UnusableOption(
                _("There is no column “%(name)s”; there are: %(names)s.")
                % {"name": name, "names": ", ".join(self._names)}
            )
        return found

    def batches(self) -> Iterator[SourceBatch]:
        faults: list[Issue] = []
        first = 1
        reported = 0
        for table in self._tables(faults):
            rows = number_rows(first, table.num_rows, {fault.row for fault in faults})
            first = int(rows[-1]) + 1 if len(rows) else first
            cells = [column.cast(pa.string()) for column in table.columns]
            wkb, unreadable, heights = read_places(self._names, cells, rows, self.places)
            yield SourceBatch(rows, cells, wkb, faults[reported:] + unreadable, heights=heights)
            reported = len(faults)
        if reported < len(faults):
            none: list[Any] = [pa.nulls(0, pa.string()) for _name in self._names]
            yield SourceBatch(
                np.empty(0, np.int64), none, pa.nulls(0, pa.binary()), faults[reported:]
            )

    def _tables(self, faults: list[Issue]) -> Iterator[Any]:
        """Arrow batches of text; rows with a wrong number of cells go to `faults`."""

        def skip(row: Any) -> str:
            cells = {"found": row.actual_columns, "expected": row.expected_columns}
            faults.append(Issue(row.number - 1, "wrong-cells", cells))
            return "skip"

        names = [str(place) for place in range(len(self._names))]
        try:
            with pa.csv.open_csv(
                self._path,
                read_options=pa.csv.ReadOptions(
                    use_threads=False,
                    block_size=self._choose_block(),
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
                    strings_can_be_null=True,
                    null_values=NULLS,
                ),
            ) as reader:
                yield from drop_headings(reader)
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise UnusableFile(
                _("The table is damaged: quotes or line ends do not match.")
            ) from error

    def _choose_block(self) -> int:
        wanted = SHAPES_BLOCK_BYTES if self.places.wkt else BLOCK_BYTES
        return min(self._path.stat().st_size + 1, wanted)


def arrow_encoding(name: str) -> str:
    return "utf8" if name in ("utf-8", "utf-8-sig") else name


def drop_headings(batches: Iterator[Any]) -> Iterator[Any]:
    """Column names are given by position, so the first row that comes is the headings."""
    waiting = True
    for batch in batches:
        if waiting and batch.num_rows:
            waiting = False
            yield batch.slice(1)
        elif batch.num_rows:
            yield batch


def number_rows(first: int, count: int, skipped: "set[int | None]") -> IntArray:
    """Numbers of `count` rows from `first` on, going over those that were skipped."""
    span = np.arange(first, first + count + len(skipped), dtype=np.int64)
    if skipped:
        span = span[~np.isin(span, np.array(sorted(r for r in skipped if r), dtype=np.int64))]
    return span[:count]


def open_table(opening: Opening) -> CsvSource:
    return CsvSource(opening.path, opening.encoding, opening.own["lon"], opening.own["lat"])


CSV_ONLY = gettext_lazy("--lon and --lat are for CSV only.")
READER = Reader(
    name=NAME,
    title="CSV",
    open=open_table,
    recognises=lambda head: head.is_text,
    takes_rest=True,
    extensions=(".csv", ".tsv", ".txt"),
    rank=2,
    options=(
        ReaderOption("lon", "column of longitude or x (CSV)", CSV_ONLY),
        ReaderOption("lat", "column of latitude or y (CSV)", CSV_ONLY),
    ),
)
