"""Which row of a table holds the headings, and what its columns are called."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.errors import UnusableFile, UnusableOption
from importers.formats.naming import clean_heading
from importers.formats.tables.coordinates import parse_coordinate
from importers.formats.tables.placing import find_place_columns

SEARCHED_ROWS = 15
SHOWN_ROWS = 3
COLUMNS_MAX = 1000
Row = Sequence[str]


@dataclass(frozen=True)
class Headings:
    """`row`: 1-based among rows that are not blank; `cells` as the file has them."""

    row: int
    cells: tuple[str, ...]
    reason: str | Promise


def find_headings(rows: Sequence[Row], stated: str = "") -> Headings:
    """`rows`: the first of the table, blank ones left out. Raises `UnusableFile`."""
    if not rows:
        raise UnusableFile(_("The table has no rows."))
    if stated:
        return take_stated(rows, stated)
    searched = rows[:SEARCHED_ROWS]
    width = statistics.median(len(fill(row)) for row in rows)
    for number, row in enumerate(searched, start=1):
        if names_places(row):
            return accept(number, row, gettext_lazy("it names columns of coordinates"))
    wanted = max(1, math.ceil(width / 2))
    for number, row in enumerate(searched, start=1):
        if len(fill(row)) >= wanted and may_be_headings(row):
            return accept(number, row, gettext_lazy("the first row that is filled like the rest"))
    shown = " / ".join(", ".join(fill(row))[:120] for row in rows[:SHOWN_ROWS])
    raise UnusableFile(
        _(
            "No row of the table names its columns; its first rows are: %(rows)s. Add headings, or"
            " say which row has them with --header-row."
        )
        % {"rows": shown}
    )


def take_stated(rows: Sequence[Row], stated: str) -> Headings:
    number = int(stated) if stated.isascii() and stated.isdigit() else 0
    if not 1 <= number <= len(rows):
        raise UnusableOption(
            _("“%(text)s” is not the number of a row near the beginning of the table.")
            % {"text": stated}
        )
    return accept(number, rows[number - 1], gettext_lazy("as you said"))


def accept(number: int, row: Row, reason: str | Promise) -> Headings:
    if len(row) > COLUMNS_MAX and len(fill(row)) > COLUMNS_MAX:
        raise UnusableFile(
            _("The table has %(found)s columns; at most %(limit)s can be imported.")
            % {"found": len(row), "limit": COLUMNS_MAX}
        )
    return Headings(number, tuple(row), reason)


def fill(row: Row) -> list[str]:
    return [cell for cell in row if cell.strip()]


def may_be_headings(row: Row) -> bool:
    filled = fill(row)
    numeric = sum(parse_coordinate(cell) is not None for cell in filled)
    return bool(filled) and numeric * 2 <= len(filled)


def names_places(row: Row) -> bool:
    """Two headings at least, so that a title of one cell is none."""
    return len(fill(row)) > 1 and bool(find_place_columns(row))


def name_columns(headings: Sequence[str]) -> list[str]:
    """Headings as unique names: trimmed, spaces made single, empty and equal ones numbered."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        plain = clean_heading(heading) or f"column_{place}"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain}_{number}"
        names.append(name)
    return names
