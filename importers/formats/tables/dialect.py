"""How a table of text is written: encoding, delimiter, headings."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from importers.formats.encoding import choose_for_file
from importers.formats.tables.headings import Headings, find_headings
from importers.sources import EncodingChoice

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200
CELL_CHARS_MAX = 64 << 20
Table = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Dialect:
    """`headings` as the file has them; they may repeat or be empty."""

    encoding: EncodingChoice
    delimiter: str
    headings: Headings


def read_dialect(path: Path, encoding: str = "", header_row: str = "") -> Dialect:
    """Raises `UnusableFile` where no row names columns."""
    choice = choose_for_file(path, encoding)
    csv.field_size_limit(CELL_CHARS_MAX)
    tables = {mark: sample(path, choice.name, mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: rate(tables[mark], len(next(iter(tables[mark]), []))))
    if len(next(iter(tables[best]), [])) < 2:  # a title or a remark stands above the headings
        best = max(DELIMITERS, key=lambda mark: rate(tables[mark], usual_width(tables[mark])))
    return Dialect(choice, best, find_headings(tables[best], header_row))


def sample(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    """First rows that are not blank, split by the delimiter."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        try:
            return list(islice((row for row in rows if row), SAMPLE_ROWS))
        except csv.Error:
            return []


def usual_width(table: Table) -> int:
    widths = Counter(len(row) for row in table)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def rate(table: Table, width: int) -> tuple[float, int]:
    """Share of rows that have so many cells, then the number of cells."""
    if width < 2:
        return (0.0, 0)
    widths = Counter(len(row) for row in table)
    return (round(widths[width] / len(table), 1), width)
