"""Tiles into a PMTiles file (version 3): in the order of the Hilbert curve, gzip, each once.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

import tempfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from isal import igzip
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

from geoportal.core.database.snapshot import snapshot
from layers.models import Layer
from tiles.archives.describing import COUNTED_TO, Description, describe
from tiles.archives.occupied import walk_occupied
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.sources import read_tile

# Half a metre: clients enlarge what they are given beyond it. Layers that are shown from a higher
# zoom on are in the tiles of this one.
ZOOM_MAX = 14
# Tiles are written once and read often.
GZIP_LEVEL = 3


@dataclass(frozen=True)
class Written:
    """How many tiles an archive holds, and at which zooms."""

    tiles: int
    zoom_min: int
    zoom_max: int


def write_layer(layer: Layer, visibilities: Sequence[str], path: Path) -> Written:
    """The features of these visibilities, in one snapshot; `state` and fields are loaded."""
    with snapshot():
        description = describe_layer(layer, visibilities)
        drawn = show_at_last(layer)
        source = LayerSource(drawn, tuple(visibilities), counted_to=COUNTED_TO)
        zoom_max = description.zoom_max
        tiles = (
            (tile, compress(content))
            for tile in walk_occupied([layer], visibilities, zoom_max)
            if (content := read_tile(tile, [source]).body)
        )
        return write_tiles(path, tiles, description)


def describe_layer(layer: Layer, visibilities: Sequence[str]) -> Description:
    drawn = show_at_last(layer)
    zoom_max = min(ZOOM_MAX, drawn.max_zoom)
    return describe([drawn], visibilities, name=layer.title_uk, zoom_max=zoom_max)


def show_at_last(layer: Layer) -> Layer:
    """The layer as an archive holds it: at its highest zoom, if at no other."""
    if layer.min_zoom <= ZOOM_MAX:
        return layer
    drawn = copy(layer)
    drawn.min_zoom = ZOOM_MAX
    return drawn


def compress(content: bytes) -> bytes:
    """The same bytes for the same content: the time that gzip can hold is left out."""
    return igzip.compress(content, compresslevel=GZIP_LEVEL, mtime=0)


EMPTY = compress(b"")


def write_tiles(
    path: Path, tiles: Iterable[tuple[Tile, bytes]], description: Description
) -> Written:
    """`tiles` in the order of their numbers, compressed; an archive of none has one empty tile.

    PMTiles has no empty directory. In memory are the entries, some hundred bytes a tile; the tiles
    themselves wait in a file beside `path`.
    """
    with path.open("wb") as target, tempfile.TemporaryFile(dir=path.parent) as waiting:
        writer = Writer(target)
        # By itself it takes the system's folder, which may be memory.
        writer.tile_f.close()
        writer.tile_f = waiting
        for tile, content in tiles:
            writer.write_tile(zxy_to_tileid(tile.z, tile.x, tile.y), content)
        if not writer.tile_entries:
            writer.write_tile(0, EMPTY)
        head = description.build_head()
        writer.finalize(head, description.metadata)
        return Written(
            tiles=writer.addressed_tiles,
            zoom_min=head["min_zoom"],  # type: ignore[arg-type]  # the writer has put it there
            zoom_max=head["max_zoom"],  # type: ignore[arg-type]
        )
