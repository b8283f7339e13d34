"""The doors of the REST API for a layer as a whole: its schema, its archive, its changesets."""

import pytest
from rest_framework.test import APIClient

from layers.models import Changeset, Layer
from layers.services import archive_layer, delete_feature, edit_feature

pytestmark = pytest.mark.django_db
LAYER = "/api/v1/layers/trees/"
SCHEMA = f"{LAYER}schema/"


def client_of(user=None):
    client = APIClient()
    if user:
        client.force_authenticate(user)
    return client


@pytest.fixture
def editor(officer):
    return client_of(officer)


@pytest.fixture
def boss(administrator):
    return client_of(administrator)


def patch(client, body, tag="*", query=""):
    return client.patch(SCHEMA + query, body, format="json", HTTP_IF_MATCH=tag)


def test_everybody_reads_the_public_fields_and_their_version(trees, editor):
    read = client_of().get(SCHEMA)
    assert [field["name"] for field in read.json()["fields"]] == ["species", "height"]
    assert read.json()["fields"][1] == {
        "name": "height", "type": "number", "title_uk": "Висота", "title_en": "", "unit": "м",
        "hint_uk": "", "hint_en": "", "choices": [], "code_list": "", "minimum": None,
        "maximum": None, "required": False,
        "audience": "public", "searchable": False,
    }  # fmt: skip
    assert read["ETag"] == f'"{read.json()["version"]}"'
    names = [field["name"] for field in editor.get(SCHEMA).json()["fields"]]
    assert names == ["species", "height", "inspector_remark"]


def test_an_editor_adds_retitles_reorders_and_hides(trees, editor, officer, plant):
    plant(trees, "1")
    tag = editor.get(SCHEMA)["ETag"]
    body = {
        "add": [{"name": "age", "type": "integer", "title_uk": "Вік"}],
        "change": {"species": {"title_uk": "Вид"}, "height": {"audience": "staff"}},
        "order": ["age", "species"],
    }
    previewed = patch(editor, body, query="?preview=true").json()
    assert (previewed["changeset"], previewed["reordered"]) == (None, True)
    assert [(e["name"], e["rows"], e["hidden"]) for e in previewed["effects"]] == [
        ("age", 0, False),
        ("species", 1, False),
        ("height", 1, True),
    ]
    assert editor.get(SCHEMA)["ETag"] == tag
    done = patch(editor, body, tag)
    assert done.status_code == 200, done.data
    assert done.json()["effects"] == previewed["effects"]
    assert done["ETag"] != tag
    assert [field["name"] for field in done.json()["fields"]] == [
        "age", "species", "height", "inspector_remark",
    ]  # fmt: skip
    changeset = Changeset.objects.get(pk=done.json()["changeset"])
    assert (changeset.kind, changeset.author) == ("schema", officer)
    item = client_of().get("/ogc/collections/trees/items/1").json()
    assert item["properties"] == {"species": "Дуб"}


def test_a_change_needs_the_version_that_stands(trees, editor):
    body = {"change": {"height": {"unit": "см"}}}
    tag = editor.get(SCHEMA)["ETag"]
    assert editor.patch(SCHEMA, body, format="json").status_code == 428
    assert patch(editor, body, '"abc"').status_code == 412
    assert patch(editor, body, tag).status_code == 200
    assert patch(editor, body, tag).status_code == 412
    again = patch(editor, body, "*").json()
    assert (again["changeset"], again["effects"]) == (None, [])


def test_only_an_administrator_takes_values_away_or_publishes(trees, editor, boss, plant):
    plant(trees, "1")
    publish = {"change": {"inspector_remark": {"audience": "public"}}}
    retire = {"retire": ["height"]}
    for body in (publish, retire):
        assert patch(editor, body, query="?preview=true").status_code == 200
        assert patch(editor, body).status_code == 403
    assert {field.name for field in trees.fields.all()} >= {"height", "inspector_remark"}
    assert trees.fields.get(name="inspector_remark").audience == "staff"
    assert patch(boss, publish).status_code == 200
    assert patch(boss, retire).status_code == 200


def test_an_editor_retires_a_field_that_nothing_fills(trees, editor):
    assert patch(editor, {"retire": ["height"]}).status_code == 200
    assert not trees.fields.filter(name="height").exists()


def test_who_does_not_edit_the_layer_does_not_even_preview(trees, resident):
    body = {"retire": ["height"]}
    for client in (client_of(), client_of(resident)):
        for query in ("", "?preview=true"):
            assert patch(client, body, query=query).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"fields": []},
        {"add": [{"title_uk": "без назви"}]},
        {"add": [{"name": "age", "type": "bogus"}]},
        {"add": [{"name": "age", "colour": "red"}]},
        {"add": [{"name": "age", "choices": [{"title_uk": "без значення"}]}]},
        {"change": {"height": {"name": "tall"}}},
        {"change": {"nothing": {"unit": "м"}}},
        {"retire": ["species"]},
        {"order": "height"},
        [],
    ],
)
def test_a_change_that_cannot_be_is_a_problem_document(trees, editor, body):
    answer = patch(editor, body)
    assert answer.status_code == 400, answer.data
    assert answer["Content-Type"] == "application/problem+json"
    assert patch(editor, {}, query="?preview=maybe").json()["parameter"] == "preview"


def test_values_that_do_not_fit_are_named_and_nothing_changes(trees, editor, plant):
    plant(trees, "1")
    body = {"change": {"species": {"type": "integer"}}}
    (effect,) = patch(editor, body, query="?preview=true").json()["effects"]
    assert (effect["unfit"], list(effect["examples"])) == (1, ["1"])
    answer = patch(editor, body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["1"]
    assert trees.fields.get(name="species").type == "text"


def test_an_administrator_archives_restores_and_deletes(trees, boss, editor, plant):
    plant(trees, "1")
    assert editor.post(f"{LAYER}archive/").status_code == 403
    assert boss.delete(LAYER).status_code == 409
    archived = boss.post(f"{LAYER}archive/", {"comment": "застарів"}, format="json")
    assert archived.status_code == 200, archived.data
    assert (archived.json()["kind"], archived.json()["comment"]) == ("archive", "застарів")
    assert boss.get(LAYER).status_code == 410
    assert boss.post(f"{LAYER}archive/").status_code == 409
    listed = "/api/v1/layers/?archived=true"
    assert [layer["slug"] for layer in boss.get(listed).json()["layers"]] == ["trees"]
    assert editor.get(listed).json()["layers"] == []
    assert editor.post(f"{LAYER}restore/").status_code == 403
    assert boss.post(f"{LAYER}restore/").status_code == 200
    assert client_of().get(LAYER).json()["feature_count"] == 1
    assert boss.post(f"{LAYER}archive/").status_code == 200
    assert editor.delete(LAYER).status_code == 403
    assert boss.delete(LAYER).status_code == 204
    assert boss.get(LAYER).status_code == 404
    assert not Layer.objects.exists()


def test_changesets_are_listed_in_pages_without_what_is_for_staff(trees, plant, editor, officer):
    for key in "123":
        plant(trees, key, actor=officer, comment="посадили")
    first = client_of().get(f"{LAYER}changesets/?limit=2").json()
    assert [changeset["added"] for changeset in first["changesets"]] == [1, 1]
    assert not {"comment", "author", "source"} & set(first["changesets"][0])
    second = client_of().get(first["next"]).json()
    assert (len(second["changesets"]), second["next"]) == (1, None)
    oldest = second["changesets"][0]["id"]
    assert client_of().get(f"{LAYER}changesets/{oldest}/").json() == second["changesets"][0]
    full = editor.get(f"{LAYER}changesets/{oldest}/").json()
    assert (full["comment"], full["author"]) == ("посадили", str(officer))
    assert client_of().get(f"{LAYER}changesets/{oldest + 99}/").status_code == 404


def test_the_difference_of_two_changesets_is_geojson_with_public_attributes(trees, plant, editor):
    for key in ("1", "2", "3"):
        plant(trees, key)
    plant(trees, "hidden", visibility="staff")
    first = Changeset.objects.latest("id").pk
    edit_feature(layer=trees, key="1", values={"height": 20})
    edit_feature(layer=trees, key="hidden", values={"height": 20})
    edit_feature(layer=trees, key="2", values={"inspector_remark": "інше"})
    delete_feature(layer=trees, key="3")
    answer = client_of().get(f"{LAYER}diff/?from={first}")
    assert answer["Content-Type"] == "application/geo+json"
    changed, removed = answer.json()["features"]
    assert (changed["id"], changed["action"]) == ("1", "changed")
    assert changed["geometry"] == {"type": "Point", "coordinates": [30.5, 50.4]}
    assert changed["properties"] == {"species": "Дуб", "height": 20}
    assert changed["before"]["properties"]["height"] == 12.5
    assert changed["before"]["internal"] == {}
    assert (removed["id"], removed["action"], removed["after"]) == ("3", "removed", None)
    assert "таємне" not in answer.content.decode()
    seen = editor.get(f"{LAYER}diff/?from={first}").json()["features"]
    assert [feature["id"] for feature in seen] == ["1", "2", "3", "hidden"]
    assert seen[1]["after"]["internal"] == {"inspector_remark": "інше"}


def test_a_difference_goes_on_to_the_same_end(trees, plant):
    for key in "123":
        plant(trees, key)
    page = client_of().get(f"{LAYER}diff/?limit=2").json()
    plant(trees, "4")
    rest = client_of().get(page["next"]).json()
    assert [feature["id"] for feature in page["features"] + rest["features"]] == ["1", "2", "3"]
    wrong = client_of().get(f"{LAYER}diff/?from=5&to=2")
    assert (wrong.status_code, wrong.json()["type"]) == (400, "urn:geoportal:invalid-input")


def test_an_archived_layer_tells_no_changes(trees, plant, boss):
    plant(trees, "1")
    archive_layer(layer=trees)
    for url in (SCHEMA, f"{LAYER}changesets/", f"{LAYER}diff/"):
        assert boss.get(url).status_code == 410
    assert patch(boss, {"retire": ["height"]}).status_code == 410
