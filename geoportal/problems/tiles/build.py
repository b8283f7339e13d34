"""A vector tile of problems: counts by state for each cell, single points near by."""

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, Func, IntegerField, QuerySet, Value, When
from psycopg2.extensions import AsIs

from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.categories.overdue import find_overdue
from geoportal.problems.lists.filters import Row
from tiles.grid import Tile

# The side of the map is 2^30 steps of `problems_map_x` and `problems_map_y`.
WORLD_SHIFT = 30
# 2^3 cells on a side of the tile: 64 px of a tile of 512 px.
CELLS_SHIFT = 3
# From here on each problem stands by itself.
APART_ZOOM = 16
# A quarter of a cell: so clusters of neighbouring cells are at least half a cell apart.
INSET_SHIFT = 2


def build_cluster_tile(tile: Tile, problems: QuerySet[Row]) -> bytes:
    """Uncompressed MVT of these problems, each counted once; empty bytes for an empty tile."""
    with connection.cursor() as cursor:
        values = bind_cluster_tile(tile, problems)
        execute_sql(cursor, "geoportal.problems.tiles", "cluster_tile", values)
        return bytes(cursor.fetchone()[0])


def bind_cluster_tile(tile: Tile, problems: QuerySet[Row]) -> dict[str, object]:
    """What `cluster_tile.sql` binds."""
    shift = WORLD_SHIFT - tile.z
    cell_shift = shift - CELLS_SHIFT
    return {
        "problems": write_places(problems, tile),
        "left_x": tile.x << shift,
        "top_y": tile.y << shift,
        "tile_shift": shift,
        "cell_shift": cell_shift,
        "inset": 1 << (cell_shift - INSET_SHIFT),
        "apart": tile.z >= APART_ZOOM,
        "extent": settings.TILE_EXTENT_PX,
    }


def write_places(problems: QuerySet[Row], tile: Tile) -> AsIs:
    """The SELECT of id, state, map_x, map_y, is_late of these problems in the tile, with its
    values, in brackets.

    Made by the ORM, so that a tile is filtered by the very code that filters the list.
    """
    shift = WORLD_SHIFT - tile.z
    in_tile = {
        f"{name}__range": (first << shift, ((first + 1) << shift) - 1)
        for name, first in (("map_x", tile.x), ("map_y", tile.y))
    }
    selected = (
        problems.order_by()
        .annotate(
            map_x=_number("problems_map_x"),
            map_y=_number("problems_map_y"),
            is_late=Case(When(find_overdue(), then=Value(True)), default=Value(False)),
        )
        .filter(**in_tile)
        .values("id", "state", "map_x", "map_y", "is_late")
    )
    text, values = selected.query.sql_with_params()
    with connection.cursor() as cursor:
        return AsIs(f"({cursor.mogrify(text, values).decode()})")


def _number(function: str) -> Func:
    return Func(F("geom"), function=function, output_field=IntegerField())
