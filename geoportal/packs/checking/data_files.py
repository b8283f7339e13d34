"""Data files of a pack looked into by the importer's readers, without loading anything."""

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from geoportal.packs.entries import Entry
from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.packs.values import show, suggest
from importers.errors import UnusableFile
from importers.filtering import RowFilter, keep_rows
from importers.formats.opening import OpenOptions, open_source
from importers.sources import Source

UNPACKED_BYTES_MAX: Final = 2 * 1024**3
COLUMN_KEYS: Final = ("key", "lon", "lat")


def read_options(layer: Entry) -> OpenOptions:
    return OpenOptions.from_names(
        {name: layer.text(f"source.{name}") for name in OpenOptions.list_names()}
    )


def read_filter(layer: Entry) -> RowFilter:
    columns = layer.values.get("source.filter", {})
    return RowFilter(
        {name: tuple(values) for name, values in columns.items()}
        if isinstance(columns, dict)
        else {},
        layer.text("source.only"),
    )


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file itself, or what its `.gz` holds, under the same name. Raises `UnusableFile`."""
    if path.suffix != ".gz":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        plain = Path(folder, path.stem)
        try:
            with gzip.open(path) as packed, plain.open("wb") as target:
                shutil.copyfileobj(_Limited(packed), target, 1024**2)
        except (OSError, EOFError) as error:
            raise UnusableFile(_("The packed file cannot be read.")) from error
        yield plain


class _Limited:
    """Stops a file that unpacks without end."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed, self._read = packed, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._packed.read(size)
        self._read += len(piece)
        if self._read > UNPACKED_BYTES_MAX:
            raise UnusableFile(_("The packed file is larger than 2 GB."))
        return piece


@contextmanager
def open_data(layer: Entry) -> Iterator[Source]:
    """Rows that the pack wants of a layer's file. Raises `UnusableFile`, `UnusableOption`."""
    path = layer.values["source.file"]
    assert isinstance(path, Path)  # noqa: S101 - the reader of the pack has put it there
    with unpacked(path) as plain, open_source(plain, read_options(layer)) as source:
        yield keep_rows(source, read_filter(layer))


def check_data_files(pack: Pack, findings: Findings) -> None:
    for layer in pack.list("layers"):
        if "source.file" not in layer:
            continue
        try:
            with open_data(layer) as source:
                _check_columns(layer, source, findings)
        except DomainError as error:
            findings.error(layer.place_of("source.file"), str(error.message))


def _check_columns(layer: Entry, source: Source, findings: Findings) -> None:
    """Columns that options name; the importer finds them in letters of any case."""
    known = {column.name.strip().casefold() for column in source.columns}
    name = layer.text("source.key")
    if name and name.strip().casefold() not in known:
        columns = [column.name for column in source.columns]
        message = _("The file has no column %s.") % show(name) + suggest(name, columns)
        findings.error(layer.place_of("source.key"), message)


def list_keys(layer: Entry) -> set[str] | None:
    """Keys that features of the file will have; `None` where only the import can tell."""
    wanted = layer.text("source.key") or layer.text("key_field")
    try:
        with open_data(layer) as source:
            places = {column.name.strip().casefold(): column.place for column in source.columns}
            place = places.get(wanted.strip().casefold()) if wanted else None
            if place is None and (wanted or not source.has_ids):
                return None
            return set(_read_texts(source, place))
    except DomainError:
        return None  # told by the check of the file


def _read_texts(source: Source, place: int | None) -> Iterator[str]:
    for batch in source.batches():
        column = batch.ids if place is None else batch.values[place]
        for value in () if column is None else column.to_pylist():
            if value not in (None, ""):
                yield str(value).strip()
