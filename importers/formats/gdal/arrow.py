"""What GDAL reads through Arrow, as the importer's columns and batches."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import pyarrow as pa
import pyogrio
from django.utils.translation import gettext as _
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from importers.errors import UnusableFile
from importers.sources import (
    POINTS_A_BATCH,
    SHAPES_A_BATCH,
    ArrowArray,
    Kind,
    RecordBatch,
    SourceBatch,
    SourceColumn,
)

# What GDAL finds strange is told to the user as issues of rows; its own log is for nobody.
logging.getLogger("pyogrio").setLevel(logging.CRITICAL)
READ_ERRORS = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    FieldError,
    GeometryError,
    pa.ArrowException,
    OSError,
    UnicodeDecodeError,
)


@dataclass(frozen=True)
class Table:
    """A layer of a file that GDAL opens. `names` replace GDAL's, by position.

    `gdal`: its configuration options while the file is open, by name.
    """

    path: Path
    layer: str | None = None
    encoding: str | None = None
    names: Sequence[str] | None = None
    gdal: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class TableFacts:
    """What GDAL tells of a table. `places`: positions of usable columns among GDAL's."""

    crs: str | None
    geometry_type: str | None
    geometry_name: str
    columns: tuple[SourceColumn, ...]
    places: tuple[int, ...]
    ignored: tuple[str, ...]


@contextmanager
def configured(options: Mapping[str, bool]) -> Iterator[None]:
    """GDAL's options are of the whole process; these concern one driver each."""
    pyogrio.set_gdal_config_options(dict(options))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))


@contextmanager
def open_table(table: Table, batch_size: int) -> Iterator[tuple[dict[str, Any], Any]]:
    """pyogrio's metadata and Arrow reader; whatever fails inside says that the file is damaged."""
    given = {"encoding": table.encoding} if table.encoding else {}
    with catch_warnings(), configured(table.gdal):
        simplefilter("ignore")
        try:
            with pyogrio.open_arrow(
                table.path, layer=table.layer, batch_size=batch_size, use_pyarrow=True, **given
            ) as (meta, reader):
                yield meta, reader
        except READ_ERRORS as error:
            raise UnusableFile(_("The file is damaged: it cannot be read to its end.")) from error


def read_facts(table: Table) -> TableFacts:
    with open_table(table, 1) as (meta, reader):
        schema = reader.schema
        fields = list(meta["fields"])
        geometry = meta["geometry_name"] or "wkb_geometry"
        columns: list[SourceColumn] = []
        places: list[int] = []
        ignored: list[str] = []
        known = table.names if table.names and len(table.names) == len(fields) else fields
        for place, name in enumerate(known):
            kind = kind_of(schema.field(place), str(meta["ogr_subtypes"][place]))
            if kind is None:
                ignored.append(str(name))
            else:
                columns.append(SourceColumn(str(name), kind, len(columns)))
                places.append(place)
    return TableFacts(
        crs=meta["crs"],
        geometry_type=meta["geometry_type"],
        geometry_name=geometry if geometry in schema.names else "",
        columns=tuple(columns),
        places=tuple(places),
        ignored=tuple(ignored),
    )


def kind_of(field: Any, subtype: str) -> Kind | None:
    """`None` for what no attribute can hold (binary)."""
    kind = field.type
    if subtype == "OFSTJSON" or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return Kind.JSON
    if pa.types.is_boolean(kind):
        return Kind.BOOLEAN
    if pa.types.is_integer(kind):
        return Kind.INTEGER
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return Kind.NUMBER
    if pa.types.is_date(kind):
        return Kind.DATE
    if pa.types.is_timestamp(kind):
        return Kind.DATETIME
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return None
    return Kind.TEXT


def read_batches(table: Table, facts: TableFacts) -> Iterator[SourceBatch]:
    points = facts.geometry_type in ("Point", "2.5D Point", "Point Z", "3D Point")
    first = 1
    with open_table(table, POINTS_A_BATCH if points else SHAPES_A_BATCH) as (_meta, reader):
        for batch in reader:
            values = [
                plain_array(batch.column(place), column.kind)
                for place, column in zip(facts.places, facts.columns, strict=True)
            ]
            rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
            first += batch.num_rows
            yield SourceBatch(rows, values, read_wkb(batch, facts.geometry_name))


def read_wkb(batch: RecordBatch, name: str) -> ArrowArray:
    if not name:
        return pa.nulls(batch.num_rows, pa.binary())
    # The geometry comes last; an attribute may have its name.
    array = batch.column(batch.num_columns - 1)
    array = getattr(array, "storage", array)
    return array if array.type == pa.binary() else array.cast(pa.binary())


def plain_array(array: ArrowArray, kind: Kind) -> ArrowArray:
    """Without extension types, lists, decimals and bytes that are not UTF-8."""
    array = getattr(array, "storage", array)
    if kind == Kind.JSON and not pa.types.is_string(array.type):
        found = array.to_pylist()
        texts = [None if one is None else json.dumps(one, ensure_ascii=False) for one in found]
        return pa.array(texts, pa.string())
    if kind == Kind.NUMBER and not pa.types.is_floating(array.type):
        return array.cast(pa.float64())
    if kind in (Kind.TEXT, Kind.JSON):
        array = array if array.type == pa.string() else array.cast(pa.string())
        return repair_text(array)
    return array


def repair_text(array: ArrowArray) -> ArrowArray:
    """Text that was cut inside a letter, or never was UTF-8, with � for what cannot be read."""
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        raw = array.cast(pa.binary()).to_pylist()
        texts = [None if text is None else text.decode("utf-8", "replace") for text in raw]
        return pa.array(texts, pa.string())
    return array
