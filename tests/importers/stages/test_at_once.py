"""Two browsers, two workers and a hand on the wrong button: real connections, real commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from geoportal.core.errors import Conflict, DomainError
from importers.models import Import
from importers.request import ImportRequest
from importers.stages import at_once as shell
from importers.stages import jobs, previewing, publishing
from importers.stages.files import get_folder
from importers.stages.jobs import clean_imports, run_import
from importers.stages.publishing import name_preview
from importers.stages.services import answer_import, cancel_import, check_import, receive_import
from importers.stages.tables import list_imports_with_tables
from importers.states import State
from layers.models import Changeset, Layer
from layers.services import archive_layer, delete_layer
from tests.conftest import plant_tree, write_council, write_layer, write_officer
from tests.importers.stages.conftest import TABLE, publish, send
from tests.queue import NO_WORKER

pytestmark = pytest.mark.django_db(transaction=True)
WAITING_S = 20


@pytest.fixture
def layer(settings):
    settings.TASKS = NO_WORKER
    layer = write_layer(write_council())
    plant_tree(layer, "1", values={"species": "Сосна"})
    yield layer
    for left in list_imports_with_tables():  # no flush of the database takes these
        jobs.drop_all_tables(left)


@pytest.fixture
def officer(layer):
    return write_officer(layer.organisation)


@pytest.fixture
def ready(layer, officer):
    """An import whose preview stands."""

    def call(text=TABLE):
        import_ = receive_import(
            actor=officer, uploads=[send(officer, text)], slug="trees", answers={"key": "id"}
        )
        work(import_)
        check_import(import_=import_)
        return work(import_)

    return call


def work(import_):
    run_import.func(import_.pk)
    import_.refresh_from_db()
    return import_


def at_once(*works):
    """Each on a connection of its own; what was returned, or the error of the domain."""
    barrier = Barrier(len(works))

    def run(do):
        try:
            barrier.wait(timeout=10)
            return do()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(WAITING_S) for future in [pool.submit(run, do) for do in works]]


def own(import_):
    """The row as a request of its own reads it."""
    return Import.objects.select_related("author", "layer").get(pk=import_.pk)


def test_of_two_who_press_at_once_one_publishes(layer, ready):
    import_ = ready()
    seen = name_preview(import_)
    results = at_once(*[lambda: publish(own(import_), seen=seen)] * 4)
    assert len([one for one in results if isinstance(one, Import)]) == 1
    assert len([one for one in results if isinstance(one, Conflict)]) == 3
    at_once(*[lambda: work(own(import_))] * 2)
    import_.refresh_from_db()
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    assert Changeset.objects.filter(kind="import").count() == 1


def test_two_imports_into_one_layer_follow_one_another(layer, ready):
    first, second = ready(), ready(TABLE.replace("Дуб", "Бук"))
    publish(first)
    publish(second)
    at_once(lambda: work(own(first)), lambda: work(own(second)))
    states = {own(first).state, own(second).state}
    assert states == {State.PUBLISHED, State.READY}
    late = own(first) if own(first).state == State.READY else own(second)
    assert late.error
    publish(late)
    assert work(late).state == State.PUBLISHED
    assert Changeset.objects.filter(kind="import").count() == 2
    assert layer.features.count() == 3


@pytest.mark.parametrize("round_", range(4))
def test_published_or_cancelled_but_never_both(layer, ready, round_):
    import_ = ready()
    publish(import_)
    _worked, cancelled = at_once(
        lambda: work(own(import_)), lambda: cancel_import(import_=own(import_))
    )
    work(import_)
    published = Changeset.objects.filter(kind="import").count()
    if import_.state == State.PUBLISHED:
        assert (published, layer.features.count()) == (1, 3)
        assert isinstance(cancelled, Conflict)
    else:
        assert (import_.state, published, layer.features.count()) == (State.CANCELLED, 0, 1)
    assert list_imports_with_tables() == set()
    assert not get_folder(import_.pk).exists()


def test_a_word_to_cancel_in_the_midst_of_a_publication_takes_all_of_it_back(
    layer, ready, monkeypatch
):
    import_ = ready()
    publish(import_)
    whole = publishing.describe_details

    def cancel_and_describe(import_):
        at_once(lambda: cancel_import(import_=own(import_)))
        return whole(import_)

    monkeypatch.setattr(publishing, "describe_details", cancel_and_describe)
    work(import_)
    assert import_.state == State.CANCELLED
    assert [tree.properties["species"] for tree in layer.features.all()] == ["Сосна"]
    assert list_imports_with_tables() == set()


def test_the_page_does_not_say_cancelled_before_it_is(layer, ready, client, officer):
    import_ = ready()
    publish(import_)
    client.force_login(officer)
    page = client.post(f"/staff/imports/{import_.pk}/cancel/", follow=True).content.decode()
    assert "зупиняється" in page
    assert "скасовано; нічого" not in page


def test_answers_of_two_browsers_are_both_kept(layer, ready):
    import_ = ready()
    answer_import(import_=import_, answers={"header_row": "1"})
    work(import_)
    assert import_.state == State.ASKING
    at_once(
        lambda: answer_import(import_=own(import_), answers={"near": 2}),
        lambda: answer_import(import_=own(import_), answers={"mode": "replace"}),
    )
    import_.refresh_from_db()
    assert (import_.answers["near"], import_.answers["mode"]) == (2, "replace")


@pytest.mark.parametrize("stage", ["preview", "publication"])
def test_a_layer_that_goes_while_an_import_waits_for_it(layer, ready, stage, monkeypatch):
    import_ = ready()
    if stage == "publication":
        publish(import_)
    else:
        answer_import(import_=import_, answers={"near": 1})
    hold = publishing.hold_layer

    def remove_and_hold(layer):
        def remove():
            archive_layer(layer=Layer.objects.get(pk=layer.pk))
            delete_layer(layer=Layer.objects.get(pk=layer.pk))

        at_once(remove)
        return hold(layer)

    module = publishing if stage == "publication" else previewing
    monkeypatch.setattr(module, "hold_layer", remove_and_hold)
    work(import_)
    assert import_.state == State.CANCELLED
    assert "видалено" in import_.error
    assert list_imports_with_tables() == set()


def test_a_press_does_not_wait_for_who_is_publishing_into_the_layer(layer, ready):
    import_ = ready()
    with transaction.atomic():
        publishing.hold_layer(layer)
        (pressed,) = at_once(lambda: publish(own(import_)))
    assert isinstance(pressed, Import)
    assert work(import_).state == State.PUBLISHED


def test_a_job_that_found_the_lock_held_is_not_lost(layer, ready, monkeypatch):
    """Somebody presses when the job before has seen its last state, and holds its lock still."""
    import_ = ready()
    late = jobs.end_late

    def press_and_end(import_id):
        monkeypatch.setattr(jobs, "end_late", late)
        publish(own(import_))
        at_once(lambda: run_import.func(import_id))
        late(import_id)

    monkeypatch.setattr(jobs, "end_late", press_and_end)
    assert work(import_).state == State.PUBLISHED


def test_the_clock_lets_nothing_go_that_somebody_goes_on_with(layer, ready, settings):
    import_ = ready()
    settings.IMPORT_DAYS = 0
    with transaction.atomic():
        Import.objects.select_for_update().get(pk=import_.pk)
        at_once(clean_imports)
    assert own(import_).state == State.READY


def test_an_import_of_the_shell_is_never_seen_without_its_lock(layer, monkeypatch):
    """The clock would take it for one whose command is gone."""
    seen = []

    def create_and_look(request):
        import_ = Import.objects.create(name="x", origin="shell")
        seen.extend(at_once(lambda: Import.objects.filter(pk=import_.pk).exists()))
        return import_

    monkeypatch.setattr(shell, "import_file", lambda *args, **given: None)
    monkeypatch.setattr(shell, "begin", create_and_look)
    request = ImportRequest(path=get_folder(0), layer="trees")
    shell.import_at_once(request, lambda progress: None)
    assert seen == [False]
