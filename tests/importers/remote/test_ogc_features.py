"""OGC API – Features as a source: recognised from any of its pages, paged by its links."""

import json

import pytest

from importers.remote import limits
from importers.remote.errors import DatasetUnchosen, RemoteFailure
from tests.importers.remote.servers import Said, collection, point, say, say_page

COUNT = 7


def link(href, rel, media_type="application/json"):
    return {"href": href, "rel": rel, "type": media_type}


@pytest.fixture
def service(server):
    """Two collections; the trees have seven features, three on a page."""
    base = f"{server.url}/ogc"

    def items(asked):
        start = int(asked.query.get("offset", 0))
        page = [point(number) for number in range(start, min(start + 3, COUNT))]
        links = [
            link(f"{base}/collections/trees/items", "self"),
            link(f"{base}/collections/trees", "collection"),
        ]
        if start + 3 < COUNT:
            links.append(link(f"items?offset={start + 3}", "next"))
        return say(collection(page, links=links, numberMatched=COUNT, numberReturned=len(page)))

    def one(name):
        return {
            "id": name,
            "title": f"Шар {name}",
            "links": [
                link(f"{base}/collections/{name}/items?f=html", "items", "text/html"),
                link(f"{base}/collections/{name}/items", "items", "application/geo+json"),
                link("https://creativecommons.org/licenses/by/4.0/", "license"),
            ],
        }

    server.routes = {
        "/ogc/": say({"title": "Дані", "links": [link(f"{base}/collections", "data")]}),
        "/ogc/collections": say({"collections": [one("trees"), one("bins")], "links": []}),
        "/ogc/collections/trees": say(one("trees")),
        "/ogc/collections/trees/items": items,
    }
    return server


@pytest.mark.parametrize(
    "path",
    ["/ogc/collections/trees", "/ogc/collections/trees/items", "/ogc/collections/trees/items?f=a"],
)
def test_one_collection_is_known_by_its_pages(service, fetch, path):
    fetched = fetch(service.url + path)
    lines = json.loads(fetched.path.read_text(encoding="utf-8"))["features"]
    assert [line["properties"]["number"] for line in lines] == list(range(COUNT))
    assert (fetched.rows, fetched.path.name) == (COUNT, "Шар_trees.geojson")


@pytest.mark.parametrize("path", ["/ogc/", "/ogc/collections"])
def test_of_several_collections_one_is_chosen(service, fetch, path):
    with pytest.raises(DatasetUnchosen) as refusal:
        fetch(service.url + path)
    listed = refusal.value.extra["datasets"]
    assert [one["name"] for one in listed] == ["trees", "bins"]
    assert {one["licence"] for one in listed} == {"CC-BY-4.0"}
    assert fetch(service.url + path, "trees").rows == COUNT


def test_a_server_that_shows_people_pages_is_asked_for_json(service, fetch):
    plain = service.routes["/ogc/collections/trees"]
    service.routes["/ogc/collections/trees"] = lambda asked: (
        plain if asked.query.get("f") == "json" else say_page()
    )
    assert fetch(f"{service.url}/ogc/collections/trees").rows == COUNT


def test_equal_content_has_an_equal_digest(service, fetch):
    address = f"{service.url}/ogc/collections/trees"
    assert fetch(address).digest == fetch(address).digest


def test_fewer_features_than_were_promised_are_refused(service, fetch):
    service.routes["/ogc/collections/trees/items"] = say(
        collection([point(1)], links=[], numberMatched=529)
    )
    with pytest.raises(RemoteFailure, match="529"):
        fetch(f"{service.url}/ogc/collections/trees")


def test_pages_that_lead_in_a_circle_are_refused(service, fetch):
    service.routes["/ogc/collections/trees/items"] = lambda asked: say(
        collection(
            [point(len(service.asked))],
            links=[link(f"items?offset={len(service.asked) % 2}", "next")],
        )
    )
    with pytest.raises(RemoteFailure, match="кінця"):
        fetch(f"{service.url}/ogc/collections/trees")


def test_pages_without_end_are_refused(service, fetch, monkeypatch):
    monkeypatch.setattr(limits, "PAGES_MAX", 5)
    service.routes["/ogc/collections/trees/items"] = lambda asked: say(
        collection(
            [point(len(service.asked))], links=[link(f"items?offset={len(service.asked)}", "next")]
        )
    )
    with pytest.raises(RemoteFailure, match="кінця"):
        fetch(f"{service.url}/ogc/collections/trees")


def test_pages_that_overlap_are_refused(service, fetch):
    def items(asked):
        links = [] if "offset" in asked.query else [link("items?offset=1", "next")]
        return say(collection([point(1), point(2)], links=links))

    service.routes["/ogc/collections/trees/items"] = items
    with pytest.raises(RemoteFailure, match="2,"):
        fetch(f"{service.url}/ogc/collections/trees")


def test_a_page_that_fails_is_asked_for_again(service, fetch):
    whole = service.routes["/ogc/collections/trees/items"]
    faults = [Said(b"", 503), say_page(), Said(b'{"type": "FeatureCollection', cut=5)]

    def items(asked):
        return faults.pop() if faults and "offset" in asked.query else whole(asked)

    service.routes["/ogc/collections/trees/items"] = items
    assert fetch(f"{service.url}/ogc/collections/trees").rows == COUNT
    assert not faults
