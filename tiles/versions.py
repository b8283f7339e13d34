"""The version of a tile of a layer: what triggers recorded of it."""

from geoportal.core.database.named_sql import write_sql
from tiles.grid import Tile

# Deeper tiles are touched with the one of this zoom that holds them.
DEEPEST_ZOOM = 14


def write_version(slug: str, tile: Tile) -> str:
    """A scalar expression of SQL, text: `TileSource.write_version` of whatever shows this layer."""
    return write_sql("tiles", "version", bind_version(slug, tile))


def bind_version(slug: str, tile: Tile) -> dict[str, object]:
    """What `version.sql` takes."""
    up = max(0, tile.z - DEEPEST_ZOOM)
    return {"layer": slug, "z": tile.z - up, "x": tile.x >> up, "y": tile.y >> up}
