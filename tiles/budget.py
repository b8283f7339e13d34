"""A tile is built within a budget of bytes: first names are left out, then features by share."""

from collections.abc import Sequence

from django.conf import settings
from isal import isal_zlib

from tiles.grid import Tile
from tiles.sources import BuiltTile, TileSource, read_tile

DROPPED = "Tile-Dropped"
ATTEMPTS = 4
# A share of the features costs a little more than its share: keys and values are said once.
MARGIN = 0.9


def build_tile(
    tile: Tile, sources: Sequence[TileSource], *, seconds_max: float
) -> tuple[BuiltTile, dict[str, str]]:
    """The tile, and a header of what was left out of it, where anything was.

    `Tile-Dropped` is a list (RFC 9651): `attributes`, and `features` with the share `kept` of each
    layer. The same features stay at every attempt of a larger share. Raises as `read_tile` does.
    """
    built = read_tile(tile, sources, seconds_max=seconds_max)
    share = 1.0
    for attempt in range(ATTEMPTS):
        size = _weigh(built.body)
        if size <= settings.TILE_BYTES_MAX:
            break
        if attempt:
            share *= settings.TILE_BYTES_MAX / size * MARGIN
        lighter = [source.lighten(share) for source in sources]
        built = read_tile(tile, lighter, seconds_max=seconds_max)
    else:
        attempt = ATTEMPTS
    if not attempt:
        return built, {}
    features = f", features;kept={share:.3f}" if share < 1 else ""
    return built, {DROPPED: f"attributes{features}"}


def _weigh(body: bytes) -> int:
    """Compressed as quickly as can be; not at all where it is small enough as it is."""
    if len(body) <= settings.TILE_BYTES_MAX:
        return len(body)
    return len(isal_zlib.compress(body, 1))
