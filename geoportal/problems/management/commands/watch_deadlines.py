"""`manage.py watch_deadlines`: archive closed problems and remind of late ones, again and again."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, OperationalError, close_old_connections

from geoportal.core.clock import Job, list_clock_jobs
from geoportal.core.errors import DomainError
from geoportal.problems import services
from geoportal.problems.media.uploads import remove_orphan_uploads
from geoportal.problems.media.video_jobs import retry_videos

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Move closed problems to the archive when their term is over, send reminders of late "
        "ones, let go of contacts that are not needed any more, send what the job "
        "worker left unsent. Runs until it is stopped; several may run at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and end")
        parser.add_argument(
            "--every", type=float, default=60.0, metavar="SECONDS", help="how often to look"
        )

    def handle(self, *args: object, once: bool, every: float, **options: object) -> None:
        if once:
            self.stdout.write("{archived} archived, {reminded} reminded".format(**watch()))
            return
        stopped = threading.Event()

        def stop(*args: Any) -> None:
            stopped.set()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)
        while not stopped.is_set():
            close_old_connections()
            try:
                watch()
            except OperationalError:
                log.exception("the database does not answer; trying again")
            stopped.wait(every)


def watch() -> dict[str, int]:
    """Everything that time alone brings about; a job that fails does not stop the others."""
    jobs: dict[str, Job] = {
        "archived": services.archive_due,
        "reminded": services.remind_overdue,
        "removed": remove_orphan_uploads,
        "forgotten": services.forget_contacts,
        "retried": retry_videos,
        **list_clock_jobs(),
    }
    return {name: _run(name, job) for name, job in jobs.items()}


def _run(name: str, job: Job) -> int:
    try:
        return job()
    except OperationalError:
        raise
    except (DatabaseError, DomainError, OSError):
        log.exception("of what is to be %s, something failed; the rest goes on", name)
        return 0
