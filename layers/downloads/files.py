"""GeoPackage and zipped Shapefile of a whole layer, written by GDAL from Arrow batches."""

import csv
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import pyarrow as pa
import pyogrio
from django.db import connection, transaction

from geoportal.core.sql import execute_sql
from layers.downloads.columns import Column, list_columns, shorten_names
from layers.downloads.text import render_cell
from layers.models import Layer, LayerField

ROWS_A_BATCH = 10_000
CRS = "EPSG:4326"
NAMES = {
    "POINT": "Point",
    "MULTIPOINT": "MultiPoint",
    "LINESTRING": "LineString",
    "MULTILINESTRING": "MultiLineString",
    "POLYGON": "Polygon",
    "MULTIPOLYGON": "MultiPolygon",
}
SHAPE_PARTS = {0: "points", 1: "lines", 2: "areas"}


@dataclass(frozen=True)
class Shape:
    """What one file holds: OGR's geometry type, one dimension or all (`None`), promoted or not."""

    type: str
    dimension: int | None = None
    placeless: int = 0
    multi: bool = False


def write_geopackage(layer: Layer, visibilities: list[str], path: Path) -> None:
    """One table named as the layer; the schema's names and types are kept."""
    types = list_geometry_types(layer, visibilities)
    one_dimension = len({dimension for dimension, _ in types}) == 1
    shape = choose_shape(types, dimension=None) if one_dimension else Shape("Unknown")
    columns = list_columns(layer)
    names = {column.name: column.name for column in columns}
    write_file(layer, visibilities, path, "GPKG", shape, names)


def write_shapefile(layer: Layer, visibilities: list[str], path: Path) -> None:
    """A zip of one Shapefile for each dimension (UTF-8 with .cpg), and `fields.csv`.

    DBF cuts what it cannot hold: names to 10 letters (`fields.csv` tells the full ones), text to
    254 bytes.
    """
    types = list_geometry_types(layer, visibilities) or [(0, "POINT")]
    dimensions = sorted({dimension for dimension, _ in types})
    names = shorten_names(list_columns(layer))
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        for dimension in dimensions:
            shape = choose_shape(types, dimension, placeless=dimensions[0])
            part = f"_{SHAPE_PARTS[dimension]}" if len(dimensions) > 1 else ""
            file = Path(folder, f"{layer.slug}{part}.shp")
            write_file(layer, visibilities, file, "ESRI Shapefile", shape, names)
        write_field_names(layer, names, Path(folder, "fields.csv"))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)


def list_geometry_types(layer: Layer, visibilities: list[str]) -> list[tuple[int, str]]:
    """(dimension, PostGIS type name) of what the layer holds."""
    with connection.cursor() as cursor:
        execute_sql(
            cursor,
            "layers",
            "geometry_types",
            {"layer": layer.pk, "visibilities": visibilities},
        )
        return [(int(dimension), str(name)) for dimension, name in cursor.fetchall()]


def choose_shape(
    types: Sequence[tuple[int, str]], dimension: int | None, placeless: int = 0
) -> Shape:
    """The narrowest OGR type for the geometries of a dimension (all: `None`)."""
    names = [name for found, name in types if dimension in (None, found)]
    if len(names) == 1 and names[0] in NAMES:
        return Shape(NAMES[names[0]], dimension, placeless)
    multi = next((name for name in names if name.startswith("MULTI")), "")
    if multi in NAMES:
        return Shape(NAMES[multi], dimension, placeless, multi=True)
    return Shape("Unknown", dimension, placeless)


def write_file(
    layer: Layer,
    visibilities: list[str],
    path: Path,
    driver: str,
    shape: Shape,
    names: dict[str, str],
) -> None:
    columns = list_columns(layer)
    fields = [pa.field(names[column.name], arrow_type(column)) for column in columns]
    geometry = pa.field("geom", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    schema = pa.schema([*fields, geometry])
    batches = read_batches(layer, visibilities, shape, columns, schema)
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    pyogrio.write_arrow(
        reader,
        path,
        layer=layer.slug if driver == "GPKG" else None,
        driver=driver,
        geometry_name="geom",
        geometry_type=shape.type,
        crs=CRS,
        encoding="UTF-8" if driver == "ESRI Shapefile" else None,
        dataset_options={"VERSION": "1.3"} if driver == "GPKG" else None,
    )


def read_batches(
    layer: Layer,
    visibilities: list[str],
    shape: Shape,
    columns: Sequence[Column],
    schema: pa.Schema,
) -> Iterator[pa.RecordBatch]:
    """The layer's rows as Arrow batches, read in one snapshot with flat memory."""
    values = {
        "layer": layer.pk,
        "visibilities": visibilities,
        "dimension": shape.dimension,
        "placeless": shape.placeless,
        "multi": shape.multi,
    }
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        execute_sql(cursor, "layers", "download_shapes", values)
        while rows := cursor.fetchmany(ROWS_A_BATCH):
            documents = [orjson.loads(document) for _, _, document in rows]
            arrays = [
                pa.array(
                    [key for key, _, _ in rows]
                    if column.field is None
                    else convert_column(column.field, documents),
                    type=schema.field(number).type,
                )
                for number, column in enumerate(columns)
            ]
            shapes = [None if wkb is None else bytes(wkb) for _, wkb, _ in rows]
            yield pa.RecordBatch.from_arrays(
                [*arrays, pa.array(shapes, pa.binary())], schema=schema
            )


def arrow_type(column: Column) -> pa.DataType:
    kind = column.field.type if column.field else LayerField.Type.TEXT
    return ARROW_TYPES.get(LayerField.Type(kind), pa.string())


def convert_column(field: LayerField, documents: Sequence[dict[str, object]]) -> list[object]:
    convert = CONVERTERS.get(LayerField.Type(field.type), convert_text)
    values = (document.get(field.name) for document in documents)
    return [None if value is None else convert(value) for value in values]


def convert_text(value: object) -> object:
    return str(render_cell(value))


def convert_date(value: object) -> object:
    return date.fromisoformat(str(value)[:10])


def convert_same(value: object) -> object:
    return value


ARROW_TYPES = {
    LayerField.Type.INTEGER: pa.int64(),
    LayerField.Type.NUMBER: pa.float64(),
    LayerField.Type.BOOLEAN: pa.bool_(),
    LayerField.Type.DATE: pa.date32(),
}
CONVERTERS: dict[str, Callable[[object], object]] = {
    LayerField.Type.INTEGER: convert_same,
    LayerField.Type.NUMBER: convert_same,
    LayerField.Type.BOOLEAN: convert_same,
    LayerField.Type.DATE: convert_date,
}


def write_field_names(layer: Layer, names: dict[str, str], path: Path) -> None:
    """What the short names of a Shapefile stand for."""
    titles = {field.name: field for field in layer.fields.all()}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["dbf_name", "name", "title_uk", "title_en", "type", "unit"])
        for name, short in names.items():
            field = titles.get(name)
            details = [field.title_uk, field.title_en, field.type, field.unit] if field else []
            writer.writerow([short, name, *details])
