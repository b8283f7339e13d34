"""Dates and deadlines of a problem as people read them, by the clock of Kyiv."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from geoportal.problems.models import Problem
from geoportal.problems.workflow import ACTIVE, State
from geoportal.problems.working_days import KYIV, kyiv_day

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


def is_overdue(problem: Problem) -> bool:
    """The community is late with the next step, and nobody waits for the author."""
    waits = problem.state in (State.MODERATION, *ACTIVE) and problem.asked_at is None
    return waits and problem.due_at is not None and problem.due_at <= timezone.now()


def count_days_late(problem: Problem) -> int:
    """Whole days of Kyiv since the last day in time; 0 when nothing is late."""
    if problem.due_at is None or not is_overdue(problem):
        return 0
    return (kyiv_day(timezone.now()) - kyiv_day(problem.due_at - A_MOMENT)).days
