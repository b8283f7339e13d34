"""GeoJSON (RFC 7946 and what is written in its name), one feature at a time.

GDAL's reader is not used here: it loses keys that stand beside an attribute `id`, and cannot tell
a missing geometry from one that it did not understand. The features are parsed once and kept as
Arrow batches in the scratch folder, because a file is read twice.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile
from importers.formats.encoding import choose_for_file
from importers.formats.geojson.columns import (
    EMPTY,
    build_array,
    convert_array,
    find_kind,
    text_array,
    unite_kinds,
)
from importers.formats.geojson.stream import BrokenJson, JsonStream, iterate_features
from importers.formats.reader import Opening, Reader
from importers.geometry.wkb.writing import BadGeometry, encode_geojson
from importers.issues import Issue
from importers.sources import (
    Declaration,
    Kind,
    SourceBatch,
    SourceColumn,
    SourceFacts,
)

NAME = "geojson"
FEATURES_A_BATCH = 16_384
CHARS_A_BATCH = 8 << 20
WGS84 = CRS.from_epsg(4326)
CRS84_NAMES = ("CRS84", "OGC:1.3:CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
Json = Any


class GeoJsonSource(SourceFacts):
    """An open GeoJSON file; `heights` tells whether some coordinates had a third number."""

    def __init__(self, path: Path, scratch: Path, encoding: str = "") -> None:
        self._spool = Spool(scratch)
        choice = choose_for_file(path, encoding)
        members: dict[str, Json] = {}
        with path.open(encoding=choice.name, errors="replace", newline="") as file:
            stream = JsonStream(file)
            try:
                self._read(stream, iterate_features(stream, members))
            except BrokenJson as error:
                raise UnusableFile(
                    _("The file is not whole GeoJSON: line %(line)s cannot be read.")
                    % {"line": error.line}
                ) from error
        if not self._spool.rows and not is_geojson(members):
            raise UnusableFile(_("This is JSON, but not GeoJSON: it holds no features."))
        super().__init__(
            format=NAME,
            name=path.stem,
            columns=self._spool.list_columns(),
            declared=read_crs(members.get("crs")),
            encoding=choice,
            has_ids=self._spool.has_ids,
            row_count=self._spool.rows,
        )

    def _read(self, stream: JsonStream, features: Iterator[Json]) -> None:
        batch: list[Json] = []
        read_before = 0
        with without_cycle_search():
            for feature in features:
                batch.append(feature)
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


def clean_name(name: str, place: int) -> str:
    """A member's name as the database can hold it."""
    plain = name.encode("utf-8", "replace").decode().replace("\0", "")
    return plain if plain.strip() else f"column_{place + 1}"


class Spool:
    """Parsed features on disk, one Arrow file for each batch."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kinds: dict[str, str] = {}
        self._files: list[tuple[Path, list[Issue], bool]] = []
        self.rows = 0
        self.has_ids = False

    def add(self, features: list[Json]) -> None:
        """`features` may hold anything that is JSON; what is no feature becomes an issue."""
        faults: list[Issue] = []
        rows, wkb, documents, ids, heights = [], [], [], [], False
        for row, feature in enumerate(features, start=self.rows + 1):
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(feature, dict) or not isinstance(properties, dict | None):
                reason = gettext_lazy("it is no object with properties")
                faults.append(Issue(row, "unreadable-feature", {"reason": reason}))
                continue
            try:
                geometry, high = encode_geojson(feature.get("geometry"))
            except BadGeometry as error:
                faults.append(Issue(row, "unreadable-geometry", {"reason": str(error)}))
                geometry, high = None, False
            heights = heights or high
            rows.append(row)
            wkb.append(geometry)
            documents.append(properties or {})
            ids.append(feature.get("id"))
        self.rows += len(features)
        path = self._write(rows, wkb, documents, ids)
        self._files.append((path, faults, heights))

    def _write(
        self,
        rows: list[int],
        wkb: list[bytes | None],
        documents: list[dict[str, Json]],
        ids: list[Json],
    ) -> Path:
        names = list(dict.fromkeys(name for document in documents for name in document))
        arrays, labels = [], []
        for name in names:
            values = [document.get(name) for document in documents]
            kind = find_kind(values)
            self._kinds[name] = unite_kinds([self._kinds.get(name, EMPTY), kind])
            arrays.append(build_array(values, kind))
            labels.append(str(list(self._kinds).index(name)))
        keys = [str(key) if isinstance(key, str | int) else None for key in ids]
        self.has_ids = self.has_ids or any(key is not None for key in keys)
        arrays += [pa.array(rows, pa.int64()), pa.array(wkb, pa.binary()), text_array(keys)]
        batch = pa.RecordBatch.from_arrays(arrays, [*labels, "rows", "wkb", "ids"])
        path = self._folder / f"batch-{len(self._files)}.arrow"
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
            writer.write_batch(batch)
        return path

    def list_columns(self) -> list[SourceColumn]:
        """In the order of their first appearance; a column without any value is text."""
        return [
            SourceColumn(clean_name(name, place), Kind.TEXT if kind == EMPTY else Kind(kind), place)
            for place, (name, kind) in enumerate(self._kinds.items())
        ]

    def batches(self, columns: Sequence[SourceColumn]) -> Iterator[SourceBatch]:
        for path, faults, heights in self._files:
            with pa.memory_map(str(path)) as file:
                batch = pa.ipc.open_file(file).get_batch(0)
            names = set(batch.schema.names)
            values = [
                convert_array(batch.column(str(column.place)), column.kind)
                if str(column.place) in names
                else pa.nulls(batch.num_rows, pa.string())
                for column in columns
            ]
            yield SourceBatch(
                rows=batch.column("rows").to_numpy(),
                values=values,
                wkb=batch.column("wkb"),
                faults=faults,
                ids=batch.column("ids") if self.has_ids else None,
                heights=heights,
            )


def open_geojson(opening: Opening) -> GeoJsonSource:
    return GeoJsonSource(opening.path, opening.scratch, opening.encoding)


READER = Reader(
    name=NAME,
    title="GeoJSON",
    open=open_geojson,
    recognises=lambda head: head.text.startswith("{"),
    extensions=(".geojson", ".json", ".geojsonl"),
    rank=1,
)
