"""A tile is built within a budget of bytes: first names are left out, then features by share.

What is left out is said, of that too which lies beyond the number of shapes that a tile draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from isal import isal_zlib

from tiles.grid import Tile
from tiles.sources import BuiltTile, TileSource, read_tile

DROPPED, BUILT = "Tile-Dropped", "Tile-Built"
ATTEMPTS = 4
# A share of the features costs a little more than its share: keys and values are said once.
MARGIN = 0.9


@dataclass(frozen=True)
class Dropped:
    """`attributes`: those that nothing is drawn by; `kept`: the share of features drawn one by one,
    0 to 1; `left_out`: numbers of shapes by source. The first two hold for all of its layers.
    """

    attributes: bool
    kept: float
    left_out: tuple[int, ...]

    def __bool__(self) -> bool:
        return self.attributes or any(self.left_out)

    def write_header(self, names: Sequence[str]) -> str:
        """A list (RFC 9651): `attributes`, `features` with the share `kept`, and for each layer
        with too many lines and areas `shapes` with how many are not there.
        """
        parts = ["attributes"] if self.attributes else []
        parts += [f"features;kept={self.kept:.3f}"] if self.kept < 1 else []
        parts += [
            f'shapes;layer="{name}";left={count}'
            for name, count in zip(names, self.left_out, strict=True)
            if count
        ]
        return ", ".join(parts)


def build_tile(
    tile: Tile, sources: Sequence[TileSource], *, seconds_max: float
) -> tuple[BuiltTile, Dropped]:
    """The tile, and what was left out of it.

    The same features stay at every attempt of a larger share. Raises as `read_tile` does.
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
    return built, Dropped(attempt > 0, share, built.left_out)


def _weigh(body: bytes) -> int:
    """Compressed as quickly as can be; not at all where it is small enough as it is."""
    if len(body) <= settings.TILE_BYTES_MAX:
        return len(body)
    return len(isal_zlib.compress(body, 1))
