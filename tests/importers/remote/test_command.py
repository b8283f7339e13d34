"""`manage.py import_layer https://…`: an address instead of a file."""

import json

import pytest
from django.core.management import call_command

from importers.models import ImportFetch
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


def test_of_an_address_one_dataset_is_imported_at_a_time(run, server):
    several = ("--dataset", "trees", "--dataset", "bins")
    for options in (several, ("--all-datasets",), ("--dataset", "trees")):
        code, _out, err = run(f"{server.url}/collections", "--create", *options)
        assert (code, "--layer" in err) == (2, True)
