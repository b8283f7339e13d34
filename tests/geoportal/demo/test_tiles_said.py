"""What TileJSON and archives say of the tiles of the demo's town is what stands in them."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.test import Client
from mapbox_vector_tile import decode

from layers.models import Layer
from tiles.archives.occupied import walk_occupied
from tiles.archives.writing import describe_layer, show_at_last
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.sources import read_tile

pytestmark = pytest.mark.django_db
PUBLIC = ("public",)
NEAREST = 14
# Of each zoom so many tiles, spread over the town.
TILES_A_ZOOM = 2
TYPES = {"String": str, "Number": (int, float), "Boolean": bool}


def list_some(layer: Layer) -> Iterator[Tile]:
    by_zoom = defaultdict(list)
    for tile in walk_occupied([layer], PUBLIC, NEAREST):
        by_zoom[tile.z].append(tile)
    for tiles in by_zoom.values():
        yield from tiles[:: max(1, len(tiles) // TILES_A_ZOOM)]


def compare(said, layer: Layer, source: LayerSource) -> set[str]:
    """Each layer of each tile is said, with its zoom and fields; the names that were seen."""
    by_name = {each["id"]: each for each in said}
    found = set()
    for tile in list_some(layer):
        for name, part in decode(read_tile(tile, [source]).body).items():
            where = (name, tile)
            assert name in by_name, where
            described = by_name[name]
            assert described["minzoom"] <= tile.z <= described["maxzoom"], where
            for feature in part["features"]:
                for field, value in feature["properties"].items():
                    assert isinstance(value, TYPES[described["fields"][field]]), (*where, field)
            found.add(name)
    return found


def test_tilejson_and_archives_say_what_tiles_hold(lived_town):
    client = Client()
    layers = Layer.objects.filter(visibility="public", archived_at=None)
    seen = set()
    for layer in layers.select_related("state").prefetch_related("fields"):
        said = client.get(f"/tiles/{layer.slug}.json").json()["vector_layers"]
        seen |= compare(said, layer, LayerSource(layer, PUBLIC))
        drawn = show_at_last(layer)
        archived = describe_layer(layer, PUBLIC).metadata["vector_layers"]
        compare(archived, drawn, LayerSource(drawn, PUBLIC, counted_to=NEAREST - 1))
    kinds = {name.partition(".")[2] for name in seen}
    assert kinds == {"", "clusters", "labels"}
