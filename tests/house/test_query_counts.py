"""Lists cost the same number of queries for one row and for twenty."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISTS_OF_LAYERS = (
    "/",
    "/?q=дуб",
    "/data/",
    "/data/?q=дерева",
    "/ogc/",
    "/ogc/api",
    "/ogc/collections",
    "/api/v1/layers/",
    "/api/v1/search/?q=дуб",
    "/api/v1/locate/?lon=30.5&lat=50.4",
    "/api/v1/nearest/?lon=30.5&lat=50.4",
    "/tiles/style.json",
)
LISTS_OF_FEATURES = (
    "/layers/trees/",
    "/ogc/collections/trees/items?limit=100",
    "/api/v1/nearest/?lon=30.5&lat=50.4&layers=trees&limit=100",
    "/ogc/collections/trees/items?limit=100&bbox=30,50,31,51",
    "/data/trees.geojson",
    "/data/trees.csv",
    "/api/v1/search/?q=дуб",
    "/tiles/trees/8/149/86.mvt",
)


def count_queries(client: Client, url: str) -> int:
    """Of the second request: the first one fills what is kept for each revision of a layer."""
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    assert body
    return len(queries)


@pytest.fixture
def people(request) -> dict[str, Client]:
    clients = {"visitor": Client()}
    for role in ("resident", "officer"):
        clients[role] = Client()
        clients[role].force_login(request.getfixturevalue(role))
    return clients


def test_lists_of_layers(people, make_layer, plant, subtests):
    def add(number: int) -> None:
        plant(make_layer(f"layer-{number}"), "1")
        make_layer(f"zone-{number}", kind="territory", geometry_type="polygon")

    add(0)
    cases = [(role, url) for role in people for url in LISTS_OF_LAYERS]
    cache.clear()
    one = {case: count_queries(people[case[0]], case[1]) for case in cases}
    for number in range(1, 21):
        add(number)
    for role, url in cases:
        with subtests.test(url=url, role=role):
            assert count_queries(people[role], url) == one[role, url]


def test_lists_of_features(people, trees, plant, subtests):
    plant(trees, "0")
    cases = [(role, url) for role in people for url in LISTS_OF_FEATURES]
    one = {case: count_queries(people[case[0]], case[1]) for case in cases}
    for number in range(1, 21):
        plant(trees, str(number), lon=30.5 + number / 1000)
    for role, url in cases:
        with subtests.test(url=url, role=role):
            assert count_queries(people[role], url) == one[role, url]


def test_a_long_history_costs_as_much_as_a_short_one(people, trees, plant):
    from layers.services import edit_feature

    plant(trees, "1")
    one = count_queries(people["visitor"], "/layers/trees/1/")
    for height in range(20):
        edit_feature(layer=trees, key="1", values={"height": height})
    assert count_queries(people["visitor"], "/layers/trees/1/") == one
