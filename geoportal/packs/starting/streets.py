"""A list of renamed streets, as communities keep it: old and new names, no geometry."""

import csv
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.packs.starting.boundaries import fold
from geoportal.packs.starting.codifier import Hromada

SQLITE: Final = b"SQLite format 3\x00"
# What the columns are called, the first one in the pack.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "settlement": ("settlement", "pos", "населений пункт"),
    "type": ("type", "objtype", "тип"),
    "old_name": ("old_name", "стара назва"),
    "new_name": ("new_name", "нова назва"),
    "renamed_on": ("renamed_on", "rename_date", "дата"),
}
PREFIX: Final = re.compile(r"^(м|с|смт|сел|с-ще)\.?\s+", re.IGNORECASE)
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Renaming:
    """One street; `renamed_on` is an ISO date or empty."""

    settlement: str
    type: str
    old_name: str
    new_name: str
    renamed_on: str = ""


def read_renamings(path: Path, hromada: Hromada) -> list[Renaming]:
    """Rows of the community's own settlements. Raises `InvalidInput`."""
    settlements = {fold(each.name): each.name for each in hromada.settlements}
    found = []
    for row in _read(path):
        name = settlements.get(fold(PREFIX.sub("", row["settlement"])))
        if name and row["old_name"] and row["new_name"]:
            date = row["renamed_on"] if DATE.fullmatch(row["renamed_on"]) else ""
            found.append(Renaming(name, row["type"], row["old_name"], row["new_name"], date))
    return found


def _read(path: Path) -> Iterator[dict[str, str]]:
    """Rows with the names of `COLUMNS`, from SQLite or CSV."""
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(SQLITE)) == SQLITE
        yield from _read_sqlite(path) if is_sqlite else _read_csv(path)
    except (OSError, UnicodeDecodeError, csv.Error, sqlite3.Error) as error:
        raise InvalidInput(
            _("The file “%(name)s” cannot be read.") % {"name": path.name}
        ) from error


def _read_sqlite(path: Path) -> Iterator[dict[str, str]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            quoted = '"' + str(table).replace('"', '""') + '"'
            rows = database.execute(f"SELECT * FROM {quoted}")  # noqa: S608  a quoted identifier
            places = _find_columns([str(column[0]) for column in rows.description])
            if places:
                yield from (_pick(row, places) for row in rows)
                return
    raise InvalidInput(_("The file “%(name)s” holds no renamed streets.") % {"name": path.name})


def _read_csv(path: Path) -> Iterator[dict[str, str]]:
    words = path.read_text(encoding="utf-8-sig").splitlines()
    delimiter = ";" if words and words[0].count(";") > words[0].count(",") else ","
    rows = csv.reader(words, delimiter=delimiter)
    places = _find_columns(next(rows, []))
    if not places:
        raise InvalidInput(_("The file “%(name)s” holds no renamed streets.") % {"name": path.name})
    yield from (_pick(row, places) for row in rows)


def _find_columns(names: Sequence[str]) -> dict[str, int]:
    """Places of the columns; none where one of the needed is missing."""
    folded = [name.strip().casefold() for name in names]
    places = {
        column: folded.index(alias)
        for column, aliases in COLUMNS.items()
        for alias in reversed(aliases)
        if alias in folded
    }
    return places if {"settlement", "old_name", "new_name"} <= set(places) else {}


def _pick(row: Sequence[object], places: Mapping[str, int]) -> dict[str, str]:
    cells = {
        column: str(row[place] or "").strip() if place < len(row) else ""
        for column, place in places.items()
    }
    return dict.fromkeys(COLUMNS, "") | cells
