"""A file goes from stage to stage by services, until it is a changeset of its layer."""

import zipfile

import pytest

from geoportal.core.errors import Conflict, NotAllowed
from importers.errors import LayerChanged, OpenQuestions
from importers.models import Difference
from importers.stages import jobs
from importers.stages.differences import list_differences
from importers.stages.files import get_folder
from importers.stages.reopening import ask_anew
from importers.stages.selectors import list_questions
from importers.stages.services import (
    answer_import,
    cancel_import,
    check_import,
)
from importers.stages.tables import list_imports_with_tables
from importers.states import Stage, State
from layers.models import Changeset, Feature, Layer
from layers.schema.specs import read_fields
from layers.services import archive_layer, change_schema, delete_layer, edit_feature
from tests.importers.stages.conftest import TABLE, publish

pytestmark = pytest.mark.django_db


def list_done(import_):
    return [stage.name for stage in import_.stages.all() if stage.state == "done"]


def test_a_table_becomes_a_new_layer_that_only_staff_see(receive, do, officer):
    import_ = receive(creates=True, slug="oaks")
    assert import_.state == State.ASKING
    codes = [question["code"] for question in list_questions(import_)]
    assert {"crs", "key", "title", "licence", "public_fields"} <= set(codes)
    import_ = do(check_import, import_)
    assert (import_.state, import_.error) == (State.READY, "")
    assert [one.key for one in list_differences(import_)] == ["1", "2", "3"]
    assert not Layer.objects.filter(slug="oaks").exists()
    import_ = do(publish, import_)
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    layer = Layer.objects.get(slug="oaks")
    assert (layer.visibility, layer.features.count()) == ("staff", 3)
    assert import_.changeset.author == officer
    assert list_done(import_) == list(Stage)
    assert list_imports_with_tables() == set()
    assert (import_.file, get_folder(import_.pk).exists()) == ("", False)


def test_a_difference_is_shown_and_then_published(receive, do, trees, plant):
    plant(trees, "1", values={"species": "Дуб"})
    plant(trees, "2", values={"species": "Клен"}, lon=30.51, lat=50.41)
    plant(trees, "9", values={"species": "Верба"})
    import_ = do(check_import, receive(answers={"key": "id", "mode": "replace", "yes": []}))
    assert import_.state == State.READY, import_.error
    found = {one.key: one.action for one in list_differences(import_)}
    assert found == {"3": "added", "9": "removed"}
    import_ = do(publish, import_)
    changeset = import_.changeset
    assert (changeset.added, changeset.changed, changeset.removed) == (1, 0, 1)
    assert changeset.unchanged == 2
    assert set(trees.features.values_list("key", flat=True)) == {"1", "2", "3"}


def test_somebody_else_s_change_is_named_and_the_difference_made_anew(
    receive, do, trees, plant, officer
):
    plant(trees, "1", values={"species": "Сосна"})
    import_ = do(check_import, receive(answers={"key": "id"}))
    edit_feature(layer=trees, key="1", values={"species": "Ялина"}, actor=officer)
    with pytest.raises(LayerChanged, match="officer@example"):
        do(publish, import_)
    import_.refresh_from_db()
    assert import_.state == State.READY
    assert list_differences(import_).get(key="1").action == "changed"
    assert do(publish, import_).state == State.PUBLISHED
    assert Feature.objects.get(layer=trees, key="1").properties["species"] == "Дуб"


def test_a_change_between_the_word_and_the_job_is_seen_too(receive, trees, plant, do, officer):
    plant(trees, "1", values={"species": "Сосна"})
    import_ = do(check_import, receive(answers={"key": "id"}))
    publish(import_=import_)
    edit_feature(layer=trees, key="1", values={"species": "Ялина"}, actor=officer)
    from importers.stages.jobs import run_import

    run_import.func(import_.pk)
    import_.refresh_from_db()
    assert import_.state == State.READY
    assert "officer@example.org" in import_.error
    assert Changeset.objects.filter(layer=trees, kind="import").count() == 0


def test_nothing_goes_on_by_itself_for_who_has_lost_the_right(receive, do, trees, officer):
    import_ = do(check_import, receive(creates=True, slug="oaks"))
    import_.goes_to = State.PUBLISHED
    import_.save()
    officer.memberships.update(role="viewer")
    import_ = do(answer_import, import_, answers={"near": 1})
    assert (import_.state, bool(import_.error)) == (State.READY, True)
    assert not Layer.objects.filter(slug="oaks").exists()


def test_a_cancelled_import_leaves_nothing_but_its_row(receive, do, trees):
    import_ = do(check_import, receive(answers={"key": "id"}))
    assert list_imports_with_tables() == {import_.pk}
    import_ = do(cancel_import, import_)
    assert (import_.state, import_.file) == (State.CANCELLED, "")
    assert list_imports_with_tables() == set()
    assert not Difference.objects.filter(of_id=import_.pk).exists()
    with pytest.raises(Conflict):
        publish(import_=import_)


def test_a_file_that_cannot_be_used_fails_and_says_why(receive, trees):
    import_ = receive("%PDF-1.7 whatever", name="plan.pdf")
    assert import_.state == State.FAILED
    assert "PDF" in import_.error


def test_a_table_that_could_not_be_opened_so_is_asked_about(receive, do, trees):
    table = TABLE.replace("lon", "колонка 1").replace("lat", "колонка 2")
    import_ = receive(table)
    assert import_.state == State.ASKING
    assert import_.error
    codes = [question["code"] for question in list_questions(import_)]
    assert {"header_row", "lon", "lat", "place"} <= set(codes)
    said = {"lon": "колонка 1", "lat": "колонка 2", "key": "id"}
    import_ = do(answer_import, import_, answers=said)
    assert (import_.state, import_.error) == (State.ASKING, "")
    assert do(check_import, import_).state == State.READY


def test_where_the_key_of_the_layer_has_another_name_its_column_is_asked_for(receive, do, trees):
    trees.key_field = "species"
    trees.save()
    import_ = receive("вид рослини,lon,lat\nДуб,30.5,50.4\nКлен,30.6,50.4\n")
    (question,) = list_questions(import_)
    assert (import_.state, question["code"], question["required"]) == ("asking", "key", True)
    assert [choice["value"] for choice in question["choices"]] == ["вид рослини", "lon", "lat"]
    with pytest.raises(OpenQuestions):
        check_import(import_=import_)
    import_ = do(answer_import, import_, answers={"key": "вид рослини"})
    assert {"mode", "mapping"} <= {each["code"] for each in list_questions(import_)}
    import_ = do(publish, do(check_import, import_))
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    found = {tree.key: tree.properties["species"] for tree in trees.features.all()}
    assert found == {"Дуб": "Дуб", "Клен": "Клен"}


def test_of_several_datasets_one_is_chosen(receive, do, trees, tmp_path, officer, council):
    both = tmp_path / "both.zip"
    with zipfile.ZipFile(both, "w") as archive:
        archive.writestr("дерева.csv", TABLE)
        archive.writestr("кущі.csv", TABLE.replace("Дуб", "Бузок"))
    import_ = receive(both.read_bytes(), name="both.zip", answers={"key": "id"})
    (question,) = [one for one in list_questions(import_) if one["code"] == "dataset"]
    assert question["proposed"] is None
    names = [choice["value"] for choice in question["choices"]]
    with pytest.raises(OpenQuestions):
        check_import(import_=import_)
    import_ = do(answer_import, import_, answers={"dataset": names[1]})
    assert do(check_import, import_).state == State.READY


def test_who_may_not_change_the_layer_may_not_import_into_it(receive, trees, resident, council):
    with pytest.raises(NotAllowed):
        receive(actor=resident)


def test_removals_stop_until_their_number_is_said(receive, do, trees, plant):
    for number in range(10):
        plant(trees, f"old-{number}")
    import_ = do(check_import, receive(answers={"key": "id", "mode": "replace"}))
    with pytest.raises(OpenQuestions, match="10"):
        do(publish, import_)
    import_ = do(answer_import, import_, answers={"yes_remove": 10})
    assert do(publish, import_).state == State.PUBLISHED
    assert trees.features.count() == 3


def test_a_recipe_answers_for_the_next_file(receive, do, trees):
    do(publish, do(check_import, receive(answers={"key": "id"})))
    again = receive(TABLE.replace("Дуб", "Бук"))
    assert (again.state, again.answers["key"]) == (State.ASKING, "id")
    assert again.recipe.name == "trees.csv"


def test_a_layer_that_is_deleted_takes_its_waiting_imports_along(receive, do, trees):
    published = do(publish, do(check_import, receive(answers={"key": "id"})))
    waiting = do(check_import, receive(TABLE.replace("Дуб", "Бук"), answers={"key": "id"}))
    archive_layer(layer=trees)
    delete_layer(layer=Layer.objects.get(pk=trees.pk))
    for import_, state in ((published, State.PUBLISHED), (waiting, State.CANCELLED)):
        import_.refresh_from_db()
        assert (import_.state, import_.layer, import_.changeset) == (state, None, None)
    assert list_imports_with_tables() == set()


def test_from_the_difference_one_goes_back_to_the_questions_without_reading_again(
    receive, do, trees, monkeypatch
):
    import_ = do(check_import, receive(answers={"key": "id"}))
    asked = list_questions(import_)
    monkeypatch.setattr(jobs, "inspect", None)
    import_ = do(ask_anew, import_)
    assert (import_.state, import_.answers) == (State.ASKING, {"key": "id"})
    assert list_questions(import_) == asked
    assert list_done(import_) == [Stage.INSPECT, Stage.QUESTIONS]
    do(answer_import, import_, answers={"mode": "replace"})
    assert do(publish, do(check_import, import_)).state == State.PUBLISHED
    with pytest.raises(Conflict):
        ask_anew(import_=import_)


def test_questions_about_another_schema_are_asked_anew(receive, do, trees):
    import_ = do(check_import, receive(answers={"key": "id"}))
    read_at = import_.stages.get(name=Stage.INSPECT).started_at
    change_schema(layer=trees, fields=read_fields(trees)[::-1][1:])
    import_ = do(ask_anew, import_)
    assert import_.state == State.ASKING
    assert import_.stages.get(name=Stage.INSPECT).started_at > read_at
