"""Plans of the statements of which tiles are made."""

from django.db import connection

from tests.house.explaining import Town, explain, places_of
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.versions import bind_version

MANY_TOUCHES = """
    INSERT INTO tiles_touch (layer_id, z, x, y, n, touched_at, xact)
    SELECT %s, z, 9500 + n %% 100, 5500 + n %% 90, 1, now(), 5
    FROM generate_series(0, 14) AS z, generate_series(1, 4000) AS n
"""


def plan_occupied_tiles(town: Town) -> None:
    tile = Tile(16, 38_248, 22_131)
    values = LayerSource(town.points, ("public",)).bind(tile)
    asked = values | {"layers": [town.points.pk], "xs": [tile.x], "ys": [tile.y]}
    assert places_of(town.points) in explain("tiles", "occupied_tiles", asked)


NEAR_TILE, FAR_TILE = Tile(16, 38_248, 22_131), Tile(14, 9562, 5533)


def plan_tile(town: Town) -> None:
    values = LayerSource(town.points, ("public",)).bind(NEAR_TILE)
    assert places_of(town.points) in explain("tiles", "tile", values)


def plan_rows_near(town: Town) -> None:
    values = LayerSource(town.points, ("public",)).bind_rows(NEAR_TILE)
    assert places_of(town.points) in explain("tiles", "rows_near", values)


def plan_rows_far(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tiles_cell, tiles_shape")
    values = LayerSource(town.points, ("public",)).bind_rows(FAR_TILE)
    plan = explain("tiles", "rows_far", values)
    assert places_of(town.points) in plan
    assert "tiles_cell_of_layer" in plan
    areas = LayerSource(town.areas, ("public",)).bind_rows(Tile(11, 1195, 691))
    assert "tiles_shapes_of_band" in explain("tiles", "rows_far", areas)


def plan_left_out(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tiles_shape")
    areas = LayerSource(town.areas, ("public",)).bind_rows(Tile(11, 1195, 691))
    assert "tiles_shapes_of_band" in explain("tiles", "left_out", areas)


def plan_clusters(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tiles_cell")
    values = LayerSource(town.points, ("public",)).bind_clusters(FAR_TILE)
    assert "tiles_cell_of_layer" in explain("tiles", "clusters", values)


def plan_classes(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tiles_cell")
    values = {"layer": town.points.pk, "visibilities": ["public"], "most": 9}
    assert "tiles_cell_of_layer" in explain("tiles", "classes", values)


def plan_version(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MANY_TOUCHES, [town.points.pk])
        cursor.execute("ANALYZE tiles_touch")
    plan = explain("tiles", "version", bind_version(town.points.slug, Tile(16, 38_248, 22_131)))
    assert '"Index Only Scan"' in plan
    assert "tiles_touch_of_tile" in plan


def plan_changes(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (since,) = cursor.fetchone()
        cursor.execute(MANY_TOUCHES, [town.points.pk])
        cursor.execute("ANALYZE tiles_touch")
    values = {"since": since, "layers": [town.points.pk], "most": 9}
    assert "tiles_touch_of_xact" in explain("tiles", "changes", values)


TILE_PLANS = {
    name.removeprefix("plan_"): plan for name, plan in globals().items() if name.startswith("plan_")
}
