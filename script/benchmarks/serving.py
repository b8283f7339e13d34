"""GeoJSON pages over HTTP, against the bare SQL that makes the same bytes."""

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer
from layers.reading.items import ItemsQuery
from script.benchmarks.imports import SLUG, access_layer
from script.benchmarks.measure import Result, compare
from script.benchmarks.server import Visitor, run_server

PAGE = 10_000
TIMES = 15


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    with run_server() as visitor:
        return measure_items(visitor, layer, rows)


def measure_items(visitor: Visitor, layer: Layer, rows: int) -> list[Result]:
    path = f"/ogc/collections/{SLUG}/items?limit={PAGE}"
    query = ItemsQuery(layer=layer, visibilities=["public"], limit=PAGE)
    ours, bare = compare(lambda: visitor.get(path), lambda: run_sql(query), TIMES)
    middle = list_ids(layer)[0] + rows * 9 // 10
    deep, first = compare(
        lambda: visitor.get(f"{path}&after={middle}"), lambda: visitor.get(path), TIMES
    )
    return [
        Result(f"{PAGE} features of GeoJSON, the bare SQL", ours, bare, "≤ 2"),
        Result("a page after 90 % of the layer, the first page", deep, first, "~ 1"),
    ]


def list_ids(layer: Layer) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id), max(id) FROM layers_feature WHERE layer_id = %s", [layer.pk]
        )
        lowest, highest = cursor.fetchone()
    return int(lowest), int(highest)


def run_sql(query: ItemsQuery) -> int:
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "items", query.bind())
        return len(cursor.fetchall())
