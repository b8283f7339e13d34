"""Rows that the layer holds already are passed over in stages too, as long as it stands so."""

import pytest

from importers.loading import known
from importers.models import KnownRows
from importers.stages.journal import get_result
from importers.stages.previewing import preview_import
from importers.stages.services import check_import
from importers.states import Stage, State
from layers.models import LayerState
from layers.services import edit_feature
from tests.importers.stages.conftest import TABLE, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(receive, do, trees, monkeypatch):
    """Import the table; then check another one: the import, and how many rows reached its table."""
    monkeypatch.setattr(known, "FEWEST", 1)
    do(publish, do(check_import, receive(answers={"key": "id"})))

    def call(text: str = TABLE, **answers: object):
        import_ = do(check_import, receive(text, answers={"key": "id", **answers}))
        assert import_.state == State.READY, import_.error
        return import_, get_result(import_, Stage.CHECK)["in_table"]

    return call


def count(import_):
    shown = get_result(import_, Stage.PREVIEW)
    return tuple(shown[name] for name in ("added", "changed", "removed", "unchanged"))


def test_only_new_rows_are_kept_and_compared_and_publishing_knows_them_afterwards(check, do, trees):
    changed = TABLE.replace("Клен", "Явір") + "4,30.53,50.43,Граб\n"
    import_, in_table = check(changed)
    assert (in_table, count(import_)) == (2, (1, 1, 0, 2))
    import_ = do(publish, import_)
    assert (import_.state, import_.changeset.unchanged) == (State.PUBLISHED, 2)
    state = LayerState.objects.get(layer=trees)
    assert set(KnownRows.objects.values_list("revision", flat=True)) == {state.revision}
    import_, in_table = check(changed)
    assert (in_table, count(import_)) == (0, (0, 0, 0, 4))
    assert do(publish, import_).state == State.PUBLISHED


def test_a_file_that_replaces_removes_what_it_does_not_name_only(check, do, trees):
    """Neither known rows nor refused ones, which are named without being loaded."""
    fewer = "id,lon,lat,species\n1,30.5,50.4,Дуб\n2,nowhere,50.41,Клен\n"
    import_, in_table = check(fewer, mode="replace", yes_remove=9)
    assert (in_table, count(import_)) == (1, (0, 0, 1, 1))
    assert do(publish, import_).state == State.PUBLISHED
    assert set(trees.features.values_list("key", flat=True)) == {"1", "2"}


def test_what_is_written_after_the_check_is_seen(check, do, trees, officer, receive, monkeypatch):
    import_, in_table = check()
    assert in_table == 0
    edit_feature(layer=trees, key="1", values={"species": "Ялина"}, actor=officer)
    with pytest.raises(Exception, match="officer@example"):
        do(publish, import_)
    import_.refresh_from_db()
    assert get_result(import_, Stage.CHECK)["in_table"] == 3
    assert count(import_) == (0, 1, 0, 2)
    assert do(publish, import_).state == State.PUBLISHED

    again: list[int] = []

    def edit_before(import_, go_further):
        if not again:
            again.append(import_.pk)
            edit_feature(layer=trees, key="2", values={"species": "Ялина"}, actor=officer)
        preview_import(import_, go_further)

    monkeypatch.setattr("importers.stages.jobs.preview_import", edit_before)
    import_, in_table = check()
    assert (in_table, count(import_)) == (3, (0, 1, 0, 2))
