"""A town of a few layers, and how its archives are read."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from mapbox_vector_tile import decode
from pmtiles.reader import MemorySource, Reader, all_tiles

from tests.browser.community import seed_community
from tests.standing import standing_world

Tiles = dict[tuple[int, int, int], bytes]


@standing_world
def standing_map_community() -> None:
    seed_community()


@pytest.fixture
def community(standing_map_community: None) -> None:
    """Public layers of every geometry type."""


def read_archive(path: Path) -> tuple[Reader, Tiles]:
    source = MemorySource(path.read_bytes())
    return Reader(source), {zxy: gzip.decompress(tile) for zxy, tile in all_tiles(source)}


def decode_features(tile: bytes) -> dict[str, dict[int, tuple[dict[str, Any], dict[str, Any]]]]:
    """By layer and id of the feature."""
    layers = decode(tile, default_options={"y_coord_down": True})
    return {
        name: {each["id"]: (each["geometry"], each["properties"]) for each in layer["features"]}
        for name, layer in layers.items()
    }
