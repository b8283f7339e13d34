"""Tiles stay within their budget of bytes, and say what they left out."""

import pytest
import shapely
from django.test import Client
from mapbox_vector_tile import decode

from layers.models import Changeset, Feature, Layer
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.tiles.decoding import find_tile
from tests.tiles.test_tiles import X, Y, Z, grove, tile_url
from tiles import layer_source
from tiles.grid import Tile
from tiles.heavy import drop_outdated, list_heavy, summarise_drops
from tiles.models import HeavyTile

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


@pytest.fixture
def quarter(make_layer, monkeypatch):
    """Thirty areas, of which tiles from afar draw ten; five of them only staff see."""
    monkeypatch.setattr(layer_source, "SHAPES_A_TILE", 10)
    areas = make_layer("quarter", geometry_type="polygon")
    rows = [
        StagedRow(
            str(n), shapely.box(30 + n / 100, 50, 30.009 + n / 100 - n / 1e4, 50.01).wkb_hex, "{}"
        )
        for n in range(30)
    ]
    apply_changeset(layer=areas, rows=rows, kind=Changeset.Kind.IMPORT)
    hidden = Feature.objects.filter(layer=areas, key__in=["25", "26", "27", "28", "29"])
    hidden.update(visibility="staff")
    return areas


def list_all():
    slugs = list(Layer.objects.values_list("slug", flat=True))
    return list_heavy(slugs, slugs)


def test_shapes_beyond_the_number_of_a_tile_are_said_to_be_left_out(quarter):
    tile = find_tile(8, 30.1, 50)
    response = Client().get(tile_url("quarter", tile.z, tile.x, tile.y))
    assert len(decode(response.content)["quarter"]["features"]) == 10
    assert response["Tile-Dropped"] == 'shapes;layer="quarter";left=15'
    (heavy,) = list_all()
    assert (heavy.tile, heavy.names, heavy.for_visitors) == (tile, ("quarter",), True)
    assert heavy.shapes_left == {"quarter": 15}


def test_the_number_holds_for_each_layer_of_a_tile(quarter, grove):
    tile = find_tile(8, 30.1, 50)
    response = Client().get(tile_url("trees,quarter", tile.z, tile.x, tile.y))
    assert response["Tile-Dropped"] == 'shapes;layer="quarter";left=15'


def test_what_a_tile_left_out_is_remembered_while_it_stands(grove, settings):
    response, _features = ask(settings, 250)
    (heavy,) = list_all()
    assert heavy.tile == Tile(Z, X, Y)
    assert heavy.dropped.attributes
    assert f"kept={heavy.dropped.kept:.3f}" in response["Tile-Dropped"]
    zipped = Client(headers={"accept-encoding": "gzip"}).get(tile_url())
    assert heavy.size_bytes == int(zipped["Content-Length"])
    assert zipped["Tile-Dropped"] == response["Tile-Dropped"]
    assert response["Tile-Built"].startswith("@")
    (drops,) = summarise_drops("trees", list_all())
    assert (drops.z, drops.tiles, drops.without_attributes, drops.left_out) == (Z, 1, 1, 0)
    Client().get(tile_url())
    assert HeavyTile.objects.count() == 1
    assert drop_outdated() == 0


def test_it_is_forgotten_when_the_tile_changes_and_not_when_another_does(grove, settings):
    ask(settings, 250)
    in_tile = decode(Client().get(tile_url()).content)["trees"]["features"][0]["id"]
    trees = Feature.objects.filter(layer=grove)
    furthest = max(trees, key=lambda tree: tree.geom.x)
    trees.filter(pk=furthest.pk).update(properties={"species": "Ясен"})
    assert len(list_all()) == 1
    trees.filter(pk=in_tile).update(properties={"species": "Ясен"})
    assert list_all() == []
    assert drop_outdated() == 1
    assert not HeavyTile.objects.exists()


def test_it_is_forgotten_when_the_layer_is_described_anew(grove, settings):
    ask(settings, 250)
    Layer.objects.get(pk=grove.pk).save()
    assert list_all() == []


def test_tiles_with_layers_that_are_not_open_are_not_told(grove, make_layer, settings):
    make_layer("others")
    settings.TILE_BYTES_MAX = 250
    Client().get(tile_url("trees,others"))
    assert [each.names for each in list_heavy(["trees"], ["trees", "others"])] == [
        ("trees", "others")
    ]
    assert list_heavy(["trees"], ["trees"]) == []
    assert list_heavy(["others"], ["trees", "others"]) != []


def test_a_light_tile_is_not_remembered(grove, settings):
    ask(settings, 300_000)
    assert list_all() == []
