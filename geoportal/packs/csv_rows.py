"""Rows of a pack's CSV files into things; an empty cell is a key that is left out."""

import csv
from collections.abc import Sequence

from django.utils.translation import gettext as _

from geoportal.packs.entries import Entry
from geoportal.packs.findings import Place
from geoportal.packs.folder import PackFolder
from geoportal.packs.tables import FLAG, Section
from geoportal.packs.values import Unfit, find_close, show, unknown_key

FLAGS = {"true": True, "false": False}


def read_rows(folder: PackFolder, section: Section) -> list[Entry]:
    """A heading, then one thing a row; commas or semicolons."""
    path = folder.find(section.file)
    words = folder.read_text(path) if path else None
    if path is None or words is None:
        return []
    first = words.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(words.splitlines(keepends=True), delimiter=delimiter, strict=True)
    entries: list[Entry] = []
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        _check_heading(folder, section, heading, folder.place(path, 1))
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                place = folder.place(path, line)
                entries.append(_read_row(folder, section, heading, row, place))
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("This is no CSV: %(reason)s.") % {"reason": str(error)}
        folder.findings.error(folder.place(path, reader.line_num), message)
    return entries


def _check_heading(
    folder: PackFolder, section: Section, heading: Sequence[str], place: Place
) -> None:
    unknown = [name for name in heading if name not in section.shape.keys]
    for name in unknown:
        folder.findings.error(place, unknown_key(name, section.shape.keys))
    meant = {find_close(name, section.shape.keys) for name in unknown}
    for name, key in section.shape.keys.items():
        if key.required and name not in heading and name not in meant:
            message = _("The column “%(name)s” is missing.") % {"name": name}
            folder.findings.error(place, message)


def _read_row(
    folder: PackFolder, section: Section, heading: Sequence[str], row: Sequence[str], place: Place
) -> Entry:
    entry = Entry(place)
    if len(row) > len(heading):
        message = _("%(count)s cells under %(columns)s headings.")
        folder.findings.error(place, message % {"count": len(row), "columns": len(heading)})
    for name, cell in zip(heading, row, strict=False):
        key, words = section.shape.keys.get(name), cell.strip()
        if key is None or not words:
            continue
        try:
            value = FLAGS.get(words.lower(), words) if key is FLAG else words
            entry.put(name, key.check(_read_number(words) if name == "priority" else value), place)
        except Unfit as error:
            folder.findings.error(place, f"{name}: {error}")
    for name, key in section.shape.keys.items():
        if key.required and name in heading and not _has_cell(heading, row, name):
            message = _("%(name)s is empty.") % {"name": show(name)}
            folder.findings.error(place, message)
    return entry


def _has_cell(heading: Sequence[str], row: Sequence[str], name: str) -> bool:
    at = heading.index(name)
    return at < len(row) and bool(row[at].strip())


def _read_number(words: str) -> object:
    try:
        return int(words)
    except ValueError:
        return words
