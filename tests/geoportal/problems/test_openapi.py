"""The OpenAPI description of the REST API is whole, and real answers are what it says."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from geoportal.accounts.models import User
from geoportal.problems.models import Problem
from importers.models import RemoteSource, Schedule
from importers.stages.jobs import run_import
from layers.models import Layer
from layers.schema.specs import LayerSpec
from layers.services import create_layer, edit_feature
from tests.conftest import TREE_FIELDS
from tests.geoportal.problems.conftest import NORTH_WEST
from tests.geoportal.problems.uploading import photo
from tests.house.roles import ONE_ADDED

Json = Any
Sent = tuple[str, str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
LAYER = "/api/v1/layers/trees/"
PROBLEMS = "/api/v1/problems/"
IMPORTS = "/api/v1/imports/"
SCHEDULES = "/api/v1/schedules/"
# Only who is signed in reads these.
SIGNED_IN = ("/uploads/", "/imports/", "/schedules/")
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [30.5, 50.4]},
    "properties": {"species": "Дуб"},
}
DRAFT = str(uuid.uuid4())


@pytest.fixture
def schema(db, client) -> Json:
    return client.get("/api/v1/schema/?format=json").json()


def list_operations(schema: Json) -> dict[tuple[str, str], Json]:
    return {
        (method, path): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def find_operation(schema: Json, method: str, url: str) -> tuple[tuple[str, str], Json]:
    """By the address that was asked; of several the one with the fewest parameters."""
    path = url.partition("?")[0]
    fitting = [
        (name, operation)
        for name, operation in list_operations(schema).items()
        if name[0] == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", name[1]), path)
    ]
    return min(fitting, key=lambda one: one[0][1].count("{"))


def validate(schema: Json, operation: Json, response: Any) -> None:
    """The answer has a described status, type and shape."""
    status = str(response.status_code)
    described = operation["responses"].get(status) or operation["responses"]["default"]
    if not described.get("content"):
        assert not response.content
        return
    kind = response["Content-Type"].partition(";")[0]
    assert kind in described["content"], (kind, described)
    shape = {**described["content"][kind]["schema"], "components": schema["components"]}
    Draft202012Validator(shape).validate(response.json())
    for header in described.get("headers", {}):
        assert header in response.headers, header


@pytest.mark.django_db
def test_it_is_valid_and_without_warnings(tmp_path):
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml")
    )


def test_no_answer_and_no_body_is_described_as_whatever_object(schema):
    free = {"type": "object", "additionalProperties": {}}
    wrong = []
    for name, operation in list_operations(schema).items():
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        contents = [one for body in bodies for one in body.get("content", {}).values()]
        wrong += [
            name for content in contents if content["schema"] == free or not content["schema"]
        ]
    assert not wrong


def test_every_operation_names_its_errors_and_who_may_call(schema):
    for name, operation in list_operations(schema).items():
        content = operation["responses"]["default"]["content"]
        assert list(content) == ["application/problem+json"], name
        assert {"password": []} in operation["security"], name
        reads = name[0] == "get" and not any(part in name[1] for part in SIGNED_IN)
        public = reads or name[1] == f"{PROBLEMS}check-text/"
        assert ({} in operation["security"]) == public, name
    schemes = schema["components"]["securitySchemes"]
    assert schemes["password"]["scheme"] == "basic"


def test_versions_are_asked_and_told_where_features_and_schemas_change(schema):
    for (method, path), operation in list_operations(schema).items():
        sent = {each["name"]: each for each in operation.get("parameters", [])}
        writes = method in ("put", "patch") or (method == "delete" and "features" in path)
        if path.startswith((IMPORTS, SCHEDULES)):  # of an import, what is published was looked at
            writes = path.endswith("/publish/")
        assert ("If-Match" in sent) == writes, (method, path)
        if writes:
            assert {"412", "428"} <= set(operation["responses"]) or "schema" in path
        if "/features/{key}/" in path and method != "delete":
            assert "ETag" in operation["responses"]["200"]["headers"]


def make_schedule(layer: Layer, author: User) -> Schedule:
    source = RemoteSource.objects.create(
        address="https://data.example.org/trees.geojson", kind="file", dataset="trees.geojson"
    )
    return Schedule.objects.create(
        source=source, layer=layer, author=author, frequency="daily", next_run_at=timezone.now()
    )


@pytest.fixture
def requests(plant, make_problem, administrator, author) -> Callable[[], Iterator[Sent]]:
    """One request for each operation at least: method, URL, status, body, client."""
    spec = LayerSpec(
        slug="trees", title_uk="Дерева", title_field="species", fields=TREE_FIELDS,
        style={"legend": [{"color": "#2e7d32", "title_uk": "Листяні"}]},
    )  # fmt: skip
    trees = create_layer(spec=spec)
    plant(trees, "1")
    plant(trees, "2")
    edit_feature(layer=trees, key="1", values={"height": 3})
    make_problem("open")
    boss, person, visitor = (APIClient() for _ in range(3))
    boss.force_authenticate(administrator)
    person.force_login(author)
    lon, lat = NORTH_WEST
    part = {"dataset": "trees", "layer": "trees"}
    place = f"lon={lon}&lat={lat}"
    report = {
        "client_request_id": DRAFT, "category": "rubbish", "lon": lon, "lat": lat,
        "title": "Купа сміття", "description": "Третій день не вивозять.",
    }  # fmt: skip

    def send(method: str, url: str, status: int, body: Json = None, client: APIClient = visitor):
        given = {} if body is None else {"data": body, "format": "json"}
        if isinstance(body, dict) and "file" in body:
            given["format"] = "multipart"
        headers = {"HTTP_IF_MATCH": "*"} if method in ("put", "patch", "delete") else {}
        if url.endswith("/publish/"):
            headers["HTTP_IF_MATCH"] = client.get(url.removesuffix("publish/"))["ETag"]
        response = getattr(client, method)(url, **given, **headers)
        assert response.status_code == status, (method, url, response.content.decode())
        return method, url, response

    def each():
        number = Problem.objects.latest("pk").pk
        yield send("get", "/api/v1/layers/", 200)
        yield send("get", LAYER, 200, client=boss)
        yield send("get", "/api/v1/layers/absent/", 404)
        yield send("get", f"{LAYER}schema/", 200)
        body = {"change": {"height": {"unit": "см"}}, "retire": ["inspector_remark"]}
        yield send("patch", f"{LAYER}schema/?preview=true", 200, body, boss)
        yield send("patch", f"{LAYER}schema/", 200, body, boss)
        yield send("patch", f"{LAYER}schema/", 400, {"retire": ["absent"]}, boss)
        yield send("get", f"{LAYER}features/", 302)
        yield send("post", f"{LAYER}features/", 201, FEATURE, boss)
        yield send("post", f"{LAYER}features/", 400, {"type": "Circle"}, boss)
        yield send("get", f"{LAYER}features/1/", 200)
        yield send("get", f"{LAYER}features/1/", 200, client=boss)
        yield send("get", f"{LAYER}cards/1/", 200)
        yield send("get", f"{LAYER}cards/absent/", 404)
        yield send("put", f"{LAYER}features/1/", 200, FEATURE, boss)
        yield send("patch", f"{LAYER}features/1/", 200, FEATURE, boss)
        yield send("delete", f"{LAYER}features/1/", 204, client=boss)
        yield send("get", f"{LAYER}edits/", 200, client=boss)
        yield send("post", f"{LAYER}edits/", 200, ONE_ADDED, boss)
        table = SimpleUploadedFile("trees.csv", b"lon,lat,species\n30.5,50.4,x\n30.6,abc,y\n")
        form: Json = {"file": table, "layer": "trees", "answers": '{"key": "@content"}'}
        begun = send("post", IMPORTS, 201, form | {"goes_to": "ready"}, boss)
        yield begun
        one = f"{IMPORTS}{begun[2].json()['id']}/"
        run_import.func(begun[2].json()["id"])
        yield send("get", IMPORTS, 200, client=boss)
        yield send("get", one, 200, client=boss)
        yield send("get", f"{one}preview/", 200, client=boss)
        yield send("get", f"{one}issues/", 200, client=boss)
        yield send("patch", one, 200, {"answers": {"mode": "merge"}}, boss)
        run_import.func(begun[2].json()["id"])
        yield send("post", f"{one}check/", 200, client=boss)
        run_import.func(begun[2].json()["id"])
        yield send("post", f"{one}publish/", 200, {"comment": "обхід"}, boss)
        yield send("post", f"{one}cancel/", 200, client=boss)
        yield send("get", f"{one}parts/", 200, client=boss)
        yield send("post", f"{one}parts/", 409, {"parts": [part]}, boss)
        nobody = {"address": "http://127.0.0.1/trees.geojson"}
        yield send("post", f"{IMPORTS}datasets/", 400, nobody, boss)
        repeat = {"frequency": "daily", "layer": "trees"} | nobody
        yield send("post", SCHEDULES, 400, repeat, boss)
        one = f"{SCHEDULES}{make_schedule(trees, administrator).pk}/"
        yield send("get", SCHEDULES, 200, client=boss)
        yield send("get", one, 200, client=boss)
        yield send("patch", one, 200, {"frequency": "weekly"}, boss)
        yield send("post", f"{one}pause/", 200, client=boss)
        yield send("post", f"{one}resume/", 200, client=boss)
        yield send("post", f"{one}run/", 202, client=boss)
        yield send("delete", one, 204, client=boss)
        yield send("get", f"{LAYER}changesets/?limit=1", 200)
        (newest,) = send("get", f"{LAYER}changesets/?limit=1", 200)[2].json()["changesets"]
        yield send("get", f"{LAYER}changesets/{newest['id']}/", 200, client=boss)
        yield send("post", f"{LAYER}photos/1/", 404, {"file": photo("б.jpg")}, boss)
        yield send("get", f"{LAYER}diff/?limit=1", 200)
        yield send("get", f"{LAYER}diff/?from=9&to=1", 400)
        yield send("post", f"{LAYER}archive/", 200, {"comment": "застарів"}, boss)
        yield send("get", LAYER, 410)
        yield send("post", f"{LAYER}restore/", 200, {}, boss)
        yield send("delete", LAYER, 409, client=boss)
        yield send("get", "/api/v1/search/?q=дуб", 200)
        yield send("get", f"/api/v1/locate/?{place}", 200)
        yield send("get", "/api/v1/locate/", 400)
        yield send("get", f"/api/v1/nearest/?{place}&layers=trees", 200)
        yield send("get", "/api/v1/nearest/?kinds=absent", 400)
        yield send("get", f"{PROBLEMS}address/?{place}", 200)
        yield send("get", f"{PROBLEMS}similar/?category=rubbish&{place}", 200)
        yield send("post", f"{PROBLEMS}check-text/", 200, {"title": "тел. 067 123 45 67"})
        upload = {"draft_id": DRAFT, "file": photo("а.jpg")}
        yield send("post", f"{PROBLEMS}uploads/", 201, upload, person)
        yield send("get", f"{PROBLEMS}uploads/?draft_id={DRAFT}", 200, client=person)
        listed = send("get", f"{PROBLEMS}uploads/?draft_id={DRAFT}", 200, client=person)[2].json()
        one = f"{PROBLEMS}uploads/{listed['uploads'][0]['id']}/"
        yield send("get", one, 200, client=person)
        yield send("delete", one, 204, client=person)
        yield send("post", f"{PROBLEMS}reports/", 201, report, person)
        yield send("post", f"{PROBLEMS}reports/", 403, report)
        assert number

    return each


def test_real_answers_are_as_described(schema, requests):
    asked = set()
    for method, url, response in requests():
        name, operation = find_operation(schema, method, url)
        validate(schema, operation, response)
        asked.add(name)
    whole = ("/api/v1/schema/", f"{IMPORTS}{{number}}/issues.csv")  # no JSON that could be compared
    own = {name for name in list_operations(schema) if name[1] not in whole}
    assert own - asked == set()
