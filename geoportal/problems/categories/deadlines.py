"""When each step of a report is due: every moment is a midnight of Kyiv, the first late one."""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from geoportal.problems.categories.working_days import (
    KYIV,
    ONE_DAY,
    WorkingCalendar,
    end_of_day,
    kyiv_day,
)

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Terms:
    """How long each step may take; a category may have its own.

    `solution_days` are calendar days; `None`: until the same day of the next month.
    """

    moderation_working_days: int = 1
    moderation_limit_working_days: int = 2
    acceptance_working_days: int = 3
    solution_days: int | None = 30
    archive_days: int = 25

    def __post_init__(self) -> None:
        if any(days is not None and days < 0 for days in vars(self).values()):
            raise ValueError("a term is not negative")


def moderation_due(calendar: WorkingCalendar, created_at: datetime, terms: Terms) -> datetime:
    """By when a moderator should have decided."""
    return calendar.add_working_days(created_at, terms.moderation_working_days)


def moderation_limit(calendar: WorkingCalendar, due_at: datetime, terms: Terms) -> datetime:
    """By when a moderator must have decided: so many working days after `moderation_due`.

    Counted from that moment, so that a pause or a second moderation that moved it moves the limit
    too; never before it, however long the term of a category is.
    """
    more = terms.moderation_limit_working_days - terms.moderation_working_days
    return calendar.add_working_days(due_at - A_MOMENT, more) if more > 0 else due_at


def acceptance_due(calendar: WorkingCalendar, published_at: datetime, terms: Terms) -> datetime:
    """By when a responsible organisation takes the problem."""
    return calendar.add_working_days(published_at, terms.acceptance_working_days)


def solution_due(calendar: WorkingCalendar, published_at: datetime, terms: Terms) -> datetime:
    """By when it is solved, or the organisation has said why not; the last day is a working one."""
    day = kyiv_day(published_at)
    last = same_day_next_month(day)
    if terms.solution_days is not None:
        last = day + timedelta(days=terms.solution_days)
    return end_of_day(calendar.working_day_from(last))


def same_day_next_month(day: date) -> date:
    """31 January → 28 or 29 February: the last day of a shorter month."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def archive_at(closed_at: datetime, days: int) -> datetime:
    """When a closed problem is archived: the author may reopen it through the whole last day.

    Closed on 1 June with 25 days: reopened on 26 June until midnight, not on 27 June.
    """
    return end_of_day(kyiv_day(closed_at) + timedelta(days=days))


def shift_by_pause(
    due_at: datetime, paused_from: datetime, paused_to: datetime, calendar: WorkingCalendar
) -> datetime:
    """The deadline after the clock stood still from `paused_from` to `paused_to`.

    It moves by the whole days of the pause and on to the end of a working day: deadlines are
    midnights, so a question that is answered within a day moves nothing. A pause that began when
    the deadline had passed changes nothing: what was late stays late.
    """
    days = measure_pause(paused_from, paused_to).days
    if days <= 0 or paused_from >= due_at:
        return due_at
    last = kyiv_day(due_at) + (days - 1) * ONE_DAY
    return end_of_day(calendar.working_day_from(last))


def measure_pause(paused_from: datetime, paused_to: datetime) -> timedelta:
    """By the clock on the wall, so that ten days are ten days when summer time ends among them."""
    started, ended = (
        moment.astimezone(KYIV).replace(tzinfo=None) for moment in (paused_from, paused_to)
    )
    return ended - started if ended > started else paused_to - paused_from
