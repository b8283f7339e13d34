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
from importers.formats.gdal.texts import repair_text
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
POINT_TYPES = ("Point", "2.5D Point", "Point Z", "3D Point")


@dataclass(frozen=True)
class Table:
    """A layer of a file that GDAL opens. `names` replace GDAL's, by position.

    `encoding`: for GDAL to decode; `text_encoding`: of texts that it passes on as they are.
    `options`: the driver's, by name.
    """

    path: Path
    layer: str | None = None
    encoding: str | None = None
    names: Sequence[str] | None = None
    text_encoding: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


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
def open_table(
    table: Table, batch_size: int, *, read_geometry: bool = True
) -> Iterator[tuple[dict[str, Any], Any]]:
    """pyogrio's metadata and Arrow reader; whatever fails inside says that the file is damaged.

    Times come as text: one without a zone must stay without one.
    """
    given = {"encoding": table.encoding} if table.encoding else {}
    with catch_warnings():
        simplefilter("ignore")
        try:
            with pyogrio.open_arrow(
                table.path,
                layer=table.layer,
                batch_size=batch_size,
                use_pyarrow=True,
                read_geometry=read_geometry,
                datetime_as_string=True,
                **given,
                **table.options,
            ) as (meta, reader):
                yield meta, reader
        except READ_ERRORS as error:
            raise UnusableFile(_("The file is damaged: it cannot be read to its end.")) from error


def read_facts(table: Table, *, hidden: Sequence[str] = (), sparse: bool = False) -> TableFacts:
    """`hidden`: columns to leave out; `sparse`: also those without a value in the whole layer."""
    empty = find_empty(table) if sparse else frozenset()
    with open_table(table, 1) as (meta, reader):
        schema = reader.schema
        fields = list(meta["fields"])
        geometry = meta["geometry_name"] or "wkb_geometry"
        columns: list[SourceColumn] = []
        places: list[int] = []
        ignored: list[str] = []
        known = table.names if table.names and len(table.names) == len(fields) else fields
        for place, name in enumerate(known):
            if name in hidden or place in empty:
                continue
            kind = kind_of(
                schema.field(place), meta["ogr_types"][place], meta["ogr_subtypes"][place]
            )
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


def find_empty(table: Table) -> frozenset[int]:
    """Positions of columns in which no row has a value."""
    with open_table(table, POINTS_A_BATCH, read_geometry=False) as (meta, reader):
        empty = set(range(len(meta["fields"])))
        for batch in reader:
            empty = {place for place in empty if batch.column(place).null_count == batch.num_rows}
            if not empty:
                break
    return frozenset(empty)


def kind_of(field: Any, ogr_type: str, subtype: str) -> Kind | None:
    """`None` for what no attribute can hold (binary)."""
    kind = field.type
    if ogr_type == "OFTDateTime":
        return Kind.DATETIME
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
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return None
    return Kind.TEXT


def read_batches(table: Table, facts: TableFacts) -> Iterator[SourceBatch]:
    points = facts.geometry_type in POINT_TYPES
    first = 1
    with open_table(table, POINTS_A_BATCH if points else SHAPES_A_BATCH) as (_meta, reader):
        for batch in reader:
            values = [
                plain_array(batch.column(place), column.kind, table.text_encoding)
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


def plain_array(array: ArrowArray, kind: Kind, encoding: str = "") -> ArrowArray:
    """Without extension types, lists, decimals and bytes that are not UTF-8."""
    array = getattr(array, "storage", array)
    if kind == Kind.JSON and not pa.types.is_string(array.type):
        found = array.to_pylist()
        texts = [None if one is None else json.dumps(one, ensure_ascii=False) for one in found]
        return pa.array(texts, pa.string())
    if kind == Kind.NUMBER and not pa.types.is_floating(array.type):
        return array.cast(pa.float64())
    if kind in (Kind.TEXT, Kind.JSON, Kind.DATETIME):
        array = array if array.type == pa.string() else array.cast(pa.string())
        return repair_text(array, encoding)
    return array
