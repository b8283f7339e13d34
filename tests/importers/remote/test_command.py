"""`manage.py import_layer https://…`: an address instead of a file."""

import json

import pytest
from django.core.management import call_command

from importers.models import Import, ImportFetch
from layers.models import Changeset
from tests.importers.conftest import stored
from tests.importers.remote.servers import collection, point, say, say_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Exit code, standard output and standard error."""

    def call(*arguments):
        code = 0
        try:
            call_command("import_layer", *arguments)
        except SystemExit as stopped:
            code = stopped.code
        return code, *capsys.readouterr()

    return call


def test_a_file_at_an_address_becomes_a_layer(server, run):
    server.routes["/trees.geojson"] = say(collection([point(1), point(2)]))
    code, _out, err = run(f"{server.url}/trees.geojson", "--layer", "trees", "--create")
    assert (code, err) == (0, "")
    assert stored("trees")["2"] == {"number": 2, "species": "Дуб"}
    changeset = Changeset.objects.get()
    assert changeset.source == "trees.geojson"
    assert changeset.details["source"]["address"] == f"{server.url}/trees.geojson"
    fetch = ImportFetch.objects.get(of__changeset=changeset)
    assert (fetch.source.address, len(fetch.digest)) == (f"{server.url}/trees.geojson", 64)


def test_what_there_is_to_choose_is_listed(server, run):
    one = {"links": [{"rel": "items", "href": "/items"}]}
    server.routes["/collections"] = say(
        {"collections": [one | {"id": "trees"}, one | {"id": "bins", "title": "Контейнери"}]}
    )
    address = f"{server.url}/collections"
    code, _out, err = run(address, "--layer", "trees", "--create")
    assert code == 2
    assert "--dataset bins  Контейнери" in err
    code, out, _err = run(address, "--layer", "trees", "--create", "--json")
    assert [each["name"] for each in json.loads(out)["datasets"]] == ["trees", "bins"]


def test_a_web_page_is_no_data(server, run):
    server.fallback = say_page()
    code, _out, err = run(f"{server.url}/", "--layer", "trees", "--create")
    assert code == 2
    assert "вебсторінка" in err
    assert not Changeset.objects.exists()


@pytest.fixture
def service(server):
    """Two collections, and one that is listed and not there."""
    server.routes["/trees"] = say(collection([point(1), point(2)]))
    server.routes["/bins"] = say(collection([point(3)]))
    listed = [
        {"id": name, "links": [{"rel": "items", "href": f"/{name}"}]}
        for name in ("trees", "bins", "gone")
    ]
    server.routes["/collections"] = say({"collections": listed})
    return f"{server.url}/collections"


def test_several_datasets_of_an_address_become_layers_or_rows_of_one(run, service):
    code, out, err = run(service, "--create", "--dataset", "trees", "--dataset", "bins=boxes")
    assert (code, err) == (0, "")
    assert (set(stored("trees")), set(stored("boxes"))) == ({"1", "2"}, {"3"})
    assert "2 з 2" in out
    groups = {each.group_id for each in Import.objects.all()}
    assert len(groups) == 1
    assert {each.source.dataset for each in ImportFetch.objects.all()} == {"trees", "bins"}

    options = ("--all-datasets", "--layer", "boxes", "--key", "number", "--json")
    code, out, _err = run(service, *options)
    assert (code, set(stored("boxes"))) == (2, {"1", "2", "3"})
    told = json.loads(out)["datasets"]
    assert [("report" in each, each["layer"]) for each in told] == [
        (True, "boxes"),
        (True, "boxes"),
        (False, "boxes"),
    ]


def test_datasets_go_into_one_layer_only_where_none_takes_the_others_place(run, service):
    both = ("--dataset", "trees=one", "--dataset", "bins=one")
    for options in (("--create",), ("--create", "--mode", "replace")):
        code, _out, err = run(service, *options, *both)
        assert (code, "«one»" in err) == (2, True)
    code, _out, err = run(service, "--create", "--dataset", "roads=one")
    assert (code, "trees, bins, gone" in err) == (2, True)
    assert not Changeset.objects.exists()
