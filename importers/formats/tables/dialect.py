"""How a table of text is written: encoding, delimiter, headings."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.encoding import choose_for_file
from importers.formats.tables.coordinates import parse_coordinate
from importers.sources import EncodingChoice

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200
CELL_CHARS_MAX = 64 << 20


@dataclass(frozen=True)
class Dialect:
    """`headings` as the file has them; they may repeat or be empty."""

    encoding: EncodingChoice
    delimiter: str
    headings: tuple[str, ...]


def read_dialect(path: Path, encoding: str = "") -> Dialect:
    """Raises `UnusableFile` where the first row does not name columns."""
    choice = choose_for_file(path, encoding)
    csv.field_size_limit(CELL_CHARS_MAX)
    tables = {mark: sample(path, choice.name, mark) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: rate(tables[mark]))
    table = tables[delimiter]
    if not table:
        raise UnusableFile(_("The table has no rows."))
    headings = table[0]
    filled = [heading for heading in headings if heading.strip()]
    numeric = sum(parse_coordinate(heading) is not None for heading in filled)
    if not filled or numeric * 2 > len(filled):
        raise UnusableFile(_("The first row of the table must hold the names of the columns."))
    return Dialect(choice, delimiter, tuple(headings))


def sample(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    """First rows that are not blank, split by the delimiter."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        try:
            return list(islice((row for row in rows if row), SAMPLE_ROWS))
        except csv.Error:
            return []


def rate(table: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Rows that have as many cells as the first, then the number of cells."""
    if not table or len(table[0]) < 2:
        return (0.0, 0)
    widths = Counter(len(row) for row in table)
    return (round(widths[len(table[0])] / len(table), 1), len(table[0]))


def name_columns(headings: Sequence[str]) -> list[str]:
    """Headings as unique names: trimmed, spaces made single, empty and equal ones numbered."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        plain = " ".join(heading.replace("\ufeff", "").split())[:110] or f"column_{place}"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain}_{number}"
        names.append(name)
    return names
