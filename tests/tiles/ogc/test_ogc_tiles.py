"""OGC API – Tiles: its documents lead a client to the tiles of `/tiles/`, and GDAL follows them."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import shapely
from django.test import Client
from mapbox_vector_tile import decode

from layers.models import Changeset
from layers.services import apply_changeset
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db(transaction=True)
SPEC = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
TILING = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
Z, X, Y = 14, 9579, 5527


@pytest.fixture
def grove(trees):
    """400 trees in one tile of zoom 14 and beside it."""
    rows = (
        StagedRow(
            f"т{n}",
            shapely.Point(30.475 + n % 20 / 1000, 50.395 + n // 20 / 1500).wkb_hex,
            json.dumps({"species": "Ґрушка" if n % 2 else "Клен", "height": n / 10}),
        )
        for n in range(400)
    )
    apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)
    return trees


def get(url):
    response = Client().get(url)
    assert response.status_code == 200, response.content
    return response


def follow(document, rel):
    (found,) = [link for link in document["links"] if link["rel"] == rel]
    parts = urlsplit(found["href"])
    return parts.path + (f"?{parts.query}" if parts.query else "")


def fill(template, z=Z, row=Y, column=X):
    names = {"{tileMatrix}": z, "{tileRow}": row, "{tileCol}": column}
    for name, value in names.items():
        template = template.replace(name, str(value))
    return template


def test_conformance_and_api_say_what_there_is(grove):
    said = get("/ogc/conformance").json()["conformsTo"]
    names = ("core", "tileset", "tilesets-list", "mvt", "oas30", "dataset-tilesets")
    assert {SPEC + name for name in names} <= set(said)
    paths = get("/ogc/api").json()["paths"]
    path = "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"
    operation = paths[path]["get"]
    assert [each["name"] for each in operation["parameters"]] == [
        "collectionId",
        "tileMatrixSetId",
        "tileMatrix",
        "tileRow",
        "tileCol",
    ]
    assert list(operation["responses"]["200"]["content"]) == ["application/vnd.mapbox-vector-tile"]


def test_links_lead_from_a_collection_to_the_same_tile_as_at_its_plain_address(grove):
    collection = get("/ogc/collections/trees").json()
    (tileset,) = get(follow(collection, TILESETS)).json()["tilesets"]
    document = get(follow(tileset, "self")).json()
    tile = get(fill(follow(document, "item")))
    plain = get(f"/tiles/trees/{Z}/{X}/{Y}.mvt")
    assert tile.content == plain.content
    assert tile["ETag"] == plain["ETag"]
    assert len(decode(tile.content)["trees"]["features"]) > 100
    assert document["dataType"] == "vector"
    described, counts = document["layers"]
    assert (described["id"], described["geometryDimension"]) == ("trees", 0)
    said = {"_key": {"type": "string"}, "species": {"type": "string"}}
    assert described["propertiesSchema"]["properties"] == said
    assert (counts["id"], counts["geometryDimension"]) == ("trees.clusters", 0)
    assert counts["propertiesSchema"]["properties"] == {"_count": {"type": "number"}}
    assert (counts["minTileMatrix"], counts["maxTileMatrix"]) == ("0", "14")
    assert document["boundingBox"]["lowerLeft"] == pytest.approx([30.475, 50.395])


def test_landing_leads_to_tiles_of_several_layers(grove, make_layer, plant):
    plant(make_layer("others"), "1", lon=30.48, lat=50.405)
    landing = get("/ogc/").json()
    (tileset,) = get(follow(landing, TILESETS) + "?collections=trees,others").json()["tilesets"]
    document = get(follow(tileset, "self")).json()
    names = [layer["id"] for layer in document["layers"]]
    assert names == ["trees", "trees.clusters", "others", "others.clusters"]
    assert set(decode(get(fill(follow(document, "item"))).content)) == {"trees", "others"}


def test_the_grid_is_that_of_the_standard(db):
    grid = get("/ogc/tileMatrixSets/WebMercatorQuad").json()
    first, second = grid["tileMatrices"][:2]
    assert first["scaleDenominator"] == pytest.approx(559082264.028717)
    assert first["cellSize"] == pytest.approx(156543.033928041)
    assert first["pointOfOrigin"] == pytest.approx([-20037508.3427892, 20037508.3427892])
    assert (second["matrixWidth"], second["matrixHeight"]) == (2, 2)
    (listed,) = get("/ogc/tileMatrixSets").json()["tileMatrixSets"]
    assert get(follow(listed, "self")).json() == grid


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("collections/absent/tiles", 404),
        ("collections/trees/tiles/WorldCRS84Quad", 404),
        ("collections/trees/tiles/WebMercatorQuad/3/8/0", 404),
        ("tileMatrixSets/WorldCRS84Quad", 404),
        ("tiles/WebMercatorQuad?collections=absent", 404),
        ("tiles?collections=" + ",".join(f"l{n}" for n in range(17)), 400),
    ],
)
def test_what_there_is_not_is_refused_as_a_problem(grove, path, status):
    response = Client().get(f"/ogc/{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


READ = (
    "import sys, pyogrio; print(*[name for name, _ in pyogrio.list_layers(sys.argv[1])], sep='|')"
)


def test_gdal_finds_the_tiles_by_the_address_of_the_collection(grove, live_server):
    """GDAL's driver of OGC API goes from the collection to the tileset and the grid by itself.

    In a process of its own, beside the service that answers it.
    """
    source = f"OGCAPI:{live_server.url}/ogc/collections/trees"
    done = subprocess.run(
        [sys.executable, "-c", READ, source],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"Zoom level {Z}" in done.stdout.strip().split("|")
