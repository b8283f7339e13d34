"""Neither `internal` nor what `visibility` hides leaks from any public URL."""

import io
import json
import zipfile
from functools import partial
from urllib.parse import quote

import pytest
from django.test import Client
from mapbox_vector_tile import decode

from geoportal.accounts.models import Organisation
from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.models import Layer
from layers.reading.search import rebuild_search
from layers.services import delete_feature, edit_feature
from tests.conftest import plant_tree, write_council, write_layer
from tests.standing import standing_world

pytestmark = pytest.mark.django_db
SECRET = "ТАЄМНЕ-слово"
ESCAPED = json.dumps("ТАЄМНЕ").strip('"')
TILE = "8/149/86"

LAYER_URLS = [
    "/ogc/collections/{slug}",
    "/ogc/collections/{slug}/items",
    "/ogc/collections/{slug}/items?limit=100&bbox=30,50,31,51",
    "/ogc/collections/{slug}/items/{key}",
    "/api/v1/layers/{slug}/",
    "/api/v1/layers/{slug}/features/",
    "/api/v1/layers/{slug}/features/{key}/",
    "/api/v1/layers/{slug}/schema/",
    "/api/v1/layers/{slug}/changesets/",
    "/api/v1/layers/{slug}/diff/",
    "/tiles/{slug}/" + TILE + ".mvt",
    "/tiles/{slug}.json",
    *(f"/data/{{slug}}.{known.extension}" for known in DOWNLOAD_FORMATS),
    "/layers/{slug}/",
    "/layers/{slug}/{key}/",
    "/api/v1/layers/{slug}/cards/{key}/",
    "/data/{slug}/",
]
SITE_URLS = [
    "/",
    "/data/",
    "/ogc/",
    "/ogc/api",
    "/ogc/collections",
    "/api/v1/layers/",
    "/api/v1/schema/",
    "/api/v1/search/?q={word}",
    "/api/v1/search/?q=hidden-key",
    "/api/v1/locate/?lon=30.5&lat=50.4",
    "/api/v1/nearest/?lon=30.5&lat=50.4&layers=trees",
    "/nearest/?lon=30.5&lat=50.4",
    "/tiles/style.json",
    "/tiles/style.json?theme=dark",
]


def read(client: Client, url: str) -> tuple[int, bytes]:
    """Status and everything the answer says, unpacked where it is packed."""
    response = client.get(url, follow=True)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if url.endswith(".shp.zip") and response.status_code == 200:
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(archive.read(name) for name in archive.namelist())
    if url.endswith(".mvt") and response.status_code == 200 and body:
        body = str(decode(body)).encode()
    return response.status_code, body


@standing_world
def standing_secrets() -> Organisation:
    """A public layer with a staff attribute and a hidden feature, and a layer for staff."""
    council = write_council()
    make_layer, plant = partial(write_layer, council), plant_tree
    trees = make_layer()
    plant(trees, "open", values={"inspector_remark": SECRET})
    plant(trees, "hidden-key", visibility="staff", values={"species": SECRET})
    plant(trees, "hidden-key-later", values={"species": SECRET})
    edit_feature(layer=trees, key="hidden-key-later", visibility="staff")
    plant(trees, "hidden-key-gone", values={"species": SECRET})
    edit_feature(layer=trees, key="hidden-key-gone", visibility="staff")
    delete_feature(layer=trees, key="hidden-key-gone")
    closed = make_layer("closed-layer", visibility="staff", title_uk=SECRET, title_en=SECRET)
    plant(closed, "1", values={"species": SECRET})
    club = make_layer("club", visibility="organisation", title_uk=SECRET, title_en=SECRET)
    plant(club, "1", values={"species": SECRET})
    zones = make_layer("zones", kind="territory", visibility="staff", title_uk=SECRET)
    for layer in (trees, closed, club, zones):
        rebuild_search(layer)
    edit_feature(layer=trees, key="open", values={"inspector_remark": SECRET + "2"})
    return council


@pytest.fixture
def community(standing_secrets: Organisation) -> None:
    return None


@pytest.fixture
def council(standing_secrets: Organisation) -> Organisation:
    return standing_secrets


def signed_in(request, who):
    client = Client()
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))
    return client


@pytest.mark.parametrize("who", ["visitor", "resident"])
@pytest.mark.parametrize("template", LAYER_URLS + SITE_URLS)
def test_nothing_hidden_is_in_any_answer(request, community, who, template):
    client = signed_in(request, who)
    url = template.format(slug="trees", key="open", word=SECRET)
    status, body = read(client, url)
    assert status == 200, body[:300]
    text = body.decode("utf-8", "replace").replace(url, "").replace(quote(SECRET), "")
    hidden = {"ТАЄМНЕ", ESCAPED, "hidden-key", "closed-layer", "club", "zones", "inspector_remark"}
    asked_for = {"hidden-key", "ТАЄМНЕ"} if "search" in url else set()
    for word in hidden - asked_for:
        assert word not in text, f"{word} is in {url}"


@pytest.mark.parametrize("who", ["visitor", "resident"])
@pytest.mark.parametrize("slug", ["closed-layer", "club"])
@pytest.mark.parametrize("template", LAYER_URLS)
def test_a_hidden_layer_is_not_found(request, community, who, slug, template):
    status, body = read(signed_in(request, who), template.format(slug=slug, key="1"))
    assert status == 404
    assert "ТАЄМНЕ" not in body.decode("utf-8", "replace")


@pytest.mark.parametrize("template", [template for template in LAYER_URLS if "{key}" in template])
def test_a_hidden_feature_is_not_found(request, community, template):
    status, _ = read(Client(), template.format(slug="trees", key="hidden-key"))
    assert status == 404


def test_a_hidden_layer_hides_a_tile_of_several(request, community):
    assert read(Client(), f"/tiles/trees,closed-layer/{TILE}.mvt")[0] == 404


def test_staff_see_what_is_theirs(community, officer):
    client = Client()
    client.force_login(officer)
    assert read(client, "/ogc/collections/closed-layer/items/1")[0] == 200
    assert read(client, "/ogc/collections/club/items/1")[0] == 200
    assert b"hidden-key" in read(client, "/ogc/collections/trees/items")[1]
    assert (
        SECRET
        in client.get("/api/v1/layers/trees/features/open/").json()["internal"]["inspector_remark"]
    )
    assert SECRET not in str(client.get("/ogc/collections/trees/items/open").json())


def test_what_staff_read_is_kept_from_shared_caches(community, officer):
    client = Client()
    client.force_login(officer)
    for url in ("/ogc/collections/trees/items", f"/tiles/trees/{TILE}.mvt", "/data/trees.geojson"):
        mine, theirs = client.get(url), Client().get(url)
        assert mine["Cache-Control"].startswith("private")
        assert theirs["Cache-Control"].startswith("public")
        assert mine["ETag"] != theirs["ETag"]
        assert "Cookie" in mine["Vary"]


def test_a_layer_that_is_closed_leaves_search_at_once(community):
    layer = Layer.objects.get(slug="trees")
    edit_feature(layer=layer, key="open", values={"species": "Ясен"})
    rebuild_search(layer)
    assert len(Client().get("/api/v1/search/?q=ясен").json()["results"]) == 1
    Layer.objects.filter(slug="trees").update(visibility="staff")
    assert Client().get("/api/v1/search/?q=ясен").json()["results"] == []
