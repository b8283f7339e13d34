"""The document that the map's scripts start from: whose it is, and how long it may be kept."""

import gzip
import json
import re

import brotli
import pytest
from django.core.cache import caches
from django.test import Client

from geoportal.web.map_document import FOR_EVER

PRIVATE = "private, no-cache"


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["process"].clear()


def find_address(client: Client, path: str = "/") -> str:
    page = client.get(path).content.decode()
    config = re.search(r'<script id="map-config"[^>]*>(.*?)</script>', page)
    address = str(json.loads(config[1])["document"])
    assert f'<link rel="preload" href="{address}" as="fetch" crossorigin>' in page
    return address


def list_slugs(response) -> set[str]:
    return {layer["slug"] for layer in json.loads(response.content)["layers"]}


def test_what_visitors_see_may_be_kept_by_everybody_for_ever(client, trees):
    for _ in range(2):
        response = Client().get(find_address(client))
        assert response.headers["Cache-Control"] == FOR_EVER
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies
        assert list_slugs(response) == {"trees"}


def test_it_comes_in_the_smallest_form_that_the_browser_takes(client, trees):
    address = find_address(client)
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    zipped = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    for response in (plain, packed, zipped):
        assert "Accept-Encoding" in response.headers["Vary"]


def test_its_address_changes_with_what_it_says_and_with_nothing_else(
    client, trees, plant, make_layer
):
    first = find_address(client)
    assert find_address(client, "/?problems=1&q=яма") == first
    assert find_address(client, "/?lang=en") != first
    assert find_address(client, "/?lang=uk") == first
    plant(trees, "1")
    second = find_address(client)
    assert second != first
    make_layer("plans", visibility="staff")
    assert find_address(client) == second


def test_an_address_whose_time_is_over_answers_what_holds_now_and_is_not_kept(client, trees):
    old = find_address(client)
    caches["process"].clear()
    trees.title_uk = "Кущі"
    trees.save()
    response = client.get(old)
    assert json.loads(response.content)["layers"][0]["title"] == "Кущі"
    assert response.headers["Cache-Control"] == PRIVATE


def test_layers_of_staff_are_in_no_shared_answer_and_no_memory(
    client, administrator, trees, make_layer
):
    make_layer("plans", visibility="staff", title_uk="Задуми")
    staff = Client()
    staff.force_login(administrator)
    address = find_address(staff)
    visitors = find_address(client)
    assert address != visitors
    response = staff.get(address)
    assert list_slugs(response) == {"trees", "plans"}
    assert response.headers["Cache-Control"] == PRIVATE
    assert "Cookie" in response.headers["Vary"]
    held = staff.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (held.status_code, held.headers["Cache-Control"]) == (304, PRIVATE)
    leaked = client.get(address)
    assert list_slugs(leaked) == {"trees"}
    assert leaked.headers["Cache-Control"] == PRIVATE
    # The visitors' document holds nothing private, whoever asks for it.
    shared = staff.get(visitors)
    assert (list_slugs(shared), shared.headers["Cache-Control"]) == ({"trees"}, FOR_EVER)


def test_a_language_that_there_is_not_is_not_found(client, trees):
    assert client.get("/map/pl/0.json").status_code == 404
