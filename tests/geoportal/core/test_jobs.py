"""Jobs that a killed worker has left are run again, and rows of done ones go."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from geoportal.core.jobs import KEPT, LONGEST_JOB, MOST_RUNS, forget_done, run_lost_again
from geoportal.problems.management.commands import watch_deadlines
from layers.reading.search import rebuild_layer_search

pytestmark = pytest.mark.django_db


def begin(ago: timedelta, **values: Any) -> DBTaskResult[..., None]:
    given = {
        "task_path": rebuild_layer_search.module_path,
        "args_kwargs": {"args": [1], "kwargs": {}},
        "backend_name": "default",
        "run_after": get_date_max(),
        "status": "RUNNING",
        "started_at": timezone.now() - ago,
        "worker_ids": ["killed"],
    }
    return DBTaskResult.objects.create(**given | values)


def test_a_job_whose_worker_was_killed_is_run_again():
    lost, working = begin(LONGEST_JOB + timedelta(minutes=1)), begin(timedelta(minutes=30))
    assert watch_deadlines.watch()["run again"] == 1
    assert list(DBTaskResult.objects.ready()) == [lost]
    working.refresh_from_db()
    assert working.status == "RUNNING"


def test_a_job_that_kills_its_workers_fails_in_the_end():
    deadly = begin(LONGEST_JOB * 2, worker_ids=["killed"] * MOST_RUNS)
    assert run_lost_again() == 0
    deadly.refresh_from_db()
    assert (deadly.status, deadly.finished_at is not None) == ("FAILED", True)


def test_rows_of_jobs_that_ended_long_ago_go():
    old, now = timedelta(days=20), timezone.now()
    begin(old, status="SUCCESSFUL", finished_at=now - KEPT - timedelta(minutes=1))
    begin(old, status="FAILED", finished_at=now - KEPT - timedelta(minutes=1))
    kept = begin(old, status="FAILED", finished_at=now - KEPT + timedelta(minutes=1))
    waiting = begin(old, status="READY", started_at=None)
    assert forget_done() == 2
    assert set(DBTaskResult.objects.all()) == {kept, waiting}
