"""What a layer holds that a format must know before the first row is written."""

import json
import sys
from collections.abc import Callable

import orjson
from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.geometry.coordinates import find_coordinate_fields
from layers.models import Layer, LayerField

INTEGER_MAX = 2**63 - 1
DBF_INTEGER_MAX = 10**17 - 1  # 18 letters with the sign; GDAL reads wider ones as inexact
COLLECTION = "GEOMETRYCOLLECTION"
PARTS = {0: "MULTIPOINT", 1: "MULTILINESTRING", 2: "MULTIPOLYGON"}


def list_geometry_types(layer: Layer, visibilities: list[str]) -> list[tuple[int, str]]:
    """(dimension, PostGIS type name) of what the layer holds."""
    rows = fetch("geometry_types", {"layer": layer.pk, "visibilities": visibilities})
    return [(int(str(dimension)), str(name)) for dimension, name in rows]


def list_part_types(layer: Layer, visibilities: list[str]) -> list[tuple[int, str]]:
    """As `list_geometry_types`, with collections taken apart by dimension."""
    types = list_geometry_types(layer, visibilities)
    if all(name != COLLECTION for _, name in types):
        return types
    values = {"layer": layer.pk, "visibilities": visibilities}
    parts = [int(str(dimension)) for (dimension,) in fetch("download_collections", values)]
    plain = {(dimension, name) for dimension, name in types if name != COLLECTION}
    return sorted(plain | {(dimension, PARTS[dimension]) for dimension in parts})


def list_wide_fields(
    layer: Layer, visibilities: list[str], integer_max: int = INTEGER_MAX
) -> set[str]:
    """Public fields with numbers that a typed column would refuse or round."""
    highest = {
        LayerField.Type.INTEGER: str(integer_max),
        LayerField.Type.NUMBER: repr(sys.float_info.max),
    }
    limits = {
        field.name: highest[LayerField.Type(field.type)]
        for field in layer.fields.all()
        if field.audience == "public" and field.type in highest
    }
    if not limits:
        return set()
    values = {
        "layer": layer.pk,
        "visibilities": visibilities,
        "names": list(limits),
        "limits": list(limits.values()),
    }
    return {str(name) for (name,) in fetch("download_wide_fields", values)}


def find_place_fields(layer: Layer, visibilities: list[str]) -> tuple[str, str] | None:
    """Fields of longitude and latitude that tell the place of every feature, as it is."""
    pair = find_coordinate_fields(layer.fields.all())
    if pair is None:
        return None
    values = {"layer": layer.pk, "visibilities": visibilities, "lon": pair[0], "lat": pair[1]}
    ((differ,),) = fetch("coordinates_differ", values)
    return None if differ else pair


def choose_parser(wide: set[str]) -> Callable[[str], dict[str, object]]:
    """The quick parser of JSON makes whole numbers above 2⁶⁴ inexact; the other keeps them."""
    return json.loads if wide else orjson.loads


def fetch(name: str, values: dict[str, object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", name, values)
        return list(cursor.fetchall())
