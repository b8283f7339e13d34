"""Jobs that a killed worker has left, and those that are long done; the clock looks after both.

Every job can be run twice: the second run finds nothing to do, or does the same.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)
# No job takes so long; videos are limited to two thirds of an hour.
LONGEST_JOB = timedelta(hours=2)
MOST_RUNS = 3
KEPT = timedelta(days=14)


@transaction.atomic
def run_lost_again() -> int:
    """Jobs that began and never ended go back into the queue; what kills workers fails in the end.

    Returns how many went back.
    """
    now = timezone.now()
    running = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_JOB)
    count = 0
    for job in running.select_for_update(skip_locked=True):
        if len(job.worker_ids) >= MOST_RUNS:
            log.error("job %s (%s): %s workers have died of it", job.pk, job.task_path, MOST_RUNS)
            job.status, job.finished_at = TaskResultStatus.FAILED, now
        else:
            log.warning("job %s (%s): its worker is lost; once more", job.pk, job.task_path)
            job.status, job.started_at, job.enqueued_at = TaskResultStatus.READY, None, now
            count += 1
        job.save(update_fields=["status", "started_at", "finished_at", "enqueued_at"])
    return count


def forget_done() -> int:
    """Rows of jobs that ended long ago; returns how many."""
    done = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    count, _models = done.delete()
    return count
