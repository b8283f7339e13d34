"""What the clock of a problem says to those who work on it, in working days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.problems.categories.overdue import AWAITED, is_late
from geoportal.problems.categories.terms import get_calendar
from geoportal.problems.categories.working_days import WorkingCalendar, kyiv_day
from geoportal.problems.models import Problem

SOON_WORKING_DAYS = 1


@dataclass(frozen=True)
class Remaining:
    """`kind`: late, soon, later, paused or none; `day`: the last one that is in time."""

    kind: str
    day: date | None
    words: str

    @property
    def is_late(self) -> bool:
        return self.kind == "late"


class Clock:
    """Reads the working calendar once for a whole list."""

    def __init__(self, now: datetime, calendar: WorkingCalendar | None = None) -> None:
        self.now = now
        self._calendar = calendar or get_calendar()

    def read(self, problem: Problem, due_at: datetime | None = None) -> Remaining:
        """By `problem.due_at`, or by the moment that is given (a first late one)."""
        due_at = due_at or problem.due_at
        awaited = problem.state in AWAITED
        late = is_late(problem.state, due_at, problem.asked_at, self.now)
        if problem.asked_at is not None and awaited and not late:
            return Remaining("paused", None, _("waiting for the author; the clock stands still"))
        if due_at is None or not awaited:
            return Remaining("none", None, "")
        last, today = kyiv_day(due_at - timedelta(microseconds=1)), kyiv_day(self.now)
        if late:
            days = self._calendar.count_working_days(last, today)
            return Remaining("late", last, _write_late(days))
        days = self._calendar.count_working_days(today, last)
        kind = "soon" if days <= SOON_WORKING_DAYS else "later"
        return Remaining(kind, last, _write_left(days))


def _write_late(days: int) -> str:
    if days == 0:
        return _("overdue")
    return ngettext("overdue by %(days)s working day", "overdue by %(days)s working days", days) % {
        "days": days
    }


def _write_left(days: int) -> str:
    if days == 0:
        return _("today is the last day")
    return ngettext("%(days)s working day left", "%(days)s working days left", days) % {
        "days": days
    }
