"""When the community is late with the next step: of one problem, and as a condition of queries."""

from datetime import datetime

from django.db.models import BooleanField, DateTimeField, F, Func, Q, Value
from django.utils import timezone

from geoportal.problems.models import PublicFields
from geoportal.problems.workflow import ACTIVE, State

AWAITED = (State.MODERATION, *ACTIVE)


def is_late(state: str, due_at: datetime | None, asked_at: datetime | None, at: datetime) -> bool:
    """Late with moderation, acceptance or solution. `due_at` is the first late moment; asking the
    author stops the clock, and what was late before stays late.
    """
    if state not in AWAITED or due_at is None:
        return False
    return due_at <= at and (asked_at is None or due_at <= asked_at)


def is_overdue(problem: PublicFields, now: datetime | None = None) -> bool:
    return is_late(problem.state, problem.due_at, problem.asked_at, now or timezone.now())


def find_overdue(now: datetime | None = None) -> Q:
    """The same by `problems_is_overdue` of the database. Index: problems_by_deadline."""
    at = Value(now or timezone.now(), output_field=DateTimeField())
    return Q(
        Func(
            F("state"),
            F("due_at"),
            F("asked_at"),
            at,
            function="problems_is_overdue",
            output_field=BooleanField(),
        )
    )
