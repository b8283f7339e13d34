"""GeoPackage and zipped Shapefile of a whole layer, written by GDAL from Arrow batches."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from django.db import connection, transaction

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.words.csv_text import CsvText
from layers.downloads.columns import (
    GDAL_RESERVED,
    Column,
    escape_names,
    free_name,
    list_columns,
    shorten_names,
)
from layers.downloads.contents import (
    DBF_INTEGER_MAX,
    INTEGER_MAX,
    choose_parser,
    list_geometry_types,
    list_part_types,
    list_wide_fields,
)
from layers.downloads.text import render_cell
from layers.models import Feature, Layer, LayerField

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
    """One table named as the layer; the schema's names and types are kept.

    SQLite does not tell names apart by the case of letters: `escape_names` does.
    """
    shape = choose_table_shape(layer, visibilities)
    write_file(layer, visibilities, path, "GPKG", shape, escape_names(list_columns(layer)))


def write_flatgeobuf(layer: Layer, visibilities: list[str], path: Path) -> None:
    """Names and types as in the schema, but for days, which become times; sorted by place.

    The format indexes only layers in which each feature has a place.
    """
    shape = choose_table_shape(layer, visibilities)
    without_place = Feature.objects.filter(
        layer=layer, visibility__in=visibilities, geom__isnull=True
    )
    options = {"SPATIAL_INDEX": "NO" if without_place.exists() else "YES"}
    names = escape_names(list_columns(layer), GDAL_RESERVED)
    write_file(layer, visibilities, path, "FlatGeobuf", shape, names, options)


def write_shapefile(layer: Layer, visibilities: list[str], path: Path) -> None:
    """A zip of one Shapefile for each dimension (UTF-8 with .cpg), and `fields.csv`.

    A feature that is a collection is in each Shapefile that a part of it belongs to.

    DBF cuts what it cannot hold: names to 10 letters (`fields.csv` tells the full ones), text to
    254 bytes.
    """
    types = list_part_types(layer, visibilities) or [(0, "POINT")]
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


def choose_table_shape(layer: Layer, visibilities: list[str]) -> Shape:
    """For a file that takes every geometry: its one type where there is one, else none."""
    types = list_geometry_types(layer, visibilities)
    one_dimension = len({dimension for dimension, _ in types}) == 1
    plain = one_dimension and all(name in NAMES for _, name in types)
    return choose_shape(types, dimension=None) if plain else Shape("Unknown")


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
    layer_options: dict[str, str] | None = None,
) -> None:
    """`names`: of the file's columns; columns with numbers too wide for the format are text."""
    import pyogrio  # noqa: PLC0415 - loads geopandas and pandas: only for who writes a file

    table, dbf = driver == "GPKG", driver == "ESRI Shapefile"
    columns = list_columns(layer)
    wide = list_wide_fields(layer, visibilities, DBF_INTEGER_MAX if dbf else INTEGER_MAX)
    fields = [pa.field(names[column.name], arrow_type(column, wide)) for column in columns]
    geometry = free_name("geom", names.values())
    fid = free_name("fid", [*names.values(), geometry])
    binary = pa.field(geometry, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    schema = pa.schema([*fields, binary])
    batches = read_batches(layer, visibilities, shape, columns, schema, choose_parser(wide))
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    pyogrio.write_arrow(
        reader,
        path,
        layer=None if dbf else layer.slug,
        driver=driver,
        geometry_name=geometry,
        geometry_type=shape.type,
        crs=CRS,
        encoding="UTF-8" if dbf else None,
        dataset_options={"VERSION": "1.3"} if table else None,
        layer_options={"FID": fid, "GEOMETRY_NAME": geometry} if table else layer_options,
    )


def read_batches(
    layer: Layer,
    visibilities: list[str],
    shape: Shape,
    columns: Sequence[Column],
    schema: pa.Schema,
    parse: Callable[[str], dict[str, object]],
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
            documents = [parse(document) for _, _, document in rows]
            arrays = [
                pa.array([key for key, _, _ in rows], pa.string())
                if column.field is None
                else convert_column(column.field, documents, schema.field(number).type)
                for number, column in enumerate(columns)
            ]
            shapes = [None if wkb is None else bytes(wkb) for _, wkb, _ in rows]
            yield pa.RecordBatch.from_arrays(
                [*arrays, pa.array(shapes, pa.binary())], schema=schema
            )


def arrow_type(column: Column, wide: set[str]) -> pa.DataType:
    if column.field is None or column.field.name in wide:
        return pa.string()
    return ARROW_TYPES.get(LayerField.Type(column.field.type), pa.string())


def convert_column(
    field: LayerField, documents: Sequence[dict[str, object]], kind: pa.DataType
) -> pa.Array:
    convert = CONVERTERS.get(kind, convert_text)
    values = (document.get(field.name) for document in documents)
    return pa.array([None if value is None else convert(value) for value in values], kind)


def convert_text(value: object) -> object:
    return str(render_cell(value))


def convert_date(value: object) -> object:
    return date.fromisoformat(str(value)[:10])


def convert_number(value: object) -> object:
    """Arrow refuses whole numbers above 2⁵³ as floating ones unless they are floats already."""
    return float(value) if isinstance(value, int) else value


def convert_same(value: object) -> object:
    return value


ARROW_TYPES = {
    LayerField.Type.INTEGER: pa.int64(),
    LayerField.Type.NUMBER: pa.float64(),
    LayerField.Type.BOOLEAN: pa.bool_(),
    LayerField.Type.DATE: pa.date32(),
}
CONVERTERS: dict[pa.DataType, Callable[[object], object]] = {
    pa.int64(): convert_same,
    pa.float64(): convert_number,
    pa.bool_(): convert_same,
    pa.date32(): convert_date,
}


def write_field_names(layer: Layer, names: dict[str, str], path: Path) -> None:
    """What the short names of a Shapefile stand for."""
    titles = {field.name: field for field in layer.fields.all()}
    text = CsvText()
    text.write(["dbf_name", "name", "title_uk", "title_en", "type", "unit"])
    for name, short in names.items():
        field = titles.get(name)
        details = [field.title_uk, field.title_en, field.type, field.unit] if field else []
        text.write([short, name, *details])
    path.write_bytes(text.take())
