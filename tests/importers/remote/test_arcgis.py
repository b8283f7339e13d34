"""FeatureServer as a source: by pages or numbers, codes and moments as people read them."""

import json

import pytest

from importers.formats.opening import OpenOptions, open_source
from importers.remote.errors import DatasetUnchosen, RemoteFailure
from importers.remote.kinds import arcgis
from tests.importers.remote.servers import collection, point, say, say_page

COUNT = 5
ROOT = "/arcgis/rest/services/Trees/FeatureServer"
FIELDS = [
    {"name": "OBJECTID", "type": "esriFieldTypeOID"},
    {"name": "number", "type": "esriFieldTypeInteger"},
    {
        "name": "state",
        "type": "esriFieldTypeSmallInteger",
        "domain": {
            "type": "codedValue",
            "codedValues": [{"code": 1, "name": "добрий"}, {"code": 2, "name": "аварійний"}],
        },
    },
    {"name": "seen", "type": "esriFieldTypeDate"},
    {"name": "kind", "type": "esriFieldTypeInteger"},
]
LAYER = {
    "currentVersion": 10.91,
    "id": 0,
    "name": "Дерева",
    "type": "Feature Layer",
    "geometryType": "esriGeometryPoint",
    "copyrightText": "CC BY 4.0",
    "fields": FIELDS,
    "typeIdField": "kind",
    "types": [{"id": 7, "name": "Листяне", "domains": {"state": {"type": "inherited"}}}],
    "maxRecordCount": 2,
    "supportedQueryFormats": "JSON, geoJSON, PBF",
    "advancedQueryCapabilities": {"supportsPagination": True},
}
SERVICE = {
    "currentVersion": 10.91,
    "mapName": "",
    "spatialReference": {"wkid": 102100},
    "layers": [{"id": 0, "name": "Дерева"}, {"id": 1, "name": "Група", "subLayerIds": [2]}],
    "tables": [{"id": 3, "name": "Обстеження"}],
}


def describe(number):
    values = {"state": 2, "seen": 1_767_225_600_000, "kind": 7}
    return {"OBJECTID": number, "number": number} | values


@pytest.fixture
def service(server, monkeypatch):
    monkeypatch.setattr(arcgis, "NAMED_A_PAGE", 2)
    server.layer, server.override = dict(LAYER), None

    def query(asked):
        given = asked.query
        if given.get("returncountonly"):
            return say({"count": COUNT})
        if given.get("returnidsonly"):
            return say({"objectIdFieldName": "OBJECTID", "objectIds": [4, 3, 2, 1, 0]})
        if server.override is not None:
            return server.override(asked)
        if "objectids" in given:
            numbers = [int(each) for each in given["objectids"].split(",")]
        else:
            start = int(given.get("resultoffset", 0))
            numbers = list(range(start, min(start + int(given["resultrecordcount"]), COUNT)))
        if given["f"] == "geojson":
            features = [point(each) | {"properties": describe(each)} for each in numbers]
            return say(collection(features, exceededTransferLimit=bool(numbers)))
        features = [
            {"attributes": describe(each), "geometry": {"x": 30.5, "y": 50.4 + each / 10_000}}
            for each in numbers
        ]
        return say(
            {
                "objectIdFieldName": "OBJECTID",
                "geometryType": "esriGeometryPoint",
                "spatialReference": {"wkid": 4326},
                "fields": FIELDS,
                "features": features,
            }
        )

    def as_json(document):
        return lambda asked: say(document()) if asked.query.get("f") == "json" else say_page()

    server.routes = {
        ROOT: as_json(lambda: SERVICE),
        f"{ROOT}/0": as_json(lambda: server.layer),
        f"{ROOT}/0/query": query,
    }
    return server


def read_features(fetched):
    return json.loads(fetched.path.read_text(encoding="utf-8"))["features"]


def test_of_a_service_a_layer_or_table_is_chosen(service, fetch):
    with pytest.raises(DatasetUnchosen) as refusal:
        fetch(service.url + ROOT)
    listed = refusal.value.extra["datasets"]
    assert [(one["name"], one["title"]) for one in listed] == [
        ("0", "Дерева"),
        ("3", "Обстеження"),
    ]
    assert fetch(service.url + ROOT, "0").rows == COUNT


@pytest.mark.parametrize("path", [f"{ROOT}/0", f"{ROOT}/0?f=pjson", f"{ROOT}/0/query?where=1%3D1"])
def test_a_layer_is_known_by_its_page_and_its_query(service, fetch, path):
    fetched = fetch(service.url + path)
    assert (fetched.rows, fetched.path.name) == (COUNT, "Дерева.geojson")


def test_codes_and_moments_are_what_people_read(service, fetch):
    (first, *_others) = read_features(fetch(f"{service.url}{ROOT}/0"))
    assert first["properties"] == {
        "OBJECTID": 0,
        "number": 0,
        "state": "аварійний",
        "seen": "2026-01-01T00:00:00+00:00",
        "kind": "Листяне",
    }


def test_pages_follow_in_the_order_of_numbers(service, fetch):
    fetch(f"{service.url}{ROOT}/0")
    asked = [one.query for one in service.asked if "resultoffset" in one.query]
    assert [one["resultoffset"] for one in asked] == ["0", "2", "4", "5"]
    assert {(one["orderbyfields"], one["outsr"]) for one in asked} == {("OBJECTID", "4326")}


def test_a_server_without_pages_is_asked_by_numbers(service, fetch):
    service.layer["advancedQueryCapabilities"] = {"supportsPagination": False}
    numbers = [
        each["properties"]["number"] for each in read_features(fetch(f"{service.url}{ROOT}/0"))
    ]
    assert numbers == list(range(COUNT))


def test_a_server_without_geojson_gives_its_own_json(service, fetch):
    service.layer["supportedQueryFormats"] = "JSON, AMF"
    fetched = fetch(f"{service.url}{ROOT}/0")
    with open_source(fetched.path, OpenOptions()) as source:
        (batch,) = source.batches()
    assert source.format == "esrijson"
    columns = {column.name: batch.values[column.place].to_pylist() for column in source.columns}
    assert columns["number"] == list(range(COUNT))
    assert set(columns["state"]) == {"аварійний"}
    assert set(columns["kind"]) == {"Листяне"}


def test_an_error_that_comes_as_a_success_is_told(service, fetch):
    refusal = say({"error": {"code": 498, "message": "Invalid Token", "details": []}})
    service.override = lambda asked: refusal
    with pytest.raises(RemoteFailure, match="Invalid Token"):
        fetch(f"{service.url}{ROOT}/0")
    service.routes[ROOT] = refusal
    with pytest.raises(RemoteFailure, match="Invalid Token"):
        fetch(f"{service.url}{ROOT}")


def test_what_ends_too_early_is_refused(service, fetch):
    service.override = lambda asked: say(
        collection([] if asked.query["resultoffset"] != "0" else [point(0)])
    )
    with pytest.raises(RemoteFailure, match="обіцяв"):
        fetch(f"{service.url}{ROOT}/0")


def test_the_key_of_a_service_is_passed_on_and_not_shown(service, fetch):
    service.override = lambda asked: say({"error": {"message": "no"}}, 500)
    with pytest.raises(RemoteFailure) as refusal:
        fetch(f"{service.url}{ROOT}/0?token=abc123")
    assert {one.query.get("token") for one in service.asked} == {"abc123"}
    assert "abc123" not in str(refusal.value.message)
