"""Addresses and schedules over HTTP, and by the shell."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geoportal.accounts.models import User
from importers.models import Import, RemoteSource, Schedule
from importers.states import State
from layers.models import Feature
from tests.importers.remote.servers import collection, point, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(server):
    """A file, and a service with two collections."""
    server.content = [point(1), point(2)]
    server.routes["/trees.geojson"] = lambda asked: say(collection(server.content))
    links = [{"rel": "items", "href": "/trees.geojson"}]
    server.routes["/collections"] = say(
        {"collections": [{"id": name, "links": links} for name in ("trees", "bins")]}
    )
    return server


@pytest.fixture
def ask(client, officer, trees, django_capture_on_commit_callbacks):
    """A request of the officer, whose jobs are done before the answer is looked at."""
    client.force_login(officer)

    def call(method, path, body=None):
        given = {} if method == "get" else {"content_type": "application/json"}
        with django_capture_on_commit_callbacks(execute=True):
            return getattr(client, method)(f"/api/v1/{path}", body or {}, **given)

    return call


@pytest.fixture
def begin(ask, source):
    """An import from the address, published."""

    def call(**given):
        body = {"layer": "trees", "address": f"{source.url}/trees.geojson", "goes_to": "published"}
        return ask("post", "imports/", body | given)

    return call


def test_an_import_begins_with_an_address(begin, ask, trees):
    begun = begin()
    assert (begun.status_code, begun.json()["name"]) == (201, "trees.geojson")
    assert ask("get", f"imports/{begun.json()['id']}/").json()["state"] == "published"
    assert Feature.objects.filter(layer=trees).count() == 2


def test_of_several_datasets_one_is_chosen(begin, ask, source):
    address = f"{source.url}/collections"
    found = ask("post", "imports/datasets/", {"address": address}).json()
    assert (found["kind"], [one["name"] for one in found["datasets"]]) == (
        "ogc-features",
        ["trees", "bins"],
    )
    refused = begin(address=address)
    assert (refused.status_code, len(refused.json()["datasets"])) == (409, 2)
    assert refused.json()["type"].endswith("dataset-unchosen")
    assert begin(address=address, dataset="trees").status_code == 201
    assert begin(address=address, dataset="roads").status_code == 400


def test_inner_addresses_are_refused_before_anything_is_kept(begin, source, settings):
    settings.REMOTE_ALLOWED = []
    refused = begin()
    assert (refused.status_code, Import.objects.count()) == (400, 0)
    assert refused.json()["type"].endswith("unusable-address")


def test_a_schedule_is_made_changed_run_and_ended(begin, ask, source):
    number = begin().json()["id"]
    made = ask("post", "schedules/", {"import": number, "frequency": "weekly", "weekday": 6})
    assert made.status_code == 201, made.content
    document = made.json()
    path = f"schedules/{document['id']}/"
    assert (document["frequency"], document["at"], document["weekday"]) == ("weekly", "03:30", 6)
    assert document["source"]["address"] == f"{source.url}/trees.geojson"
    changed = ask("patch", path, {"at": "05:00", "answers": {"mode": "replace"}}).json()
    assert (changed["at"], changed["answers"]) == ("05:00", {"mode": "replace"})
    source.content = [point(1), point(2), point(3)]
    assert ask("post", f"{path}run/").status_code == 202
    (run,) = ask("get", path).json()["runs"]
    assert run["outcome"] == "published"
    assert Import.objects.get(pk=run["import"]).state == State.PUBLISHED
    paused = ask("post", f"{path}pause/").json()
    assert (paused["next_run_at"], paused["pause_reason"]) == (None, "")
    assert ask("post", f"{path}resume/").json()["next_run_at"]
    assert len(ask("get", "schedules/?layer=trees").json()["schedules"]) == 1
    assert ask("delete", path).status_code == 204
    assert ask("get", path).status_code == 404


def test_a_schedule_of_an_address_needs_no_import_before(ask, source, trees):
    body = {"address": f"{source.url}/trees.geojson", "layer": "trees", "frequency": "daily"}
    made = ask("post", "schedules/", body)
    assert made.status_code == 201
    ask("post", f"schedules/{made.json()['id']}/run/")
    assert Feature.objects.filter(layer=trees).count() == 2
    assert ask("post", "schedules/", body).status_code == 409
    assert ask("post", "schedules/", {"frequency": "daily"}).status_code == 400
    assert ask("post", "schedules/", body | {"frequency": "yearly"}).status_code == 400


def test_schedules_of_others_are_not_found(begin, ask, client):
    made = ask("post", "schedules/", {"import": begin().json()["id"], "frequency": "daily"}).json()
    client.force_login(User.objects.create_user("other@example.org", "correct horse"))
    assert client.get("/api/v1/schedules/").json()["schedules"] == []
    assert client.get(f"/api/v1/schedules/{made['id']}/").status_code == 404
    assert client.post(f"/api/v1/schedules/{made['id']}/run/").status_code == 404


def test_a_list_of_schedules_costs_the_same_for_one_and_for_many(ask, source, trees, officer):
    def count(number):
        for each in range(number):
            Schedule.objects.create(
                source=RemoteSource.objects.create(address=f"{source.url}/{each}", kind="file"),
                layer=trees,
                author=officer,
                frequency="daily",
                next_run_at=timezone.now(),
            ).runs.create()
        with CaptureQueriesContext(connection) as queries:
            ask("get", "schedules/")
        return len(queries)

    assert count(1) == count(9)


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = 0
        try:
            call_command("run_schedules", *map(str, arguments))
        except SystemExit as stopped:
            code = stopped.code
        except CommandError as refused:
            return refused.returncode, str(refused)
        return code, capsys.readouterr().out

    return call


def test_schedules_are_listed_and_run_by_the_shell(begin, ask, source, run, capsys):
    made = ask("post", "schedules/", {"import": begin().json()["id"], "frequency": "daily"}).json()
    capsys.readouterr()
    code, listed = run("--list", "--json")
    assert (code, json.loads(listed)["schedules"][0]["schedule"]) == (0, made["id"])
    assert run() == (0, "")  # none is due
    Schedule.objects.update(next_run_at=timezone.now() - timedelta(minutes=1))
    code, out = run()
    assert (code, "Нічого не змінилося" in out) == (0, True)
    assert Schedule.objects.get().next_run_at > timezone.now()
    source.routes["/trees.geojson"] = say({}, 404)
    assert run(made["id"])[0] == 1
    assert run(made["id"] + 1)[0] == 2
