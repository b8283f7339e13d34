"""Killing the process of an import at any stage: the layer is old or new, and the import goes on.

A child of the test does the job; a lock that the test holds stops it where it is to be
killed. So nothing has to be large, and nothing waits for luck.
"""

import os
import signal
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest
from django.db import connection, connections, transaction

from importers.formats.process.client import zygote
from importers.models import Import
from importers.stages import checking, jobs, journal
from importers.stages.differences import list_differences
from importers.stages.jobs import clean_imports, resume_imports, run_import
from importers.stages.services import (
    answer_import,
    cancel_import,
    check_import,
    receive_import,
)
from importers.stages.tables import list_imports_with_tables
from importers.states import Origin, State
from importers.understanding import understand
from layers.models import Changeset
from tests.conftest import plant_tree, write_council, write_layer, write_officer
from tests.importers.stages.conftest import TABLE, publish, send
from tests.queue import AT_ONCE, NO_WORKER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAITING_S = 20.0


@pytest.fixture
def layer():
    council = write_council()
    layer = write_layer(council)
    plant_tree(layer, "1", values={"species": "Сосна"})
    return layer


@pytest.fixture
def begin(layer, settings, monkeypatch):
    """An import whose jobs nobody does, as when the worker is away."""
    monkeypatch.setattr(jobs, "WAITS_FOR_A_WORKER", timedelta(0))
    settings.TASKS = NO_WORKER
    officer = write_officer(layer.organisation)

    def call(text=TABLE):
        return receive_import(
            actor=officer, uploads=[send(officer, text)], slug="trees", answers={"key": "id"}
        )

    return call


@contextmanager
def held(statement):
    """Somebody else's session that keeps a lock."""
    values = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        values.pop(name, None)
    other = psycopg2.connect(**values)
    try:
        other.cursor().execute(statement)
        yield
    finally:
        other.rollback()
        other.close()


def kill_at(import_, statement, meanwhile=lambda: None):
    """Begin the job in a process of its own, and kill that when it waits for the lock."""
    with held(statement):
        connections.close_all()
        child = os.fork()
        if child == 0:
            zygote._owner = os.getpid()
            try:
                run_import.func(import_.pk)
            finally:
                os._exit(0)
        wait_until(lambda: count_sessions("wait_event_type = 'Lock'") == 1)
        meanwhile()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    wait_until(lambda: count_sessions("state <> 'idle' AND application_name <> 'other'") == 0)


def take_differences():
    """As who publishes does, whose tables then go. Raises where somebody holds them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK importers_difference IN ACCESS EXCLUSIVE MODE NOWAIT")


def count_sessions(condition):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            f" AND pid <> pg_backend_pid() AND {condition}"
        )
        return cursor.fetchone()[0]


def wait_until(holds):
    deadline = time.monotonic() + WAITING_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def go_on(import_, settings):
    """By the clock, with a worker that works again."""
    settings.TASKS = AT_ONCE
    assert resume_imports() == 1
    settings.TASKS = NO_WORKER
    import_.refresh_from_db()


def list_scratch():
    return [path.name for path in Path(tempfile.gettempdir()).glob("import-*")]


def test_every_stage_survives_the_death_of_its_process(layer, begin, settings):
    scratch = set(list_scratch())
    import_ = begin()
    kill_at(import_, "LOCK importers_recipe")
    import_.refresh_from_db()
    assert import_.state == State.INSPECTING
    go_on(import_, settings)
    assert import_.state == State.ASKING

    check_import(import_=import_)
    kill_at(import_, "LOCK importers_importissue")  # all rows are copied, nothing is committed
    assert list_imports_with_tables() == set()
    kill_at(import_, "SELECT FROM layers_layerstate FOR UPDATE", take_differences)  # the preview
    go_on(import_, settings)
    assert (import_.state, import_.error) == (State.READY, "")
    assert {one.key: one.action for one in list_differences(import_)} == {
        "1": "changed",
        "2": "added",
        "3": "added",
    }

    publish(import_=import_)
    kill_at(import_, "LOCK layers_featureversion IN EXCLUSIVE MODE")  # half of it is written
    assert [one.properties["species"] for one in layer.features.all()] == ["Сосна"]
    assert Changeset.objects.filter(kind="import").count() == 0
    go_on(import_, settings)
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    assert layer.features.count() == 3
    assert list_imports_with_tables() == set()
    wait_until(lambda: set(list_scratch()) <= scratch)


def test_a_file_that_kills_its_process_again_and_again_fails(begin, settings):
    import_ = begin()
    for _time in range(jobs.ATTEMPTS_MAX):
        kill_at(import_, "LOCK importers_recipe")
    go_on(import_, settings)
    assert import_.state == State.FAILED
    assert import_.error


def test_an_interrupted_command_is_told_as_failed(layer):
    import_ = Import.objects.create(name="trees.csv", slug="trees", origin=Origin.SHELL)
    assert resume_imports() == 1
    import_.refresh_from_db()
    assert import_.state == State.FAILED


def test_tables_that_a_crash_of_the_database_has_emptied_are_filled_anew(layer, begin, settings):
    import_ = begin()
    go_on(import_, settings)
    check_import(import_=import_)
    go_on(import_, settings)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE importers_difference_{import_.pk}, importers_rows_{import_.pk}")
    publish(import_=import_)
    go_on(import_, settings)
    assert (import_.state, layer.features.count()) == (State.READY, 1)
    publish(import_=import_)
    go_on(import_, settings)
    assert (import_.state, layer.features.count()) == (State.PUBLISHED, 3)


def test_what_nobody_goes_on_with_is_cleaned(layer, begin, settings):
    import_ = begin()
    go_on(import_, settings)
    check_import(import_=import_)
    go_on(import_, settings)
    settings.IMPORT_DAYS = 0
    stray = Path(settings.DATA_DIR) / "imports" / "987654"
    begun = stray.parent / "987655"  # of an import whose row is not to be seen yet
    for folder in (stray, begun):
        folder.mkdir(parents=True)
    os.utime(stray, (0, 0))
    os.utime(stray.parent / str(import_.pk), (0, 0))
    clean_imports()
    import_.refresh_from_db()
    assert import_.state == State.CANCELLED
    assert list_imports_with_tables() == set()
    assert not stray.exists()
    assert not (stray.parent / str(import_.pk)).exists()
    assert begun.exists()


def test_nobody_waits_for_rows_that_are_checked_anew(begin, settings):
    import_ = begin()
    go_on(import_, settings)
    check_import(import_=import_)
    go_on(import_, settings)
    answer_import(import_=import_, answers={"near": 1})
    kill_at(import_, "LOCK importers_importissue", take_differences)
    go_on(import_, settings)
    assert (import_.state, import_.error) == (State.READY, "")
    cancel_import(import_=import_)


def test_a_word_to_cancel_that_comes_as_the_stage_ends_is_heard(begin, settings):
    import_ = begin()
    go_on(import_, settings)
    Import.objects.filter(pk=import_.pk).update(cancel_asked=True)
    run_import.func(import_.pk)
    import_.refresh_from_db()
    assert (import_.state, import_.file) == (State.CANCELLED, "")


def test_an_answer_begins_a_lost_import_anew(begin, settings):
    import_ = begin()
    go_on(import_, settings)
    answer_import(import_=import_, answers={"header_row": "1"})
    go_on(import_, settings)
    assert import_.state == State.ASKING


def test_a_check_that_runs_is_cancelled_in_its_midst(layer, begin, settings, monkeypatch):
    import_ = begin()
    go_on(import_, settings)
    check_import(import_=import_)

    def understand_and_cancel(*given):
        """The whole file was read once, and somebody has had enough."""
        cancel_import(import_=import_)
        return understand(*given)

    monkeypatch.setattr(checking, "understand", understand_and_cancel)
    monkeypatch.setattr(journal, "WRITTEN_EVERY_S", -1.0)
    go_on(import_, settings)
    assert import_.state == State.CANCELLED
    assert import_.stages.get(name="check").state == "failed"
    assert list_imports_with_tables() == set()
    assert layer.features.count() == 1
