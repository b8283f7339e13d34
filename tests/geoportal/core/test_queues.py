"""Who works on which queue: a long job holds no short one; a probe says whose worker is away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from geoportal.core.health import LONGEST_WAIT
from geoportal.core.jobs import LONGEST_JOB
from geoportal.messages.tasks import deliver_messages
from geoportal.notifications.tasks import tell_event
from geoportal.problems.media.video_jobs import prepare_video
from geoportal.problems.tasks import join_problems_again
from importers.stages.jobs import run_import
from layers.reading.search import rebuild_layer_search
from tests.house.project import read

STARTED = re.compile(
    r"db_worker(?: --skip-checks)? --queue-name '?([\w*]+)'?(?: --exclude-queues (\w+))?"
)
SHORT = (deliver_messages, tell_event, join_problems_again, rebuild_layer_search)
LONG = (run_import, prepare_video)


@pytest.mark.parametrize(
    "files",
    [
        ["script/server"],
        ["deploy/systemd/geoportal-worker.service", "deploy/systemd/geoportal-bulk.service"],
    ],
    ids=["script/server", "systemd"],
)
def test_each_queue_has_one_worker_and_that_of_long_jobs_has_no_other(files):
    workers = [found for name in files for found in STARTED.findall(read(name))]
    queues = settings.TASKS["default"]["QUEUES"] or ["default", settings.BULK_QUEUE]
    for queue in [*queues, "another"]:
        takers = [each for each in workers if each[0] in ("*", queue) and each[1] != queue]
        assert len(takers) == 1, queue
    assert (settings.BULK_QUEUE, "") in workers


def test_what_takes_minutes_stands_in_the_queue_of_long_jobs():
    assert {task.queue_name for task in LONG} == {settings.BULK_QUEUE}
    assert {task.queue_name for task in SHORT} == {"default"}


@pytest.fixture
def queued(settings):
    """Jobs in the database, as outside of tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.mark.django_db(transaction=True)
def test_a_letter_does_not_wait_for_imports_that_came_before_it(queued):
    for number in range(3):
        run_import.enqueue(-number)
    deliver_messages.enqueue()
    work("--queue-name=*", "--exclude-queues=bulk")
    left = DBTaskResult.objects.ready().values_list("queue_name", flat=True)
    assert list(left) == ["bulk"] * 3
    assert DBTaskResult.objects.successful().get().task_path.endswith("deliver_messages")
    work("--queue-name=bulk")
    assert not DBTaskResult.objects.ready().exists()
    DBTaskResult.objects.all().delete()


def work(*options):
    """What there is to do, to its end."""
    call_command("db_worker", *options, "--batch", "--no-startup-delay", "--no-reload", verbosity=0)


def put(queue: str, ago: timedelta, **values: Any) -> None:
    given = {
        "task_path": run_import.module_path,
        "args_kwargs": {"args": [-1], "kwargs": {}},
        "backend_name": "default",
        "queue_name": queue,
        "run_after": get_date_max(),
    }
    job = DBTaskResult.objects.create(**given | values)
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - ago)


LATE = LONGEST_WAIT + timedelta(minutes=1)


def running(ago: timedelta) -> dict[str, Any]:
    return {"status": "RUNNING", "started_at": timezone.now() - ago}


@pytest.mark.django_db
class TestReadiness:
    def ask(self):
        return Client().get("/readyz").json()["checks"]["jobs"]

    @pytest.mark.parametrize("queue", ["default", "bulk"])
    def test_a_job_that_nobody_takes_is_told(self, queue):
        put(queue, LATE)
        assert self.ask() == "waiting too long"

    def test_a_long_job_may_wait_for_another(self):
        put("bulk", LATE)
        put("bulk", LATE, **running(timedelta(minutes=40)))
        assert self.ask() == "ok"

    def test_but_not_for_one_whose_worker_must_be_lost(self):
        put("bulk", LATE)
        put("bulk", LONGEST_JOB * 2, **running(LONGEST_JOB + timedelta(minutes=1)))
        assert self.ask() == "waiting too long"

    def test_a_short_job_does_not_wait_for_a_long_one(self):
        put("default", LATE)
        put("bulk", LATE, **running(timedelta(minutes=40)))
        assert self.ask() == "waiting too long"
