"""Tiles hold exactly the features that SQL says, and are not built twice for one version."""

import gzip
import json

import pytest
import shapely
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from mapbox_vector_tile import decode

from layers.models import Changeset, Feature, Layer
from layers.services import apply_changeset, edit_feature
from layers.staging import StagedRow
from tests.tiles.decoding import find_tile

pytestmark = pytest.mark.django_db
# Nearer than points are counted: each is drawn.
Z, X, Y = 15, 19158, 11055


def tile_url(slugs="trees", z=Z, x=X, y=Y):
    return f"/tiles/{slugs}/{z}/{x}/{y}.mvt"


def read_tile(url=None, **headers):
    response = Client(headers=headers).get(url or tile_url())
    assert response.status_code == (200 if response.content else 204), response.content
    return decode(response.content, default_options={"y_coord_down": True})


@pytest.fixture
def grove(trees):
    """2 000 trees over an area larger than the tile."""
    import numpy as np

    random = np.random.default_rng(5)
    places = shapely.points(30.46 + random.random(2000) * 0.06, 50.39 + random.random(2000) * 0.04)
    rows = (
        StagedRow(f"t{n}", place.wkb_hex, json.dumps({"species": "Дуб", "height": n / 10}))
        for n, place in enumerate(places)
    )
    apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)
    return trees


def list_ids_by_sql(layer, z=Z, x=X, y=Y):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM layers_feature WHERE layer_id = %s AND ST_Intersects(geom_3857,"
            " ST_TileEnvelope(%s, %s, %s, margin => 64.0 / 4096))",
            [layer.pk, z, x, y],
        )
        return {pk for (pk,) in cursor.fetchall()}


def test_a_tile_holds_exactly_the_features_that_sql_says(grove):
    features = read_tile()["trees"]["features"]
    assert {feature["id"] for feature in features} == list_ids_by_sql(grove)
    assert len(features) > 40
    chosen = features[0]
    stored = Feature.objects.get(layer=grove, id=chosen["id"])
    assert chosen["properties"] == {"_key": stored.key, "species": "Дуб"}


def test_rows_that_lie_otherwise_on_disk_make_the_same_bytes(grove):
    before = Client().get(tile_url()).content
    with connection.cursor() as cursor:
        cursor.execute("UPDATE layers_feature SET key = key WHERE id % 3 = 0")
        cursor.execute("UPDATE layers_feature SET key = key WHERE id % 2 = 0")
    assert Client().get(tile_url()).content == before


def test_a_point_just_over_the_edge_is_in_both_tiles(trees):
    edge = X / 2**Z * 360 - 180
    beside = shapely.Point(edge - 360 / 2**Z / 4096, 50.405)
    apply_changeset(layer=trees, rows=[StagedRow("1", beside.wkb_hex, "{}")], kind="edit")
    assert len(read_tile()["trees"]["features"]) == 1
    assert len(read_tile(tile_url(x=X - 1))["trees"]["features"]) == 1
    assert read_tile(tile_url(x=X - 2)) == {}


def test_layers_of_one_tile_come_in_one_statement(grove, make_layer, plant):
    plant(make_layer("others"), "1", lon=30.48, lat=50.405)
    read_tile(tile_url("trees,others", x=X + 1))
    with CaptureQueriesContext(connection) as queries:
        both = read_tile(tile_url("trees,others"))
    assert sum("ST_AsMVT(" in query["sql"] for query in queries) == 1
    assert set(both) == {"trees", "others"}
    assert len(queries) <= 2
    repeated = Client().get(tile_url("trees,others,trees"))
    assert len(decode(repeated.content)["trees"]["features"]) == len(both["trees"]["features"])


def test_the_same_version_is_not_built_again(grove):
    first = Client().get(tile_url())
    with CaptureQueriesContext(connection) as queries:
        again = Client(headers={"if-none-match": first["ETag"]}).get(tile_url())
    assert (again.status_code, again.content) == (304, b"")
    assert not any("ST_AsMVT" in query["sql"] for query in queries)


def test_an_edit_is_in_the_next_tile(grove):
    before = Client().get(tile_url())
    with connection.cursor() as cursor:
        cursor.execute('UPDATE layers_feature SET properties = \'{"species": "Ясен"}\'')
    after = Client(headers={"if-none-match": before["ETag"]}).get(tile_url())
    assert after.status_code == 200
    species = {f["properties"]["species"] for f in decode(after.content)["trees"]["features"]}
    assert species == {"Ясен"}


def test_a_change_of_the_passport_is_a_new_version(grove):
    before = Client().get(tile_url())["ETag"]
    layer = Layer.objects.get(pk=grove.pk)
    layer.min_zoom = Z + 1
    layer.save()
    after = Client().get(tile_url())
    assert (after["ETag"] != before, after.content) == (True, b"")


def test_a_tile_is_sent_compressed(grove):
    response = Client(headers={"accept-encoding": "gzip"}).get(tile_url())
    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert gzip.decompress(response.content) == Client().get(tile_url()).content


def test_a_hidden_feature_is_not_in_the_tile(grove):
    edit_feature(layer=grove, key="t1", visibility="staff")
    hidden = Feature.objects.get(layer=grove, key="t1")
    tile = find_tile(Z, hidden.geom.x, hidden.geom.y)
    features = read_tile(tile_url(z=Z, x=tile.x, y=tile.y))["trees"]["features"]
    assert hidden.pk not in {feature["id"] for feature in features}


@pytest.mark.parametrize(
    "path",
    [
        "trees/3/8/0",
        "trees/3/0/8",
        "trees/23/0/0",
        "trees/-1/0/0",
        "trees/1.5/0/0",
        "trees/x/0/0",
        "none/0/0/0",
        "trees,none/0/0/0",
        "trees,,/0/0/0",
        "Дерева/0/0/0",
    ],
)
def test_what_the_grid_or_the_town_does_not_have_is_told(trees, path):
    response = Client().get(f"/tiles/{path}.mvt")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert len(response.json()["detail"]) > 20


def test_a_tile_has_a_bounded_number_of_layers(trees, settings):
    slugs = ",".join(f"l{n}" for n in range(settings.TILE_LAYERS_MAX + 1))
    assert Client().get(tile_url(slugs)).status_code == 400


def test_tilejson_names_tiles_fields_and_bounds(grove, make_layer):
    make_layer("others", min_zoom=5)
    client = Client(headers={"host": "localhost"})
    document = client.get("/tiles/trees,others.json").json()
    assert document["tilejson"] == "3.0.0"
    assert document["tiles"] == ["http://localhost/tiles/trees,others/{z}/{x}/{y}.mvt"]
    said = {each["id"]: each for each in document["vector_layers"]}
    assert list(said) == ["trees", "trees.clusters", "others", "others.clusters"]
    # The height is on the card: nothing is drawn by it, so tiles have it not.
    assert said["trees"]["fields"] == {"_key": "String", "species": "String"}
    assert said["trees.clusters"]["fields"] == {"_count": "Number"}
    zooms = {name: (each["minzoom"], each["maxzoom"]) for name, each in said.items()}
    assert zooms == {
        "trees": (0, 22), "trees.clusters": (0, 14), "others": (5, 22), "others.clusters": (5, 14)
    }  # fmt: skip
    assert document["minzoom"] == 0
    west, south, east, north = document["bounds"]
    assert 30.45 < west < east < 30.53
    assert 50.38 < south < north < 50.44
    assert client.get("/tiles/none.json").status_code == 404


def test_the_tile_query_uses_the_index_of_the_place(grove):
    from geoportal.core.database.named_sql import load_sql
    from tiles.grid import Tile
    from tiles.layer_source import LayerSource

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE layers_feature")
        values = LayerSource(grove, ("public",)).bind(Tile(Z, X, Y))
        cursor.execute("EXPLAIN " + load_sql("tiles", "tile"), values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"layers_feature_{grove.pk}_geom_3857" in plan
