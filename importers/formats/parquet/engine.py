"""GeoParquet 1.x by pyarrow: the wheel of GDAL reads no Parquet."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile
from importers.formats.format import Dataset, Opening
from importers.formats.naming import clean_heading
from importers.formats.tables.placed import PlacedSource
from importers.sources import (
    SHAPES_A_BATCH,
    ArrowArray,
    Declaration,
    EncodingChoice,
    Kind,
    SourceBatch,
    SourceColumn,
    SourceFacts,
)

WGS84 = CRS.from_epsg(4326)
BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, TypeError)
Json = Any


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    with open_file(opening) as file:
        geometry = "Unknown" if read_geo(file) else ""
        return [Dataset(opening.stem, opening.stem, file.metadata.num_rows, geometry)]


def open_dataset(opening: Opening) -> SourceFacts:
    source = ParquetSource(opening)
    return source if source.has_geometry else PlacedSource(source, opening.own)


def open_file(opening: Opening) -> Any:
    try:
        return pa.parquet.ParquetFile(opening.path)
    except BROKEN as error:
        raise UnusableFile(
            _("The file of the kind %(kind)s is damaged and cannot be opened.")
            % {"kind": opening.kind.title}
        ) from error


def read_geo(file: Any) -> Json:
    """What the file says of its geometry (GeoParquet 1.1, "geo" in its metadata); {}: none."""
    try:
        found = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class ParquetSource(SourceFacts):
    """An open file. Columns that only repeat the box of the geometry are left out."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        with open_file(opening) as file:
            geo = read_geo(file)
            schema = file.schema_arrow
            rows = int(file.metadata.num_rows)
        geometry = str(geo.get("primary_column", ""))
        about = (geo.get("columns") or {}).get(geometry, {}) if geometry else {}
        if geometry and about.get("encoding") != "WKB":
            raise UnusableFile(_("The GeoParquet holds its geometry not as WKB; save it as WKB."))
        covering = json.dumps(about.get("covering", {}))
        kinds = {
            field.name: kind_of(field.type)
            for field in schema
            if field.name != geometry and f'"{field.name}"' not in covering
        }
        self._geometry = geometry
        self._names = [name for name, kind in kinds.items() if kind is not None]
        super().__init__(
            format=opening.kind.name,
            name=opening.stem,
            columns=[
                SourceColumn(clean_heading(name) or f"column_{place + 1}", kind, place)
                for place, (name, kind) in enumerate(
                    (name, kind) for name, kind in kinds.items() if kind is not None
                )
            ],
            declared=read_crs(about) if geometry else read_crs({"crs": None}),
            encoding=EncodingChoice("utf-8", gettext_lazy("the format says so")),
            has_geometry=bool(geometry),
            row_count=rows,
            ignored=[name for name, kind in kinds.items() if kind is None],
        )

    def batches(self) -> Iterator[SourceBatch]:
        wanted = [*self._names, *filter(None, [self._geometry])]
        first = 1
        with open_file(self._opening) as file:
            try:
                for batch in file.iter_batches(SHAPES_A_BATCH, columns=wanted, use_threads=False):
                    rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
                    first += batch.num_rows
                    values = [
                        plain_array(batch.column(name), column.kind)
                        for name, column in zip(self._names, self.columns, strict=True)
                    ]
                    yield SourceBatch(rows, values, self._read_wkb(batch))
            except BROKEN as error:
                message = _("The file is damaged: it cannot be read to its end.")
                raise UnusableFile(message) from error

    def _read_wkb(self, batch: Any) -> ArrowArray:
        if not self._geometry:
            return pa.nulls(batch.num_rows, pa.binary())
        array = batch.column(self._geometry)
        return getattr(array, "storage", array).cast(pa.binary())


def read_crs(about: Json) -> Declaration:
    """Without a word longitude and latitude in WGS 84; null: not known."""
    if "crs" not in about:
        return Declaration(WGS84, gettext_lazy("the GeoParquet standard"), binding=True)
    if about["crs"] is None:
        return Declaration(None, gettext_lazy("the file does not say it"))
    try:
        return Declaration(CRS.from_json_dict(about["crs"]), gettext_lazy("stated in the file"))
    except CRSError:
        return Declaration(None, gettext_lazy("the file names one that is not known"))


def kind_of(kind: Any) -> Kind | None:
    """`None` for what no attribute can hold (binary)."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = (
        (pa.types.is_boolean, Kind.BOOLEAN),
        (pa.types.is_integer, Kind.INTEGER),
        (pa.types.is_floating, Kind.NUMBER),
        (pa.types.is_decimal, Kind.NUMBER),
        (pa.types.is_date, Kind.DATE),
        (pa.types.is_timestamp, Kind.DATETIME),
        (pa.types.is_nested, Kind.JSON),
        (pa.types.is_binary, None),
        (pa.types.is_large_binary, None),
    )
    return next((found for test, found in tests if test(kind)), Kind.TEXT)


def plain_array(array: ArrowArray, kind: Kind) -> ArrowArray:
    """Without dictionaries, decimals and structures; times as text, Z where they have a zone."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if kind == Kind.JSON:
        found = array.to_pylist()
        texts = [None if one is None else json.dumps(one, default=str) for one in found]
        return pa.array(texts, pa.string())
    if kind == Kind.DATETIME:
        zone = "Z" if array.type.tz else ""
        return pc.strftime(whole_seconds(array), format=f"%Y-%m-%dT%H:%M:%S{zone}")
    wanted = {Kind.NUMBER: pa.float64(), Kind.TEXT: pa.string(), Kind.DATE: pa.date32()}.get(kind)
    return array if wanted is None or array.type == wanted else array.cast(wanted)


def whole_seconds(array: ArrowArray) -> ArrowArray:
    """In UTC, without fractions where all are zero."""
    try:
        return array.cast(pa.timestamp("s", array.type.tz and "UTC"))
    except pa.ArrowInvalid:
        return array
