"""Tiles stay within their budget of bytes, and say what they left out."""

import pytest
from django.test import Client
from mapbox_vector_tile import decode

from tests.tiles.test_tiles import grove, tile_url

pytestmark = pytest.mark.django_db
__all__ = ["grove"]


def ask(settings, bytes_max):
    settings.TILE_BYTES_MAX = bytes_max
    response = Client().get(tile_url())
    return response, decode(response.content)["trees"]["features"]


def test_a_light_tile_drops_nothing(grove, settings):
    response, features = ask(settings, 300_000)
    assert "Tile-Dropped" not in response.headers
    assert {"species"} < set(features[0]["properties"])


def test_a_heavy_tile_drops_names_first(grove, settings):
    whole = len(Client().get(tile_url()).content)
    settings.DATA_DIR = settings.DATA_DIR / "other"
    response, features = ask(settings, 600)
    assert response["Tile-Dropped"].startswith("attributes")
    assert len(response.content) < whole
    assert set(features[0]["properties"]) == {"_key"}


def test_a_tile_that_is_still_too_heavy_keeps_a_share_of_its_features(grove, settings):
    response, features = ask(settings, 250)
    assert "features;kept=0." in response["Tile-Dropped"]
    assert 0 < len(features) < 40
