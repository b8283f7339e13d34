"""Tiles as tests read them."""

import math
from collections import Counter

from mapbox_vector_tile import decode

from layers.models import Layer
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.sources import read_tile

COUNT = "_count"


def find_tile(z, lon, lat):
    """The tile of a zoom that holds this place."""
    side = 2**z
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return Tile(z, int((lon + 180) / 360 * side), int(row * side))


def read_layers(layer: Layer, tile: Tile, visibilities=("public",)):
    """Features by layer of the tile."""
    body = read_tile(tile, [LayerSource(layer, visibilities)]).body
    layers = decode(body, default_options={"y_coord_down": True})
    return {name: each["features"] for name, each in layers.items()}


def count_points(layer: Layer, tile: Tile, visibilities=("public",)) -> Counter[str]:
    """How many points the tile stands for: drawn and counted; those in clusters by class too."""
    found = read_layers(layer, tile, visibilities)
    counts = Counter(drawn=len(found.get(layer.slug, [])))
    for cluster in found.get(f"{layer.slug}.clusters", []):
        for name, n in cluster["properties"].items():
            counts[name] += n
    counts["all"] = counts["drawn"] + counts[COUNT]
    return counts
