"""The editing API: who may, what is refused, and that each change is one changeset."""

import json

import pytest
from rest_framework.test import APIClient

from geoportal.accounts.models import Membership
from layers.models import Changeset, Feature
from tests.conftest import write_staff

pytestmark = pytest.mark.django_db
URL = "/api/v1/layers/trees/features/"
OAK = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [30.5, 50.4]},
    "properties": {"species": "Дуб", "height": "12,5"},
}


def client_of(user=None):
    client = APIClient()
    if user:
        client.force_authenticate(user)
    return client


@pytest.fixture
def editor(officer):
    return client_of(officer)


@pytest.fixture
def viewer(council):
    user = write_staff("viewer", is_staff=True)
    Membership.objects.create(user=user, organisation=council, role=Membership.Role.VIEWER)
    return user


def test_a_feature_is_added_read_changed_and_deleted(trees, editor, officer):
    added = editor.post(URL, OAK, format="json")
    assert added.status_code == 201, added.data
    document = added.json()
    assert document["properties"] == {"species": "Дуб", "height": 12.5}
    key, tag = document["id"], added["ETag"]

    read = editor.get(f"{URL}{key}/")
    assert (read.json(), read["ETag"]) == (document, tag)

    change = {
        "type": "Feature",
        "properties": {"height": 13},
        "internal": {"inspector_remark": "х"},
    }
    changed = editor.patch(f"{URL}{key}/", change, format="json", HTTP_IF_MATCH=tag)
    assert changed.status_code == 200, changed.data
    assert changed.json()["properties"] == {"species": "Дуб", "height": 13}
    assert changed.json()["internal"] == {"inspector_remark": "х"}
    assert changed.json()["geometry"] == OAK["geometry"]

    gone = editor.delete(f"{URL}{key}/", HTTP_IF_MATCH=changed["ETag"])
    assert gone.status_code == 204
    assert editor.get(f"{URL}{key}/").status_code == 404
    changesets = Changeset.objects.filter(layer=trees).order_by("id")
    assert [(c.added, c.changed, c.removed, c.author) for c in changesets] == [
        (1, 0, 0, officer),
        (0, 1, 0, officer),
        (0, 0, 1, officer),
    ]


def test_the_tag_of_a_compressed_answer_names_the_version_too(trees, editor, plant):
    plant(trees, "1", values={"species": "Дуб " * 200})
    read = editor.get(f"{URL}1/", HTTP_ACCEPT_ENCODING="gzip")
    assert read["Content-Encoding"] == "gzip"
    assert read["ETag"].startswith("W/")
    change = {"type": "Feature", "properties": {"height": 1}}
    response = editor.patch(f"{URL}1/", change, format="json", HTTP_IF_MATCH=read["ETag"])
    assert response.status_code == 200


def test_put_empties_what_it_does_not_name(trees, editor, plant):
    feature = plant(trees, "1")
    put = {"type": "Feature", "geometry": OAK["geometry"], "properties": {"species": "Клен"}}
    response = editor.put(f"{URL}1/", put, format="json", HTTP_IF_MATCH=f'"{feature.changeset_id}"')
    assert response.status_code == 200, response.data
    assert response.json()["properties"] == {"species": "Клен", "height": None}


def test_a_change_needs_the_version_that_was_read(trees, editor, plant):
    old = f'"{plant(trees, "1").changeset_id}"'
    change = {"type": "Feature", "properties": {"height": 1}}
    assert editor.patch(f"{URL}1/", change, format="json").status_code == 428
    assert editor.patch(f"{URL}1/", change, format="json", HTTP_IF_MATCH=old).status_code == 200
    late = editor.patch(f"{URL}1/", change, format="json", HTTP_IF_MATCH=old)
    assert late.status_code == 412
    assert late["Content-Type"] == "application/problem+json"
    assert editor.delete(f"{URL}1/", HTTP_IF_MATCH=old).status_code == 412
    assert editor.delete(f"{URL}1/", HTTP_IF_MATCH="W/nonsense").status_code == 412
    assert editor.delete(f"{URL}1/", HTTP_IF_MATCH="*").status_code == 204


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 403), ("resident", 403), ("viewer", 403), ("officer", 201), ("administrator", 201)],
)
def test_officers_of_the_publisher_and_administrators_write(request, trees, who, status):
    client = client_of(request.getfixturevalue(who) if who else None)
    response = client.post(URL, OAK, format="json")
    assert response.status_code == status
    assert Feature.objects.count() == (status == 201)
    assert client.get("/ogc/collections/trees/items").status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_others_change_nothing(trees, plant, resident, method):
    plant(trees, "1")
    for client in (client_of(), client_of(resident)):
        response = getattr(client, method)(f"{URL}1/", OAK, format="json", HTTP_IF_MATCH="*")
        assert response.status_code == 403
    assert Changeset.objects.count() == 1


def test_an_officer_of_another_organisation_is_refused(make_layer, officer):
    make_layer("foreign", organisation=None)
    response = client_of(officer).post("/api/v1/layers/foreign/features/", OAK, format="json")
    assert response.status_code == 403


def test_a_layer_that_is_hidden_from_the_caller_is_not_found(make_layer, resident):
    make_layer("closed", visibility="staff")
    response = client_of(resident).post("/api/v1/layers/closed/features/", OAK, format="json")
    assert response.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        OAK | {"geometry": {"type": "Point", "coordinates": [300, 50]}},
        OAK | {"geometry": {"type": "LineString", "coordinates": [[30, 50], [31, 50]]}},
        OAK | {"geometry": {"type": "Point", "coordinates": ["a", 1]}},
        OAK | {"geometry": "here"},
        OAK | {"properties": {"height": "високе"}},
        OAK | {"properties": {"колір": "зелений"}},
        OAK | {"properties": ["Дуб"]},
        OAK | {"geometry": "POINT(30 50)"},
        OAK | {"visibility": "x"},
        OAK | {"visibility": None},
        OAK | {"properties": {"species": "\ud800"}},
        OAK | {"properties": {"height": 10**400}},
        OAK | {"properties": {"height": "1_0"}},
        OAK | {"properties": {"height": "nan"}},
        OAK | {"id": "k" * 9000},
        OAK | {"id": "a\x00b"},
        {"species": "Дуб"},
        ["Feature"],
    ],
)
def test_bad_input_is_refused_with_a_reason(trees, editor, body):
    response = editor.post(URL, json.dumps(body), content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]
    assert not Changeset.objects.exists()


def test_a_height_above_the_sea_is_left_out(trees, editor):
    high = OAK | {"geometry": {"type": "Point", "coordinates": [30.5, 50.4, 120]}}
    response = editor.post(URL, high, format="json")
    assert response.status_code == 201
    assert response.json()["geometry"]["coordinates"] == [30.5, 50.4]


def test_a_self_crossing_area_is_refused_with_the_place(make_layer, editor):
    make_layer("parks", geometry_type="polygon")
    bow = [[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]
    area = OAK | {"geometry": {"type": "Polygon", "coordinates": [bow]}}
    response = editor.post("/api/v1/layers/parks/features/", area, format="json")
    assert response.status_code == 400
    assert "перетинає саму себе біля 30.5, 50.5" in response.json()["detail"]


def test_the_key_field_makes_the_key_and_stays(make_layer, editor):
    make_layer(key_field="species")
    assert editor.post(URL, OAK, format="json").json()["id"] == "Дуб"
    assert editor.post(URL, OAK, format="json").status_code == 409
    change = {"type": "Feature", "properties": {"species": "Клен"}}
    assert editor.patch(f"{URL}Дуб/", change, format="json", HTTP_IF_MATCH="*").status_code == 400


def test_an_unexpected_error_is_logged_with_the_request_id_and_not_shown(
    trees, editor, monkeypatch, caplog
):
    from layers.api import views

    def fall(**given):
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(views.services, "add_feature", fall)
    editor.raise_request_exception = False
    response = editor.post(URL, OAK, format="json", HTTP_X_REQUEST_ID="abcdefgh-1")
    assert response.status_code == 500
    assert b"hunter2" not in response.content
    assert response.json()["request_id"] == "abcdefgh-1" == response["X-Request-ID"]
    assert "hunter2" in caplog.text


def test_lists_are_read_from_the_ogc_service(trees, editor):
    response = editor.get(f"{URL}?limit=3")
    assert (response.status_code, response["Location"]) == (
        302,
        "/ogc/collections/trees/items?limit=3",
    )
