"""Dates and deadlines of a problem as people read them, by the clock of Kyiv."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.categories.working_days import KYIV, kyiv_day
from geoportal.problems.models import PublicFields
from geoportal.problems.workflow import State

A_MOMENT = timedelta(seconds=1)


def format_day(value: date | datetime | None) -> str:
    """«20 листопада 2026»; empty for none."""
    if value is None:
        return ""
    return date_format(kyiv_day(value) if isinstance(value, datetime) else value, "j E Y")


def format_moment(value: datetime | None) -> str:
    """«20 листопада 2026, 14:05»; empty for none."""
    return date_format(value.astimezone(KYIV), "j E Y, H:i") if value is not None else ""


def format_last_day(value: datetime | None) -> str:
    """The day before a deadline: `due_at` and `archive_at` are the first late midnight."""
    return format_day(value - A_MOMENT) if value is not None else ""


def awaits_acceptance(problem: PublicFields) -> bool:
    """Nobody works on it yet, though it may be accepted for control.

    The term of a solution takes the place of that of acceptance as soon as somebody does.
    """
    if problem.state == State.OPEN:
        return True
    due_at = problem.due_at
    is_acceptance = due_at == problem.acceptance_due_at and due_at != problem.solution_due_at
    return problem.state == State.ACCEPTED and is_acceptance


def count_days_late(problem: PublicFields) -> int:
    """Whole days of Kyiv since the last day in time; 0 when nothing is late."""
    if problem.due_at is None or not is_overdue(problem):
        return 0
    return (kyiv_day(timezone.now()) - kyiv_day(problem.due_at - A_MOMENT)).days
