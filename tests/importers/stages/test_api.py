"""The stages of an import over HTTP: a file is sent, answered about, looked at and published."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from geoportal.accounts.models import Organisation
from importers.models import Import
from layers.models import Feature
from tests.importers.stages.conftest import TABLE, send
from tests.importers.stages.several import write_town

pytestmark = pytest.mark.django_db
BROKEN = TABLE + "4,abc,50.4,Дуб\n"


@pytest.fixture
def ask(client, officer, django_capture_on_commit_callbacks):
    """A request of the officer, whose jobs are done before the answer is looked at again."""
    client.force_login(officer)

    def call(method, path, body=None, **given):
        if body is not None and "content_type" not in given:
            given["content_type"] = "application/json"
        with django_capture_on_commit_callbacks(execute=True):
            return getattr(client, method)(f"/api/v1/imports/{path}", body or {}, **given)

    def publish(path, body=None):
        """The preview that stands is looked at first."""
        return call(
            "post", f"{path}publish/", body, headers={"If-Match": call("get", path)["ETag"]}
        )

    call.publish = publish
    return call


@pytest.fixture
def post_form(client, officer, trees, django_capture_on_commit_callbacks):
    """A file in a form."""
    client.force_login(officer)

    def call(text=TABLE, **values):
        file = SimpleUploadedFile("trees.csv", text.encode())
        body = {"file": file, "layer": "trees", "answers": '{"key": "id"}'} | values
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/api/v1/imports/", body)

    return call


def test_a_file_is_sent_answered_about_and_published(post_form, ask, trees, plant):
    plant(trees, "1", values={"species": "Сосна"})
    begun = post_form(BROKEN).json()
    path = f"{begun['id']}/"
    found = ask("get", path).json()
    assert found["state"] == "asking"
    assert {one["code"] for one in found["questions"]} >= {"crs", "key", "mapping", "mode"}
    key = next(one for one in found["questions"] if one["code"] == "key")
    assert (key["answer"], key["flag"], len(key["rows"])) == ("id", "--key", 3)
    assert ask("post", f"{path}check/").status_code == 200
    found = ask("get", path).json()
    assert found["state"] == "ready"
    assert [(one["code"], one["rows"]) for one in found["issues"]] == [
        ("unreadable-coordinates", [4])
    ]
    preview = ask("get", f"{path}preview/?action=changed").json()
    (changed,) = preview["features"]
    assert changed["before"]["properties"]["species"] == "Сосна"
    assert changed["after"]["properties"] == {"species": "Дуб", "height": 12.5}
    assert ask.publish(path, {"comment": "Весняний обхід"}).status_code == 200
    found = ask("get", path).json()
    assert (found["state"], found["publisher"]) == ("published", "officer@example.org")
    changeset = Import.objects.get().changeset
    assert (found["changeset"], changeset.comment) == (changeset.pk, "Весняний обхід")


def test_pages_and_boxes_of_a_preview(post_form, ask):
    path = f"{post_form(goes_to='ready').json()['id']}/preview/"
    first = ask("get", f"{path}?limit=2").json()
    assert [one["id"] for one in first["features"]] == ["1", "2"]
    assert "after=2" in first["next"]
    assert [one["id"] for one in ask("get", f"{path}?after=2").json()["features"]] == ["3"]
    within = ask("get", f"{path}?bbox=30.505,50.405,30.515,50.415").json()
    assert [one["id"] for one in within["features"]] == ["2"]


def test_remarks_are_a_table_with_the_rows_of_the_file(post_form, ask):
    path = f"{post_form(BROKEN, goes_to='ready').json()['id']}/"
    table = ask("get", f"{path}issues.csv")
    text = b"".join(table.streaming_content).decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(text))
    assert (row[0], row[4]) == ("4", "unreadable-coordinates")
    assert ask("get", f"{path}issues/?code=key-missing").json()["issues"] == []


def test_an_uploaded_file_is_taken_over(ask, officer, trees):
    body = {"upload": [str(send(officer, TABLE))], "layer": "trees"}
    assert ask("post", "", body).status_code == 201


def test_what_is_no_answer_is_refused_by_its_code(post_form, ask):
    path = f"{post_form().json()['id']}/"
    answer = ask("patch", path, {"answers": {"mode": "destroy", "colour": "red"}})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"mode", "colour"}


def test_imports_of_others_are_not_found(post_form, ask, client, resident):
    number = post_form().json()["id"]
    client.force_login(resident)
    assert client.get(f"/api/v1/imports/{number}/").status_code == 404
    assert client.get("/api/v1/imports/").json()["imports"] == []


@pytest.mark.parametrize(
    "answers",
    [{"title": "a\0b"}, {"mapping": {"\ud800": ""}}, {"addresses": ["\0"]}, {"near": float("inf")}],
)
def test_what_the_database_cannot_keep_is_no_answer(post_form, ask, answers):
    number = post_form().json()["id"]
    body = json.dumps({"answers": answers}).replace("Infinity", "1e999")
    answer = ask("patch", f"{number}/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(answers))


def nest(depth):
    return '{"answers": {"mapping": ' + '{"a": ' * depth + "1" + "}" * depth + "}}"


WRONG_BODIES = [
    '{"answers": [1, 2]}',
    '{"answers": "merge"}',
    '{"answers": {"mode": ["merge"]}}',
    '{"answers": {"yes": "all"}}',
    '{"answers": {"yes": [{"code": 1}]}}',
    '{"answers": {"yes_remove": true}}',
    '{"answers": {"yes_remove": 99999999999999999999999}}',
    '{"answers": {"near": 1e9}}',
    '{"answers": {"mapping": [["a", "b"]]}}',
    '{"answers": {"mapping": {"a": 5}}}',
    '{"answers": {"public_fields": {"a": "b"}}}',
    '{"answers": {"fit_areas": "yes"}}',
    json.dumps({"answers": {"public_fields": ["поле" * 100] * 5000}}),
    nest(600),
    nest(300_000),
]


def test_answers_of_wrong_types_or_without_end_are_refused_in_words(post_form, ask, subtests):
    """To an import that stands, and with a file."""
    number = post_form().json()["id"]
    for body in WRONG_BODIES:
        given = body.removeprefix('{"answers": ').removesuffix("}")
        for answer in (ask("patch", f"{number}/", body), post_form(answers=given)):
            with subtests.test(body=body[:80]):
                assert answer.status_code in (400, 413)
                assert answer.json()["detail"] or answer.json()["errors"]


def test_who_has_left_the_publisher_has_left_its_imports(post_form, ask, officer):
    number = post_form(goes_to="ready").json()["id"]
    hospital = Organisation.objects.create(slug="hospital", name_uk="Лікарня")
    officer.memberships.update(organisation=hospital)
    assert ask("get", "").json()["imports"] == []
    assert ask("get", f"{number}/preview/").status_code == 404
    assert ask("post", f"{number}/publish/", headers={"If-Match": '"0"'}).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 428), ({"If-Match": "*"}, 428), ({"If-Match": '"0"'}, 412)]
)
def test_only_the_preview_that_was_looked_at_is_published(post_form, ask, headers, status):
    number = post_form(goes_to="ready").json()["id"]
    answer = ask("post", f"{number}/publish/", {"comment": "Обхід"}, headers=headers)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert ask("get", f"{number}/").json()["state"] == "ready"
    assert not Feature.objects.exists()


def test_pages_of_a_preview_bear_its_tag_and_one_made_anew_bears_another(post_form, ask):
    path = f"{post_form(goes_to='ready').json()['id']}/"
    seen = ask("get", f"{path}preview/")["ETag"]
    assert ask("get", path)["ETag"] == seen
    ask("patch", path, {"answers": {"near": 1}})
    assert ask("get", path)["ETag"] != seen
    answer = ask("post", f"{path}publish/", headers={"If-Match": seen})
    assert answer.status_code == 412


def test_a_cancelled_import_says_so(post_form, ask):
    number = post_form().json()["id"]
    assert ask("post", f"{number}/cancel/").json()["state"] == "cancelled"
    assert "ETag" not in ask("get", f"{number}/").headers
    answer = ask("post", f"{number}/publish/", headers={"If-Match": '"0"'})
    assert answer.status_code == 409


def test_datasets_of_one_file_become_imports_of_one_group(ask, client, officer, council, tmp_path):
    town = write_town(tmp_path / "town.gpkg").read_bytes()
    body = {"upload": [str(send(officer, town, "town.gpkg"))], "layer": "town", "create": True}
    begun = ask("post", "", body | {"organisation": "council"}).json()
    path = f"{begun['id']}/parts/"
    parts = ask("get", path).json()["parts"]
    assert [(one["layer"], one["chosen"]) for one in parts[:2]] == [
        ("lavky", True),
        ("parky", True),
    ]
    chosen = [{name: one[name] for name in ("dataset", "layer", "create")} for one in parts[:2]]
    made = ask("post", path, {"parts": chosen}).json()["imports"]
    assert [one["part"] for one in made] == ["лавки", "парки"]
    listed = client.get(f"/api/v1/imports/?group={made[0]['group']}").json()["imports"]
    assert {(one["id"], one["state"]) for one in listed} == {(one["id"], "ready") for one in made}
    refused = ask("post", path, {"parts": [chosen[0] | {"dataset": "нема"}]})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["нема"])
