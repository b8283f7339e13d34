"""GeoJSON (RFC 7946 and what is written in its name), one feature at a time.

GDAL's reader is not used here: it loses keys that stand beside an attribute `id`, and cannot tell
a missing geometry from one that it did not understand. The features are parsed once and kept as
Arrow batches in the scratch folder, because a file is read twice.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile
from importers.formats.encoding import choose_for_file
from importers.formats.format import Dataset, Opening
from importers.formats.geojson.spool import Spool
from importers.formats.geojson.stream import BrokenJson, JsonStream, iterate_pieces
from importers.sources import Declaration, SourceBatch, SourceFacts

FEATURES_A_BATCH = 8_192
CHARS_A_BATCH = 8 << 20
WGS84 = CRS.from_epsg(4326)
CRS84_NAMES = ("CRS84", "OGC:1.3:CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
Json = Any


class GeoJsonSource(SourceFacts):
    """An open GeoJSON file; `heights` tells whether some coordinates had a third number."""

    def __init__(self, opening: Opening) -> None:
        path = opening.path
        self._spool = Spool(opening.scratch)
        choice = choose_for_file(path, opening.encoding)
        members: dict[str, Json] = {}
        with path.open(encoding=choice.name, errors="replace", newline="") as file:
            stream = JsonStream(file)
            try:
                self._read(stream, iterate_pieces(stream, members))
            except BrokenJson as error:
                raise UnusableFile(
                    _("The file is not whole GeoJSON: line %(line)s cannot be read.")
                    % {"line": error.line}
                ) from error
        if not self._spool.rows and not is_geojson(members):
            raise UnusableFile(_("This is JSON, but not GeoJSON: it holds no features."))
        super().__init__(
            format=opening.kind.name,
            name=opening.stem,
            columns=self._spool.list_columns(),
            declared=read_crs(members.get("crs")),
            encoding=choice,
            has_ids=self._spool.has_ids,
            row_count=self._spool.rows,
        )

    def _read(self, stream: JsonStream, pieces: Iterator[list[Json]]) -> None:
        batch: list[Json] = []
        read_before = 0
        with without_cycle_search():
            for features in pieces:
                batch.extend(features)
                chars = stream.chars_read - read_before
                if len(batch) >= FEATURES_A_BATCH or chars > CHARS_A_BATCH:
                    self._spool.add(batch)
                    batch, read_before = [], stream.chars_read
            if batch:
                self._spool.add(batch)

    def batches(self) -> Iterator[SourceBatch]:
        return self._spool.batches(self.columns)


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Parsed JSON has no cycles; looking for them takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def is_geojson(members: dict[str, Json]) -> bool:
    return members.get("type") == "FeatureCollection"


def read_crs(member: Json) -> Declaration:
    """The `crs` of the 2008 format; without one RFC 7946 says longitude and latitude in WGS 84."""
    if not isinstance(member, dict):
        return Declaration(WGS84, gettext_lazy("the GeoJSON standard"), binding=True)
    properties = member.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    stated = gettext_lazy("stated in the file")
    if not name or name.endswith(CRS84_NAMES):
        return Declaration(WGS84, stated, binding=True)
    try:
        return Declaration(CRS.from_user_input(name), stated)
    except CRSError:
        return Declaration(None, gettext_lazy("the file names one that is not known"))


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    return [Dataset(opening.stem, opening.stem)]


def open_dataset(opening: Opening) -> GeoJsonSource:
    return GeoJsonSource(opening)
