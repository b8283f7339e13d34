"""The community's working calendar and the terms of a category, read from the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from geoportal.problems.categories.deadlines import Terms
from geoportal.problems.categories.working_days import WorkingCalendar
from geoportal.problems.models import CalendarException, Category, MartialLawPeriod

INHERITED = ("moderation_working_days", "acceptance_working_days", "solution_days")


_kept: ContextVar[WorkingCalendar | None] = ContextVar("the calendar, read once", default=None)


def get_calendar() -> WorkingCalendar:
    """The calendar as it stands now, or as it stood when `one_calendar` began."""
    return _kept.get() or _read_calendar()


@contextmanager
def one_calendar() -> Iterator[WorkingCalendar]:
    """Long work counts by one calendar and reads it once."""
    calendar = get_calendar()
    token = _kept.set(calendar)
    try:
        yield calendar
    finally:
        _kept.reset(token)


def _read_calendar() -> WorkingCalendar:
    return WorkingCalendar(
        exceptions=dict(CalendarException.objects.values_list("date", "is_working")),
        martial_law=tuple(MartialLawPeriod.objects.values_list("starts_on", "ends_on")),
    )


def get_terms(category: Category) -> Terms:
    """The category's terms; what it leaves empty comes from its parents, then from the settings."""
    stated: dict[str, int | None] = {
        "moderation_working_days": settings.PROBLEM_MODERATION_WORKING_DAYS,
        "acceptance_working_days": settings.PROBLEM_ACCEPTANCE_WORKING_DAYS,
        "solution_days": settings.PROBLEM_SOLUTION_DAYS,
    }
    for each in reversed(list_line(category)):
        own = {name: getattr(each, name) for name in INHERITED}
        stated |= {name: value for name, value in own.items() if value is not None}
    return Terms(
        moderation_limit_working_days=settings.PROBLEM_MODERATION_LIMIT_WORKING_DAYS,
        archive_days=settings.PROBLEM_ARCHIVE_DAYS,
        **stated,  # type: ignore[arg-type]
    )


def list_line(category: Category) -> list[Category]:
    """The category, its parent and so on up to the group."""
    line = [category]
    while (above := line[-1].parent) is not None:
        line.append(above)
    return line


def is_emergency(category: Category) -> bool:
    """Of a category, or of one above it: one calls before one reports."""
    return any(each.is_emergency for each in list_line(category))


def is_public(category: Category) -> bool:
    """Problems of a category are public when it and all above it are."""
    return all(each.is_public for each in list_line(category))
