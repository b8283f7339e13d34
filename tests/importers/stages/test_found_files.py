"""The files that were found by use, by the command line and by what the pages ask."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from importers.stages.questions import list_unanswered
from importers.stages.services import answer_import, check_import, receive_import
from importers.states import State
from tests.importers.formats.test_found_imports import OUTCOMES, found  # noqa: F401
from tests.importers.stages.conftest import send

pytestmark = pytest.mark.django_db
SAID_YES = ["personal-data", "leaves-community"]
NOISE = {"outside-community"}
# What the pages must ask of each before it goes on; nothing else is asked of the others.
ASKED = {
    "f15_named.kmz": {"dataset"},
    "f15_nested_zip.zip": {"dataset"},
    "f15_plan.dxf": {"crs"},
    "f21_valid_geojson_abroad.geojson": {"axes"},
}
FLAGS = {"dataset": "source_layer"}


def list_parts(path: Path) -> list[Path]:
    return [one for one in sorted(path.parent.glob(f"{path.stem}.*")) if one.suffix != ".txt"]


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_command_line_tells_of_a_found_file_what_is_right(found, name):
    options, rows, faults = OUTCOMES[name]
    out = io.StringIO()
    call_command(
        "import_layer", found / name, layer="things", create=True, json=True, yes=SAID_YES,
        stdout=out, **options,
    )  # fmt: skip
    told = json.loads(out.getvalue())
    refused = {one["row"] for one in told["issues"] if one["severity"] == "error"}
    assert (told["rows"], told["added"], told["rejected"]) == (
        rows,
        rows - len(refused),
        len(refused),
    )
    seen = [(one["row"], one["code"]) for one in told["issues"] if one["code"] not in NOISE]
    assert sorted(seen, key=str) == sorted(faults, key=str)


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_pages_ask_of_a_found_file_what_must_be_asked_and_load_it(
    found, officer, council, do, django_capture_on_commit_callbacks, name
):
    options, _rows, faults = OUTCOMES[name]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        uploads = [send(officer, part.read_bytes(), part.name) for part in list_parts(found / name)]
        import_ = receive_import(
            actor=officer, uploads=uploads, slug="things", creates=True, organisation=council
        )
    import_.refresh_from_db()
    assert import_.state == State.ASKING
    questions = import_.stages.get(name="questions").result["questions"]
    open_ = {one["code"] for one in list_unanswered(questions, {})}
    assert open_ == ASKED.get(name, set())
    answers = {code: options.get(FLAGS.get(code, code), "xy") for code in open_}
    if answers:
        import_ = do(answer_import, import_, answers=answers)
    import_ = do(check_import, import_)
    assert (import_.state, import_.error) == (State.READY, "")
    settled = NOISE | {"axes-doubtful"} if "axes" in answers else NOISE
    seen = [one for one in import_.issues.values_list("row", "code") if one[1] not in settled]
    faults = [one for one in faults if one[1] not in settled]
    assert sorted(seen, key=str) == sorted(faults, key=str)


def test_a_column_that_would_be_the_key_but_for_one_row_is_asked_about_by_both(
    found,
    receive,
    do,
    capsys,
):
    path = found / "f19_near_unique_id.csv"
    with pytest.raises(SystemExit) as stopped:
        call_command("import_layer", path, layer="things", create=True, json=True, yes=SAID_YES)
    assert stopped.value.code == 2
    assert "house_id" in capsys.readouterr().out
    import_ = receive(path.read_bytes(), name=path.name, slug="things", creates=True)
    questions = import_.stages.get(name="questions").result["questions"]
    (open_,) = list_unanswered(questions, {})
    assert open_["code"] == "key"
    assert "house_id" in open_["reason"]
    import_ = do(check_import, do(answer_import, import_, answers={"key": "house_id"}))
    assert list(import_.issues.values_list("code", flat=True)) == ["key-repeated"]
