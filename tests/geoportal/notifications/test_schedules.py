"""Letters about imports by schedule: to the author, while there is something to do."""

from datetime import time

import pytest
from django.utils import timezone

from geoportal.messages.models import Message
from geoportal.notifications.letters import write_message
from importers.models import Import, RemoteSource, Schedule, ScheduleRun
from importers.schedules.jobs import fail_run, settle
from importers.schedules.services import pause_schedule, resume_schedule
from importers.stages.journal import move
from importers.states import Origin, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule(trees, officer):
    source = RemoteSource.objects.create(
        address="https://gis.example/wfs?token=abc", kind="wfs", dataset="t", title="Дерева міста"
    )
    return Schedule.objects.create(
        source=source,
        layer=trees,
        author=officer,
        frequency="daily",
        at=time(3),
        next_run_at=timezone.now(),
    )


@pytest.fixture
def happen(django_capture_on_commit_callbacks):
    """What happens, and the messages that follow."""

    def call(act, *args, **given):
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **given)
        return list(Message.objects.order_by("pk"))

    return call


def make_waiting(schedule):
    waiting = Import.objects.create(
        origin=Origin.SCHEDULE, name="t.geojson", slug="trees", layer=schedule.layer
    )
    move(waiting, State.ASKING)
    return ScheduleRun.objects.create(of=schedule, made=waiting, outcome="working")


def test_who_made_it_is_told_that_an_import_waits(schedule, happen, officer):
    run = make_waiting(schedule)
    (message,) = happen(settle, run)
    assert message.address == officer.email
    letter = write_message(message)
    assert letter.subject == "Імпорт у шар «Дерева» за розкладом чекає на вас"
    assert f"/staff/imports/{run.made_id}/" in letter.text
    assert "abc" not in letter.text
    assert happen(settle, run) == [message]


def test_what_was_answered_meanwhile_is_not_asked_for(schedule, happen):
    run = make_waiting(schedule)
    (message,) = happen(settle, run)
    Import.objects.update(state=State.CANCELLED)
    settle(run)
    assert write_message(message) is None


def test_a_failure_is_told_with_its_reason(schedule, happen):
    run = ScheduleRun.objects.create(of=schedule)
    (message,) = happen(fail_run, run, "Сервер недосяжний.")
    letter = write_message(message)
    assert "Сервер недосяжний." in letter.text
    assert "/staff/layers/trees/sources/" in letter.text


def test_a_pause_by_the_portal_is_told_and_one_by_a_person_is_not(schedule, happen, officer):
    assert happen(pause_schedule, schedule=schedule) == []
    resume_schedule(schedule=schedule, actor=officer)
    (message,) = happen(pause_schedule, schedule=schedule, reason="Шар переведено в архів.")
    assert "Шар переведено в архів." in write_message(message).text
    resume_schedule(schedule=schedule, actor=officer)
    assert write_message(message) is None
