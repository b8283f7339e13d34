"""Parsed JSON kept as Arrow files in the scratch folder, because a file is read twice."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext_lazy

from importers.formats.geojson.columns import (
    EMPTY,
    build_array,
    convert_array,
    find_kind,
    text_array,
    unite_kinds,
)
from importers.geometry.wkb.writing import (
    BadGeometry,
    encode_geojson,
    encode_geojson_points,
)
from importers.issues import Issue
from importers.sources import ArrowArray, Kind, SourceBatch, SourceColumn

Json = Any


def clean_name(name: str, place: int) -> str:
    """A member's name as the database can hold it."""
    plain = name.encode("utf-8", "replace").decode().replace("\0", "")
    return plain if plain.strip() else f"column_{place + 1}"


def list_columns_of(documents: list[dict[str, Json]]) -> list[tuple[str, Sequence[Json]]]:
    """Values of all documents by name, in the order of their first appearance."""
    names = list(documents[0]) if documents else []
    if len(names) > 1 and set(map(len, documents)) == {len(names)}:
        with suppress(KeyError):
            rows = map(itemgetter(*names), documents)
            return list(zip(names, zip(*rows, strict=True), strict=True))
    names = list(dict.fromkeys(chain.from_iterable(documents)))
    return [(name, [document.get(name) for document in documents]) for name in names]


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
        if not self._add_points(features):
            self._add_each(features)
        self.rows += len(features)

    def _add_points(self, features: list[Json]) -> bool:
        """False where one of them is no feature with a point in two dimensions."""
        try:
            geometries = [feature["geometry"] for feature in features]
            given = [feature["properties"] for feature in features]
            ids = [feature.get("id") for feature in features]
        except (KeyError, TypeError, AttributeError):
            return False
        documents = [{} if each is None else each for each in given]
        wkb = encode_geojson_points(geometries) if set(map(type, documents)) == {dict} else None
        if wkb is None:
            return False
        rows = range(self.rows + 1, self.rows + 1 + len(features))
        self._files.append((self._write(rows, wkb, documents, ids), [], False))
        return True

    def _add_each(self, features: list[Json]) -> None:
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
        path = self._write(rows, pa.array(wkb, pa.binary()), documents, ids)
        self._files.append((path, faults, heights))

    def _write(
        self,
        rows: Sequence[int],
        wkb: ArrowArray,
        documents: list[dict[str, Json]],
        ids: list[Json],
    ) -> Path:
        arrays, labels = [], []
        for name, values in list_columns_of(documents):
            kind = find_kind(values)
            self._kinds[name] = unite_kinds([self._kinds.get(name, EMPTY), kind])
            arrays.append(build_array(values, kind))
            labels.append(str(list(self._kinds).index(name)))
        keys = [str(key) if isinstance(key, str | int) else None for key in ids]
        self.has_ids = self.has_ids or any(key is not None for key in keys)
        arrays += [pa.array(rows, pa.int64()), wkb, text_array(keys)]
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
