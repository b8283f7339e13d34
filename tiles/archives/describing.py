"""What an archive says of itself: the metadata and the head of PMTiles (version 3)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pmtiles.tile import Compression, TileType

from layers.models import Layer
from layers.reading.summary import get_summary
from tiles.tilejson import build_tilejson
from tiles.vector_layers import build_vector_layers

WORLD_PX = 512
# What a map on a page is at least as wide as, for the zoom at which all of it is seen.
SEEN_PX = 512
E7 = 10_000_000
# Maps enlarge tiles of the last zoom: there each point is drawn.
COUNTED_TO = 13
Head = dict[str, object]


@dataclass(frozen=True)
class Description:
    """`metadata` is the JSON document; `bounds`: west, south, east, north in degrees."""

    metadata: dict[str, object]
    bounds: tuple[float, float, float, float]
    zoom_max: int

    def build_head(self) -> Head:
        """What the writer does not find out itself; PMTiles counts in 10⁻⁷ degrees."""
        west, south, east, north = (round(degrees * E7) for degrees in self.bounds)
        return {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": west,
            "min_lat_e7": south,
            "max_lon_e7": east,
            "max_lat_e7": north,
            "center_zoom": min(self.zoom_max, find_zoom(self.bounds)),
            "center_lon_e7": (west + east) // 2,
            "center_lat_e7": (south + north) // 2,
        }


def describe(
    layers: Sequence[Layer], visibilities: Sequence[str], *, name: str, zoom_max: int
) -> Description:
    """As TileJSON says it, without addresses; the layers have their `state` and fields loaded."""
    parts = [(layer, visibilities, get_summary(layer, list(visibilities))) for layer in layers]
    said = build_tilejson("", parts)
    bounds = cast("list[float]", said["bounds"])
    metadata = {
        "name": name,
        "type": "overlay",
        "format": "pbf",
        "attribution": said["attribution"],
        "vector_layers": [
            part
            for layer in layers
            for part in build_vector_layers(
                layer, visibilities, zoom_max=zoom_max, counted_to=COUNTED_TO
            )
        ],
    }
    return Description(metadata, (bounds[0], bounds[1], bounds[2], bounds[3]), zoom_max)


def find_zoom(bounds: tuple[float, float, float, float]) -> int:
    """The highest whole zoom at which the breadth is seen at once."""
    breadth = max(bounds[2] - bounds[0], 1e-6)
    return max(0, math.floor(math.log2(360 * SEEN_PX / (WORLD_PX * breadth))))
