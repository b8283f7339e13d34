"""CKAN as a source: of a dataset one resource is chosen, and its file is fetched."""

import pytest

from importers.remote.errors import DatasetUnchosen, UnusableAddress
from tests.importers.remote.servers import Said, say, say_page

TABLE = "id;lon;lat\n1;30,5;50,4\n"


@pytest.fixture
def portal(server):
    """Resources of a dataset as data.gov.ua tells of them."""
    resources = [
        {
            "id": "r1",
            "name": "Аптеки",
            "format": "CSV",
            "url": f"{server.url}/files/a.csv",
            "package_id": "p1",
        },
        {
            "id": "r2",
            "name": "Структура",
            "format": "XLSX",
            "url": "/files/b.xlsx",
            "package_id": "p1",
        },
        {"id": "r3", "name": "Сторінка", "format": "HTML", "url": "/about"},
    ]
    package = {
        "id": "p1",
        "name": "apteky",
        "title": "Аптеки громади",
        "license_id": "cc-by",
        "license_title": "Creative Commons Attribution",
        "resources": resources,
    }
    server.fallback = say_page()
    server.routes = {
        "/api/3/action/package_show": lambda asked: (
            say({"help": "", "success": True, "result": package})
            if asked.query.get("id") in ("apteky", "p1")
            else say({"help": "", "success": False, "error": {"message": "Not found"}}, 404)
        ),
        "/api/3/action/resource_show": lambda asked: say({"success": True, "result": resources[0]}),
        "/files/a.csv": Said(TABLE.encode("cp1251"), type="text/csv", headers={"ETag": '"7"'}),
        "/files/b.xlsx": say_page(),
    }
    return server


@pytest.mark.parametrize("path", ["/dataset/apteky", "/api/3/action/package_show?id=apteky"])
def test_resources_of_a_dataset_are_for_choice(portal, fetch, path):
    with pytest.raises(DatasetUnchosen) as refusal:
        fetch(portal.url + path)
    listed = refusal.value.extra["datasets"]
    assert [(one["name"], one["format"], one["licence"]) for one in listed] == [
        ("r1", "CSV", "CC-BY-4.0"),
        ("r2", "XLSX", "CC-BY-4.0"),
    ]
    fetched = fetch(portal.url + path, "r1")
    assert (fetched.path.name, fetched.etag) == ("a.csv", '"7"')
    assert fetched.path.read_text() == TABLE


@pytest.mark.parametrize(
    "path", ["/dataset/apteky/resource/r1", "/api/3/action/resource_show?id=r1"]
)
def test_one_resource_needs_no_choice(portal, fetch, path):
    assert fetch(portal.url + path).path.name == "a.csv"


def test_a_page_of_no_dataset_is_a_page(portal, fetch):
    with pytest.raises(UnusableAddress, match="вебсторінка"):
        fetch(f"{portal.url}/dataset/unknown")
