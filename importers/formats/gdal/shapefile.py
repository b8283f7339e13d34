"""Shapefile: its parts put in order in the scratch folder, then read by GDAL.

GDAL is never left to guess: the encoding comes from .cpg, the language driver or the letters
themselves, the coordinate system from .prj by pyproj, and column names from the bytes of .dbf,
because names that were cut inside a letter make the whole layer unreadable.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile
from importers.formats.encoding import choose_for_pieces, require_codec
from importers.formats.format import Dataset, Opening
from importers.formats.gdal.arrow import Table, read_batches, read_facts
from importers.formats.gdal.dbf import (
    LANGUAGE_DRIVERS,
    BrokenDbf,
    DbfField,
    DbfHeader,
    copy_with_plain_names,
    read_header,
    sample_texts,
)
from importers.formats.gdal.dbf_cells import DbfCells, write_longer
from importers.formats.gdal.shapefile_format import FIELD_NAMES_FILE, PARTS
from importers.formats.gdal.shp_records import count_shapes
from importers.issues import Issue
from importers.sources import Declaration, EncodingChoice, SourceBatch, SourceFacts

STEM = "source"
LONG_TEXT_BYTES = 250
# Python's name → GDAL's.
GDAL_ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1251": "CP1251",
    "koi8-u": "KOI8-U",
    "koi8-r": "KOI8-R",
    "cp866": "CP866",
    "cp1125": "CP1125",
    "iso8859-1": "ISO-8859-1",
    "cp1252": "CP1252",
    "cp1250": "CP1250",
}


class ShapefileSource(SourceFacts):
    """An open Shapefile. Every shape is kept, also where .dbf has no row for it."""

    def __init__(self, opening: Opening) -> None:
        self._parts = find_parts(opening.path)
        folder = opening.scratch / "shapefile"
        folder.mkdir()
        header = read_table_header(self._parts)
        choice = choose_encoding(self._parts, header, opening.encoding)
        names = decode_names(header, choice.name) if header else []
        self._shapes = count_shapes(self._parts[".shp"], self._parts.get(".shx"))
        self._cells = DbfCells(self._parts[".dbf"], header) if header else None
        self._table = Table(
            arrange(self._parts, folder, header, choice.name, self._shapes),
            encoding=GDAL_ENCODINGS.get(codecs.lookup(choice.name).name, choice.name),
            names=restore_names(names, opening.path.with_name(FIELD_NAMES_FILE))
            if header
            else None,
        )
        self._facts = read_facts(self._table)
        super().__init__(
            format=opening.kind.name,
            name=opening.stem,
            columns=self._facts.columns if header else (),
            declared=read_projection(self._parts.get(".prj")),
            encoding=choice,
            has_geometry=bool(self._facts.geometry_name),
            row_count=self._shapes,
            ignored=self._facts.ignored,
            cuts_names=True,
        )
        self._widths = [field.width if field.type == "C" else 0 for field in table_fields(header)]

    def batches(self) -> Iterator[SourceBatch]:
        last = 0
        for batch in read_batches(self._table, self._facts):
            batch = replace(batch, values=batch.values[: len(self.columns)])
            last = int(batch.rows[-1]) if len(batch.rows) else last
            yield self._check(batch)
        if rest := self._find_rows_without_shapes(last):
            none = [pa.nulls(0, pa.string()) for _column in self.columns]
            yield SourceBatch(np.empty(0, np.int64), none, pa.nulls(0, pa.binary()), rest)

    def _check(self, batch: SourceBatch) -> SourceBatch:
        if self._cells is None:
            whole = [Issue(None, "attributes-missing")] if batch.rows[:1] == 1 else []
            return replace(batch, faults=whole)
        if not len(batch.rows):
            return batch
        first, count = int(batch.rows[0]), len(batch.rows)
        names = dict(zip(self._facts.places, (c.name for c in self.columns), strict=True))
        issues, wrong_dates = self._cells.find_faults(first, count, names)
        values = list(batch.values)
        for column, place in zip(self.columns, self._facts.places, strict=True):
            wrong = wrong_dates.get(place)
            if wrong is not None and wrong.any():
                array = values[column.place]
                blank = pa.scalar(None, array.type)
                values[column.place] = pc.if_else(pa.array(wrong), blank, array)
        without = [
            Issue(int(row), "attributes-missing-in-row")
            for row in batch.rows[batch.rows > self._cells.rows]
        ]
        if first == 1 and self._cells.deleted:
            issues.append(Issue(None, "rows-deleted", {"count": self._cells.deleted}))
        checked = replace(batch, values=values, faults=[*issues, *without])
        return replace(checked, faults=[*checked.faults, *self._find_cut_texts(checked)])

    def _find_rows_without_shapes(self, last: int) -> list[Issue]:
        """.dbf goes on where .shp has ended."""
        have = self._cells.rows if self._cells else 0
        if have <= self._shapes:
            return []
        return [
            Issue(row, "shape-missing") for row in range(last + 1, last + 1 + have - self._shapes)
        ]

    def _find_cut_texts(self, batch: SourceBatch) -> list[Issue]:
        """dBase holds 254 bytes of text at most; what is as long may have been longer."""
        issues = []
        for column, place in zip(self.columns, self._facts.places, strict=True):
            width = self._widths[place] if place < len(self._widths) else 0
            if width < LONG_TEXT_BYTES:
                continue
            texts = batch.values[column.place]
            wide = self.encoding.name == "utf-8"
            lengths = pc.binary_length(texts) if wide else pc.utf8_length(texts)
            full = pc.fill_null(pc.greater_equal(lengths, width - 3), fill_value=False)
            for row in np.flatnonzero(full.to_numpy(zero_copy_only=False)):
                issues.append(Issue(int(batch.rows[row]), "text-cut", field=column.name))
        return issues


def table_fields(header: DbfHeader | None) -> Sequence[DbfField]:
    return header.fields if header else ()


def find_parts(path: Path) -> dict[str, Path]:
    """The files of one Shapefile by extension, whatever the case of their names."""
    parts = {
        file.suffix.lower(): file
        for file in path.parent.iterdir()
        if file.stem.lower() == path.stem.lower() and file.suffix.lower() in PARTS
    }
    if path.suffix.lower() not in (".shx", ".dbf", ".prj", ".cpg"):
        parts[".shp"] = path
    if ".shp" not in parts:
        raise UnusableFile(_("The .shp file of this Shapefile is missing."))
    return parts


def read_table_header(parts: dict[str, Path]) -> DbfHeader | None:
    if ".dbf" not in parts:
        return None
    try:
        return read_header(parts[".dbf"])
    except BrokenDbf as error:
        raise UnusableFile(_("The .dbf file of this Shapefile is damaged.")) from error


def choose_encoding(
    parts: dict[str, Path], header: DbfHeader | None, stated: str
) -> EncodingChoice:
    """Stated by the user, by .cpg, by the language driver; else found in the letters."""
    if stated:
        return EncodingChoice(require_codec(stated), gettext_lazy("as you said"))
    if header is None:
        return EncodingChoice("utf-8", gettext_lazy("there is no text"))
    if ".cpg" in parts and (page := read_code_page(parts[".cpg"])):
        return EncodingChoice(page, gettext_lazy("stated in .cpg"))
    if page := LANGUAGE_DRIVERS.get(header.language_driver, ""):
        return EncodingChoice(page, gettext_lazy("stated in .dbf"))
    return choose_for_pieces(sample_texts(parts[".dbf"], header))


def read_code_page(path: Path) -> str:
    """Python's codec for the text of .cpg ("UTF-8", "1251", "ANSI 1251", "CP1251"); "": unknown."""
    text = path.read_bytes()[:64].decode("ascii", "ignore").strip().lower()
    text = text.removeprefix("ansi").strip(" -_")
    for name in (text, f"cp{text}", text.replace("windows-", "cp"), text.replace("oem", "cp")):
        try:
            return codecs.lookup(name.strip()).name if name.strip() else ""
        except (LookupError, ValueError):
            continue
    return ""


def decode_names(header: DbfHeader, encoding: str) -> list[str]:
    """Column names; a last letter that was cut is left out, equal names are numbered."""
    names: list[str] = []
    for field in header.fields:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        plain = decoder.decode(field.name, final=False).strip() or f"column_{len(names) + 1}"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain}_{number}"
        names.append(name)
    return names


def restore_names(names: Sequence[str], table: Path) -> list[str]:
    """Full names of columns, where our own download put `fields.csv` beside the Shapefile."""
    if not table.is_file():
        return list(names)
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file)
        full = {row.get("dbf_name"): row.get("name") for row in rows}
    return [full.get(name) or name for name in names]


def arrange(
    parts: dict[str, Path], folder: Path, header: DbfHeader | None, encoding: str, shapes: int
) -> Path:
    """Links to the parts GDAL shall see: no .cpg, no .prj.

    .dbf is copied when its names are cut, or when it has fewer rows than there are shapes.
    """
    for extension in (".shp", ".shx", ".dbf"):
        if extension in parts:
            (folder / f"{STEM}{extension}").symlink_to(parts[extension].resolve())
    if header and any(is_undecodable(field.name, encoding) for field in header.fields):
        copy = folder / f"{STEM}.dbf"
        copy.unlink()
        copy_with_plain_names(parts[".dbf"], copy, header)
    have = DbfCells(parts[".dbf"], header).rows if header else shapes
    if header and have < shapes:
        short = folder / f"{STEM}.dbf"
        longer = folder / "longer.dbf"
        write_longer(short, longer, header, have, shapes)
        longer.replace(short)
    return folder / f"{STEM}.shp"


def is_undecodable(name: bytes, encoding: str) -> bool:
    try:
        name.decode(encoding)
    except UnicodeDecodeError:
        return True
    return False


def read_projection(path: Path | None) -> Declaration:
    if path is None:
        return Declaration(None, gettext_lazy("there is no .prj"))
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        return Declaration(CRS.from_wkt(text), gettext_lazy("stated in .prj"))
    except CRSError:
        return Declaration(None, gettext_lazy(".prj cannot be understood"))


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    parts = find_parts(opening.path)
    shapes = count_shapes(parts[".shp"], parts.get(".shx"))
    return [Dataset(opening.stem, opening.stem, shapes)]


def open_dataset(opening: Opening) -> ShapefileSource:
    return ShapefileSource(opening)
