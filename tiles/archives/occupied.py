"""The tiles that hold something, found by walking down the quad-tree."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import connection
from pmtiles.tile import zxy_to_tileid

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer
from tiles.grid import Tile

ROOT = Tile(0, 0, 0)
TILES_A_QUESTION = 2000


def walk_occupied(
    layers: Sequence[Layer], visibilities: Sequence[str], zoom_max: int
) -> Iterator[Tile]:
    """From zoom 0 down, each zoom along the Hilbert curve: the order of PMTiles.

    A tile is given where features lie, whether or not the layers show at its zoom. In memory are
    the tiles of one zoom.
    """
    level = list(ask(layers, visibilities, [ROOT]))
    while level:
        yield from level
        if level[0].z == zoom_max:
            return
        children = sorted(
            (child for tile in level for child in list_children(tile)),
            key=lambda tile: zxy_to_tileid(tile.z, tile.x, tile.y),
        )
        level = list(ask(layers, visibilities, children))


def list_children(tile: Tile) -> list[Tile]:
    x, y = tile.x * 2, tile.y * 2
    return [Tile(tile.z + 1, x + east, y + south) for south in (0, 1) for east in (0, 1)]


def ask(
    layers: Sequence[Layer], visibilities: Sequence[str], tiles: Sequence[Tile]
) -> Iterator[Tile]:
    """Those of the tiles, all of one zoom, that are occupied, in the order given."""
    for start in range(0, len(tiles), TILES_A_QUESTION):
        some = tiles[start : start + TILES_A_QUESTION]
        with connection.cursor() as cursor:
            values = {
                "layers": [layer.pk for layer in layers],
                "visibilities": list(visibilities),
                "z": some[0].z,
                "xs": [tile.x for tile in some],
                "ys": [tile.y for tile in some],
                "extent": settings.TILE_EXTENT_PX,
                "buffer": settings.TILE_BUFFER_PX,
            }
            execute_sql(cursor, "tiles", "occupied_tiles", values)
            found = set(cursor.fetchall())
        yield from (tile for tile in some if (tile.x, tile.y) in found)
