"""Archives of layers into one of the whole map, without asking the database again."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from isal import igzip
from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import zxy_to_tileid

from tiles.archives.describing import Description
from tiles.archives.writing import EMPTY, Written, compress, write_tiles
from tiles.grid import Tile

Numbered = tuple[int, int, Tile, bytes]


def write_merged(sources: Sequence[Path], description: Description, path: Path) -> Written:
    """Layers of a tile are put one after another (MVT 2.1, 4.1), in the order of the sources."""
    with ExitStack() as opened:
        files = [opened.enter_context(source.open("rb")) for source in sources]
        ordered = merge(
            *(read_tiles(number, file) for number, file in enumerate(files)),
            key=lambda each: each[:2],
        )
        tiles = (
            join([(tile, content) for _number, _place, tile, content in of_tile])
            for _number, of_tile in groupby(ordered, key=lambda each: each[0])
        )
        return write_tiles(path, tiles, description)


def read_tiles(place: int, file: BinaryIO) -> Iterator[Numbered]:
    """Number of the tile, place of the source, the tile, its bytes; as the file has them."""
    for (z, x, y), content in all_tiles(MmapSource(file)):
        if content != EMPTY:
            yield zxy_to_tileid(z, x, y), place, Tile(z, x, y), content


def join(parts: Sequence[tuple[Tile, bytes]]) -> tuple[Tile, bytes]:
    """Of one tile; what stands alone is taken as it is."""
    tile, content = parts[0]
    if len(parts) == 1:
        return tile, content
    return tile, compress(b"".join(igzip.decompress(part) for _tile, part in parts))
