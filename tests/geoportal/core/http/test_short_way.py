"""Tiles of visitors come by the short way, and are what the long way gives."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from layers.models import Layer
from tests.tiles.test_tiles import tile_url

pytestmark = pytest.mark.django_db
# Only the middleware of people sets this one.
LONG_WAY = "Content-Security-Policy"
OTHERWISE = ({"cookie": "a=b"}, {"authorization": "Basic YTpi"}, {"content-length": "0"})


def ask(path, **headers):
    return Client(headers=headers).get(path)


@pytest.fixture
def tree(trees, plant):
    return plant(trees, "1", lon=30.48, lat=50.405)


@pytest.mark.parametrize("path", [tile_url(), "/problems/tiles/14/9579/5527.mvt", tile_url("none")])
def test_both_ways_give_the_same(tree, path):
    short, long = ask(path), ask(path, cookie="theme=dark")
    assert (LONG_WAY in short, LONG_WAY in long) == (False, True)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    names = ("Cache-Control", "ETag", "Content-Type", "Content-Length", "Content-Encoding")
    assert [short.get(name) for name in names] == [long.get(name) for name in names]
    for name in ("X-Request-ID", "X-Content-Type-Options", "Access-Control-Allow-Origin"):
        assert name in short


@pytest.mark.parametrize(
    "path",
    [
        tile_url() + "?lang=en",
        tile_url() + "?v=%00",
        tile_url("trees%00"),
        tile_url("Дерева"),
        "/tiles/trees.json",
        "/tiles/style.json",
        "/problems/tiles/in-view.json",
        "/problems/",
    ],
)
def test_all_else_goes_the_long_way(tree, path):
    assert LONG_WAY in ask(path)


def test_a_visitor_is_not_told_in_the_language_of_the_one_before(tree):
    ask("/problems/?lang=en")
    assert translation.get_language() == "en"
    assert "Немає" in ask(tile_url("none")).json()["detail"]


def test_who_is_signed_in_goes_the_long_way(tree, administrator):
    client = Client()
    client.force_login(administrator)
    response = client.get(tile_url())
    assert response["Cache-Control"] == "private, no-cache"


def test_a_kept_tile_costs_one_question(tree):
    ask(tile_url())
    with CaptureQueriesContext(connection) as queries:
        assert ask(tile_url()).status_code == 200
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"visibility": "staff"}, 404),
        ({"archived_at": "2026-01-01T00:00:00Z"}, 410),
        ({"max_zoom": 10}, 204),
        ({"slug": "bushes"}, 404),
    ],
)
def test_a_change_of_the_layer_by_any_writer_holds_at_once(tree, change, status):
    """The process has read the layer, and believes itself only while its row is the same."""
    assert ask(tile_url()).status_code == 200
    Layer.objects.filter(slug="trees").update(**change)
    assert ask(tile_url()).status_code == status


def test_a_layer_that_was_missing_is_there_at_once(tree, make_layer, plant):
    assert ask(tile_url("trees,others")).status_code == 404
    plant(make_layer("others"), "1", lon=30.48, lat=50.405)
    assert ask(tile_url("trees,others")).status_code == 200
