"""The deadlines stored with a problem: begun, begun anew, moved by a pause.

Nothing is saved here; the caller holds the problem and saves it.
"""

from datetime import datetime

from geoportal.problems.categories.deadlines import (
    acceptance_due,
    moderation_due,
    shift_by_pause,
    solution_due,
)
from geoportal.problems.categories.terms import get_calendar, get_terms
from geoportal.problems.categories.working_days import end_of_day
from geoportal.problems.models import Problem


def start_moderation(problem: Problem, at: datetime) -> None:
    """The term of moderation begins; of what stood before only the history tells."""
    calendar = get_calendar()
    problem.due_at = moderation_due(calendar, at, get_terms(problem.category))
    problem.calendar_version = calendar.version
    stop_clock(problem)


def stop_clock(problem: Problem) -> None:
    """No pause, no promise, no reminder stands any more."""
    problem.asked_at = problem.planned_on = None
    problem.reminded_at = problem.escalated_at = None


def start_clock(problem: Problem, at: datetime) -> None:
    """Terms of acceptance and solution begin anew, and with them a pause that has not ended."""
    problem.asked_at = problem.asked_at and at
    calendar, terms = get_calendar(), get_terms(problem.category)
    problem.acceptance_due_at = problem.due_at = acceptance_due(calendar, at, terms)
    problem.solution_due_at = solution_due(calendar, at, terms)
    problem.calendar_version = calendar.version
    problem.reminded_at = problem.escalated_at = None


def restart_acceptance(problem: Problem, at: datetime) -> None:
    """Another executor has the whole term to accept; the date of the solution stays.

    Awaited is what comes first of the two, so that a problem which is passed on and on is late
    in the end. A pause that has not ended begins anew; what it was until now counts.
    """
    calendar = get_calendar()
    if problem.asked_at is not None and problem.solution_due_at is not None:
        problem.solution_due_at = shift_by_pause(
            problem.solution_due_at, problem.asked_at, at, calendar
        )
        problem.asked_at = at
    due_at = acceptance_due(calendar, at, get_terms(problem.category))
    problem.acceptance_due_at = due_at
    problem.due_at = min(due_at, problem.solution_due_at or due_at)
    problem.calendar_version = calendar.version
    problem.reminded_at = problem.escalated_at = None


def await_solution(problem: Problem) -> None:
    """Somebody works on it: awaited is the promised day, else the solution."""
    promised = end_of_day(problem.planned_on) if problem.planned_on else None
    problem.due_at = promised or problem.solution_due_at
    problem.reminded_at = problem.escalated_at = None


def end_pause(problem: Problem, at: datetime) -> None:
    """The clock goes on from where it stood.

    A date that was announced to people stays as it was announced.
    """
    if problem.asked_at is None:
        return
    calendar = get_calendar()
    moved = ("acceptance_due_at", "solution_due_at")
    was_due = problem.due_at
    for name in moved if problem.planned_on else ("due_at", *moved):
        if (due := getattr(problem, name)) is not None:
            setattr(problem, name, shift_by_pause(due, problem.asked_at, at, calendar))
    problem.asked_at = None
    if problem.due_at != was_due:
        problem.reminded_at = problem.escalated_at = None
