"""GeoJSON pages and tiles over HTTP, against the bare SQL that makes the same bytes."""

import math
from itertools import cycle

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer
from layers.reading.items import ItemsQuery
from script.benchmarks.imports import SLUG, access_layer
from script.benchmarks.measure import Result, compare
from script.benchmarks.server import Visitor, run_server
from tiles.grid import Tile
from tiles.layer_source import LayerSource

PAGE = 10_000
TIMES = 15


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    with run_server() as visitor:
        return [
            *measure_items(visitor, layer, rows),
            measure_tile(visitor, layer, 14, "≤ 1.1"),
            measure_tile(visitor, layer, 16, "≤ 1.1"),
            measure_not_modified(visitor),
        ]


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


def measure_tile(visitor: Visitor, layer: Layer, z: int, target: str) -> Result:
    """Another tile each time; nothing keeps tiles, so each is built."""
    tiles = cycle(list_tiles(z))
    asked = cycle(list_tiles(z))
    source = LayerSource(layer, ("public",))

    def ask() -> None:
        tile = next(asked)
        visitor.get(f"/tiles/{SLUG}/{tile.z}/{tile.x}/{tile.y}.mvt", Accept_Encoding="gzip")

    def build() -> None:
        with connection.cursor() as cursor:
            execute_sql(cursor, "tiles", "tile", source.bind(next(tiles)))
            cursor.fetchone()

    ours, bare = compare(ask, build, 4 * TIMES)
    return Result(f"a cold z{z} tile over HTTP, bare ST_AsMVT", ours, bare, target)


def list_tiles(z: int) -> list[Tile]:
    """Tiles inside the town."""
    size = 2**z
    x = int((30.1 + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(math.radians(50.1))) / math.pi) / 2 * size)
    return [Tile(z, x + across, y + down) for across in (-1, 0, 1) for down in (-1, 0, 1)]


def measure_not_modified(visitor: Visitor) -> Result:
    tile = list_tiles(14)[4]
    path = f"/tiles/{SLUG}/{tile.z}/{tile.x}/{tile.y}.mvt"
    tag = visitor.get(path)[2]
    ours, empty = compare(
        lambda: visitor.get(path, If_None_Match=tag), lambda: visitor.get("/livez"), 20 * TIMES
    )
    note = f"{(ours - empty) * 1000:+.2f} ms (≤ 1)"
    return Result("304 for a tile, an empty answer", ours, empty, "", note)
