"""A vector tile of one or several layers, built by PostGIS in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from psycopg2 import sql

from geoportal.core.database.named_sql import load_sql
from layers.models import Layer
from tiles.grid import Tile


@dataclass(frozen=True)
class TileLayer:
    """A layer as one actor sees it; its `state` is loaded."""

    layer: Layer
    visibilities: tuple[str, ...]


def build_tile(tile: Tile, parts: Sequence[TileLayer]) -> bytes:
    """Uncompressed MVT of the layers that show at this zoom; empty bytes for an empty tile.

    Layers of a tile are simply put one after another (MVT 2.1, 4.1), so each is a subquery of
    one statement and all of them are read in one snapshot.
    """
    shown = [part for part in parts if part.layer.min_zoom <= tile.z <= part.layer.max_zoom]
    if not shown:
        return b""
    with connection.cursor() as cursor:
        subqueries = [
            cursor.mogrify(load_sql("tiles", "tile"), bind_tile(tile, part)).decode()
            for part in shown
        ]
        statement = sql.SQL(" || ").join(sql.SQL("({})").format(sql.SQL(q)) for q in subqueries)
        cursor.execute(sql.SQL("SELECT {}").format(statement).as_string(cursor.cursor))
        return bytes(cursor.fetchone()[0])


def bind_tile(tile: Tile, part: TileLayer) -> dict[str, object]:
    """What `tile.sql` binds."""
    return {
        "layer": part.layer.pk,
        "name": part.layer.slug,
        "visibilities": list(part.visibilities),
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
        "extent": settings.TILE_EXTENT_PX,
        "buffer": settings.TILE_BUFFER_PX,
    }
