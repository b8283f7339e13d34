"""Categories, zones of responsibility and the history of problems, written once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.utils import timezone, translation

from geoportal.demo.organisations import write_organisations
from geoportal.demo.problems.attaching import Album
from geoportal.demo.problems.people import write_people
from geoportal.demo.problems.play import Player
from geoportal.demo.problems.replies import write_replies
from geoportal.demo.problems.responsibilities import write_responsibilities
from geoportal.demo.problems.timeline import COUNT, list_acts, plan_problems
from geoportal.demo.problems.writing import write_categories
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.models import Problem
from geoportal.problems.signals import silence


def seed_problems(*, count: int = COUNT, now: datetime | None = None) -> int:
    """Write the history of `count` problems up to now; returns how many were written.

    Territory layers and demo accounts stand by then. Where one of the problems stands already,
    none is written again. All or nothing; nobody gets a letter.
    """
    write_categories()
    organisations = write_organisations()
    write_responsibilities(organisations)
    write_replies(organisations)
    people = write_people()
    now = now or timezone.now()
    planned = plan_problems(now, count)
    ids = [problem.request_id for problem in planned]
    if Problem.objects.filter(client_request_id__in=ids).exists():
        return 0
    album = Album(planned)
    try:
        with silence(), translation.override("uk"), deferred_projection(), _whole():
            Player(people, organisations, album).play(list_acts(planned), now)
    finally:
        album.close()
    return len(planned)


@contextmanager
def _whole() -> Iterator[None]:
    """Without points to return to: a quarter of all statements, and nothing is kept by halves."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints
