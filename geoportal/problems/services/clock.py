"""What happens by itself when time passes: the archive and reminders."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from geoportal.problems.deadlines import moderation_limit
from geoportal.problems.history import Step, lock_problem, record
from geoportal.problems.models import Problem
from geoportal.problems.projection import deferred_projection, project_problems
from geoportal.problems.services.due_dates import end_pause
from geoportal.problems.terms import get_calendar, get_terms
from geoportal.problems.workflow import ACTIVE, Action, Role, State

BATCH = 200
ESCALATION_WORKING_DAYS = 2


def archive_due(*, at: datetime | None = None) -> int:
    """Move closed problems whose term is over to the archive; returns how many.

    In batches, each one transaction; several processes may run it at once.
    """
    at = at or timezone.now()
    count = 0
    while moved := _archive_batch(at):
        count += moved
    return count


def _archive_batch(at: datetime) -> int:
    with deferred_projection():
        due = (
            Problem.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(state=State.CLOSED, archive_at__lte=at)
            .order_by("archive_at", "pk")[:BATCH]
        )
        problems = list(due)
        for problem in problems:
            record(problem, Step(action=Action.ARCHIVE, role=Role.SYSTEM, at=at))
    return len(problems)


def remind_overdue(*, at: datetime | None = None) -> int:
    """Remind of what is late: first the organisation (or the moderators), then who controls it.

    Each reminder is sent once for each deadline; returns how many were sent.
    """
    at = at or timezone.now()
    end_silent_pauses(at)
    late = Problem.objects.filter(
        state__in=(State.MODERATION, *ACTIVE), due_at__lte=at, asked_at__isnull=True
    ).filter(escalated_at__isnull=True)
    return sum(_remind_one(number, at) for number in late.values_list("pk", flat=True))


def end_silent_pauses(at: datetime) -> int:
    """An author who was asked and does not answer stops the clock for so many days, not for ever.

    The organisation may ask again. Returns how many pauses ended.
    """
    if not settings.PROBLEM_ANSWER_DAYS:
        return 0
    longest = timedelta(days=settings.PROBLEM_ANSWER_DAYS)
    silent = Problem.objects.filter(
        state__in=(State.MODERATION, *ACTIVE), asked_at__lte=at - longest
    )
    return sum(_end_pause(number, longest) for number in list(silent.values_list("pk", flat=True)))


@transaction.atomic
def _end_pause(number: int, longest: timedelta) -> int:
    problem = lock_problem(number)
    if problem.asked_at is None:
        return 0
    end_pause(problem, problem.asked_at + longest)
    problem.save()
    project_problems([number])
    return 1


@transaction.atomic
def _remind_one(number: int, at: datetime) -> int:
    problem = lock_problem(number)
    if problem.due_at is None or problem.due_at > at or problem.asked_at or problem.escalated_at:
        return 0
    if problem.reminded_at is None:
        problem.reminded_at, audience = at, "responsible"
    elif _escalation_due(problem) <= at:
        problem.escalated_at, audience = at, "controller"
    else:
        return 0
    problem.save(update_fields=["reminded_at", "escalated_at"])
    details = {"to": audience, "due_at": problem.due_at.isoformat()}
    record(problem, Step(action=Action.REMIND, role=Role.SYSTEM, details=details, at=at))
    return 1


def _escalation_due(problem: Problem) -> datetime:
    """When the second reminder goes out: to administrators at the limit of moderation, to the
    controller two working days after the first.
    """
    calendar = get_calendar()
    if problem.state == State.MODERATION:
        return moderation_limit(calendar, problem.created_at, get_terms(problem.category))
    reminded_at = problem.reminded_at or timezone.now()
    return calendar.add_working_days(reminded_at, ESCALATION_WORKING_DAYS)
