"""`manage.py import_layer` and `rollback_changeset` as a shell sees them."""

import json

import pytest
from django.core.management import CommandError, call_command

from importers.models import Import
from importers.states import Stage
from layers.models import Changeset, Layer
from tests.importers.conftest import stored
from tests.importers.stages.several import write_town

TABLE = "id,lon,lat,name\n1,30.1,50.1,Дуб\n2,abc,50.1,Клен\n"


@pytest.fixture
def run(db, capsys):
    """Exit code, standard output and standard error."""

    def call(*arguments):
        code = 0
        try:
            call_command(*map(str, arguments))
        except SystemExit as stopped:
            code = stopped.code
        except CommandError as refused:
            return refused.returncode, "", str(refused)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_json_is_one_object_and_nothing_else(run, write_text):
    code, out, err = run(
        "import_layer", write_text(TABLE), "--layer", "things", "--create", "--json"
    )
    report = json.loads(out)
    assert (code, err) == (0, "")
    expected = {
        "layer": "things",
        "created": True,
        "dry_run": False,
        "mode": "merge",
        "format": "csv",
        "rows": 2,
        "added": 1,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "rejected": 1,
        "repaired": 0,
        "key_field": "id",
        "fields": ["id", "name"],
        "ignored_columns": [],
        "issues_total": 1,
    }
    assert {name: report[name] for name in expected} == expected
    assert report["changeset"] == Changeset.objects.get().pk
    assert report["crs"]["code"] == "EPSG:4326"
    assert report["encoding"]["name"] == "utf-8"
    issue = report["issues"][0]
    assert (issue["row"], issue["key"], issue["field"]) == (2, "2", "lon")
    assert (issue["severity"], issue["code"]) == ("error", "unreadable-coordinates")
    assert "abc" in issue["message"]


def test_the_summary_is_for_people(run, write_text):
    code, out, _err = run("import_layer", write_text(TABLE), "--layer", "things", "--create")
    assert code == 0
    assert "things" in out
    assert "abc" in out
    assert "EPSG:4326" in out


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("", ["--create"]),
        ("id,name\n1,x\n", ["--create"]),
        ("%PDF-1.7 whatever", ["--create"]),
        ("PK\x03\x04 broken", ["--create"]),
        (TABLE, []),
        (TABLE, ["--create", "--crs", "EPSG:1"]),
        (TABLE, ["--create", "--encoding", "klingon"]),
        (TABLE, ["--create", "--key", "nothing"]),
        (TABLE, ["--create", "--organisation", "nobody"]),
        (TABLE, ["--create", "--visibility", "organisation"]),
        (TABLE, ["--create", "--staff-field", "nothing"]),
        (TABLE, ["--create", "--title-field", "nothing"]),
        (TABLE, ["--create", "--kind", "territory"]),
        (TABLE, ["--title", "Щось"]),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_code_2(run, write_text, content, options):
    path = write_text(content)
    code, out, err = run("import_layer", path, "--layer", "things", *options)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.strip().endswith((".", "…")) or ":" in err
    code, out, err_of_json = run("import_layer", path, "--layer", "things", *options, "--json")
    problem = json.loads(out)
    assert (code, err_of_json, problem["detail"]) == (2, "", err.strip())
    assert problem["type"].startswith("urn:geoportal:unusable-")
    assert not Layer.objects.exists()


def test_a_missing_file_and_a_folder(run, tmp_path):
    for path in (tmp_path / "nothing.geojson", tmp_path):
        code, _out, err = run("import_layer", path, "--layer", "things", "--create")
        assert (code, len(err.strip().splitlines())) == (2, 1)


def test_a_trial_run_from_the_shell(run, write_text):
    path = write_text(TABLE)
    code, out, _err = run(
        "import_layer", path, "--layer", "things", "--create", "--dry-run", "--json"
    )
    report = json.loads(out)
    assert (code, report["added"], report["changeset"], report["dry_run"]) == (0, 1, None, True)
    assert not Layer.objects.exists()


def test_content_goes_before_the_name_of_the_file(run, write_text, write_geojson):
    named_wrong = write_geojson(
        {"type": "Feature", "properties": {"id": 1}, "geometry": None}, name="things.csv"
    )
    code, out, _err = run("import_layer", named_wrong, "--layer", "a", "--create", "--json")
    assert (code, json.loads(out)["format"]) == (0, "geojson")
    table = write_text(TABLE, name="things.geojson")
    code, out, _err = run("import_layer", table, "--layer", "b", "--create", "--json")
    assert (code, json.loads(out)["format"]) == (0, "csv")


def test_an_import_is_rolled_back_from_the_shell(run, write_text):
    run("import_layer", write_text(TABLE), "--layer", "things", "--create")
    changed = write_text(TABLE.replace("Дуб", "Бук"))
    _code, out, _err = run("import_layer", changed, "--layer", "things", "--json")
    changeset = json.loads(out)["changeset"]
    code, out, _err = run("rollback_changeset", changeset, "--json")
    report = json.loads(out)
    assert (code, report["rolls_back"], report["changed"]) == (0, changeset, 1)
    assert stored()["1"]["name"] == "Дуб"
    code, _out, err = run("rollback_changeset", changeset)
    assert (code, len(err.splitlines())) == (2, 1)
    assert run("rollback_changeset", 10**6)[0] == 2


def test_a_new_layer_is_for_staff_until_its_licence_is_chosen(run, write_text):
    path = write_text(TABLE)
    run("import_layer", path, "--layer", "quiet", "--create")
    assert Layer.objects.get(slug="quiet").visibility == "staff"
    code, _out, err = run(
        "import_layer", path, "--layer", "loud", "--create", "--visibility", "public"
    )
    assert (code, "--licence" in err) == (2, True)
    run("import_layer", path, "--layer", "loud", "--create", "--licence", "CC0-1.0")
    loud = Layer.objects.get(slug="loud")
    assert (loud.visibility, loud.licence) == ("public", "CC0-1.0")


def test_a_changeset_has_its_author_its_words_and_its_import(run, write_text, officer):
    said = ("--author", officer.email, "--comment", "Весняний обхід")
    run("import_layer", write_text(TABLE), "--layer", "things", "--create", *said)
    changeset = Changeset.objects.get()
    assert (changeset.author, changeset.comment) == (officer, "Весняний обхід")
    import_ = Import.objects.get(changeset=changeset)
    assert (import_.state, import_.origin, import_.author) == ("published", "shell", officer)
    assert [stage.name for stage in import_.stages.all()] == list(Stage)
    assert [issue.row for issue in import_.issues.all()] == [2]


def test_an_import_that_fails_says_why_in_its_row(run, write_text):
    assert run("import_layer", write_text(TABLE), "--layer", "things")[0] == 2
    import_ = Import.objects.get()
    assert import_.state == "failed"
    assert "things" in import_.error


def test_columns_go_where_they_are_told(run, write_text):
    fields = ("--field", "name=порода", "--field", "id=")
    code, _out, err = run(
        "import_layer", write_text(TABLE), "--layer", "things", "--create", *fields
    )
    assert (code, "“id”" in err or "«id»" in err) == (2, True)
    fields = (*fields, "--key", "@content")
    run("import_layer", write_text(TABLE), "--layer", "things", "--create", *fields)
    assert list(stored().values()) == [{"порода": "Дуб"}]
    code, _out, err = run("import_layer", write_text(TABLE), "--layer", "things", "--field", "name")
    assert (code, "COLUMN=FIELD" in err) == (2, True)


def test_what_would_be_removed_is_named_and_said_yes_to(run, write_text):
    rows = "".join(f"{n},30.{n},50.1,Дуб {n}\n" for n in range(10, 40))
    run("import_layer", write_text(f"id,lon,lat,name\n{rows}"), "--layer", "things", "--create")
    replacing = ("import_layer", write_text(TABLE), "--layer", "things", "--mode", "replace")
    code, _out, err = run(*replacing)
    assert (code, "Дуб 10" in err, "--yes-remove 30" in err) == (2, True, True)
    code, out, _err = run(*replacing, "--json")
    assert json.loads(out)["brakes"][0]["count"] == 30
    assert run(*replacing, "--yes-remove", "30")[0] == 0
    assert list(stored()) == ["1"]


def test_datasets_of_one_file_go_into_layers_of_their_own(run, tmp_path):
    path = write_town(tmp_path / "town.gpkg")
    said = ("--create", "--dataset", "лавки", "--dataset", "парки=zelen", "--json")
    code, out, _err = run("import_layer", path, *said)
    told = json.loads(out)["datasets"]
    assert (code, [one["layer"] for one in told]) == (0, ["lavky", "zelen"])
    assert [one["report"]["added"] for one in told] == [3, 2]
    assert set(Layer.objects.values_list("slug", "title_uk")) == {
        ("lavky", "Лавки"),
        ("zelen", "Парки"),
    }
    assert Import.objects.filter(group__name="town.gpkg", state="published").count() == 2


def test_one_dataset_goes_into_the_layer_that_is_named(run, tmp_path):
    path = write_town(tmp_path / "town.gpkg")
    run("import_layer", path, "--layer", "parks", "--create", "--dataset", "парки")
    assert len(stored("parks")) == 2


def test_a_dataset_that_is_refused_stops_no_other(run, tmp_path):
    path = write_town(tmp_path / "town.gpkg")
    options = ("--all-datasets", "--create", "--key", "inv_nomer")
    code, out, _err = run("import_layer", path, *options)
    assert code == 2
    assert "Імпортовано наборів: 1 з 2" in out
    assert list(Layer.objects.values_list("slug", flat=True)) == ["lavky"]
    code, out, _err = run("import_layer", path, "--all-datasets", "--dry-run", "--json")
    assert [("problem" in one, one["layer"]) for one in json.loads(out)["datasets"]] == [
        (False, "lavky"),
        (True, "parky"),
    ]


def test_each_door_says_in_its_own_words_how_one_of_several_layers_is_chosen(run, tmp_path):
    path = write_town(tmp_path / "town.gpkg")
    code, _out, err = run("import_layer", path, "--create", "--layer", "town")
    assert (code, "--source-layer" in err) == (2, True), err
    code, out, _err = run("import_layer", path, "--create", "--layer", "town", "--json")
    assert (code, "--source-layer" in out, "лавки, парки" in out) == (2, False, True), out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--layer"),
        (["--dataset", "лавки", "--all-datasets"], "--source-layer"),
        (["--dataset", "лавки", "--dataset", "парки", "--layer", "x"], "«x» названо двічі"),
        (["--all-datasets", "--title", "x"], "НАЗВА"),
        (["--dataset", "нема"], "лавки, парки"),
        (["--dataset", "лавки=one", "--dataset", "парки=one"], "«one» названо двічі"),
    ],
)
def test_datasets_that_cannot_be_are_refused(run, tmp_path, options, words):
    path = write_town(tmp_path / "town.gpkg")
    code, _out, err = run("import_layer", path, "--create", *options)
    assert (code, words in err) == (2, True), err
    assert not Layer.objects.exists()
