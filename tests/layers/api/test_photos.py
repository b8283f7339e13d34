"""Photos of a feature over HTTP: who may send them, what is refused, who sees them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from layers.models import Changeset, Feature, Photo
from layers.schema.specs import FieldSpec, read_fields
from layers.services import change_schema
from tests.layers.photographing import PHOTO_FIELDS, draw_photo, list_shown, take_cleaned

pytestmark = pytest.mark.django_db
URL = "/api/v1/layers/trees/photos/{}/"


def send(user, *contents, key="1", **fields):
    client = APIClient()
    if user:
        client.force_authenticate(user)
    files = [SimpleUploadedFile("дуб.jpg", each, "image/jpeg") for each in contents]
    return client.post(URL.format(key), {"files": files} | fields, format="multipart")


@pytest.fixture
def tree(trees, plant):
    fields = [each for each in PHOTO_FIELDS if each.type == "photos"]
    change_schema(layer=trees, fields=[*read_fields(trees), *fields])
    plant(trees, "a/1")
    return plant(trees, "1")


@pytest.fixture
def jpeg(monkeypatch):
    take_cleaned(monkeypatch)
    return draw_photo().getvalue()


def test_photos_are_kept_in_one_changeset_and_belong_to_their_feature(tree, jpeg, officer, client):
    sent = send(officer, jpeg, jpeg, field="photos", caption="Дуб", licence="CC0-1.0")
    assert sent.status_code == 201, sent.data
    shown = sent.json()["properties"]["photos"]
    assert [(each["caption"], each["licence"]) for each in shown] == [("Дуб", "CC0-1.0")] * 2
    assert list_shown(tree) == shown
    assert tree.changeset.author == officer
    assert client.get(shown[0]["url"]).status_code == 200

    editor = APIClient()
    editor.force_authenticate(officer)
    feature = "/api/v1/layers/trees/features/{}/"
    change = {"type": "Feature", "properties": {"photos": shown[:1]}}
    one = editor.patch(feature.format("1"), change, format="json", HTTP_IF_MATCH=sent["ETag"])
    assert one.json()["properties"]["photos"] == shown[:1]
    other = editor.patch(feature.format("a/1"), change, format="json", HTTP_IF_MATCH="*")
    assert (other.status_code, "photos" in other.json()["errors"]) == (400, True)
    version = Feature.objects.get(layer=tree.layer, key="a/1").changeset_id
    edits = {"comment": "x", "changes": [{"id": "a/1", "version": version} | change]}
    many = editor.post("/api/v1/layers/trees/edits/", edits, format="json")
    assert (many.status_code, "фото" in many.content.decode()) == (400, True), many.data
    assert list_shown(Feature.objects.get(layer=tree.layer, key="a/1")) == []


def test_photos_for_staff_are_seen_by_staff_and_keys_may_hold_slashes(tree, jpeg, officer, client):
    sent = send(officer, jpeg, key="a/1", field="evidence")
    assert sent.status_code == 201, sent.data
    assert "evidence" not in sent.json()["properties"]
    url = sent.json()["internal"]["evidence"][0]["url"]
    assert client.get(url).status_code == 404
    client.force_login(officer)
    assert client.get(url).status_code == 200


def test_what_is_refused_leaves_nothing(tree, jpeg, officer, resident):
    before = Changeset.objects.count()
    for user, given, code in (
        (None, {"field": "photos"}, 403),
        (resident, {"field": "photos"}, 403),
        (officer, {}, 400),  # two attributes hold photos
        (officer, {"field": "species"}, 400),
        (officer, {"field": "photos", "colour": "red"}, 400),
        (officer, {"field": "photos", "caption": "х" * 501}, 400),
        (officer, {"field": "photos", "key": "absent"}, 404),
    ):
        assert send(user, jpeg, **given).status_code == code, (user, given)
    assert send(officer, field="photos").status_code == 400
    assert send(officer, *[jpeg] * 11, field="photos").status_code == 400
    assert (Photo.objects.count(), Changeset.objects.count()) == (0, before)


def test_the_kind_of_a_file_is_seen_from_its_content(tree, officer):
    sent = send(officer, b"<svg onload='x'/>", field="photos")
    assert (sent.status_code, "дуб.jpg" in sent.json()["detail"]) == (400, True), sent.data
    assert not Photo.objects.exists()


def test_a_layer_without_an_attribute_of_photos_says_so(trees, plant, jpeg, officer):
    plant(trees, "1")
    sent = send(officer, jpeg)
    assert (sent.status_code, "атрибута" in sent.json()["detail"]) == (400, True), sent.data
    change_schema(
        layer=trees, fields=[*read_fields(trees), FieldSpec(name="p", type="photos", title_uk="Ф")]
    )
    assert send(officer, jpeg).status_code == 201
