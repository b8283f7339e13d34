"""What happens by itself when time passes: archive, reminders, ends of pauses and of contacts."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from geoportal.core.errors import DomainError
from geoportal.problems.categories.deadlines import moderation_limit
from geoportal.problems.categories.overdue import find_overdue, is_overdue
from geoportal.problems.categories.terms import get_calendar, get_terms
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.history.steps import Step, lock_problem, record
from geoportal.problems.models import Problem
from geoportal.problems.models.problems import HAS_CONTACTS
from geoportal.problems.services.due_dates import end_pause
from geoportal.problems.services.reporting import erase_contacts
from geoportal.problems.workflow import ACTIVE, Action, Role, State

log = logging.getLogger(__name__)

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
        return sum(_try(_archive, problem.pk, at) for problem in due)


def _archive(number: int, at: datetime) -> bool:
    record(lock_problem(number), Step(action=Action.ARCHIVE, role=Role.SYSTEM, at=at))
    return True


def _try(work: Callable[[int, datetime], bool], number: int, at: datetime) -> bool:
    """One problem that cannot be written does not stop the others: it is logged and left.

    A database that does not answer stops them all.
    """
    try:
        with transaction.atomic():
            return work(number, at)
    except OperationalError:
        raise
    except (DatabaseError, DomainError):
        log.exception("the clock leaves problem %s as it is", number)
        return False


def remind_overdue(*, at: datetime | None = None) -> int:
    """Remind of what is late: first the organisation (or the moderators), then who controls it.

    Each reminder is sent once for each deadline; returns how many were sent.
    """
    at = at or timezone.now()
    end_silent_pauses(at)
    late = Problem.objects.filter(find_overdue(at), escalated_at__isnull=True)
    numbers = list(late.order_by("pk").values_list("pk", flat=True))
    return sum(_try(_remind_one, number, at) for number in numbers)


def forget_contacts(*, at: datetime | None = None) -> int:
    """Callers' names, phones and e-mails go some time after the end of their problem; how many."""
    if not settings.PROBLEM_CONTACT_DAYS:
        return 0
    last = (at or timezone.now()) - timedelta(days=settings.PROBLEM_CONTACT_DAYS)
    ended = Problem.objects.filter(
        HAS_CONTACTS, state__in=(State.ARCHIVED, State.REJECTED), state_since__lte=last
    )
    with transaction.atomic():
        numbers = list(ended.select_for_update().values_list("pk", flat=True))
        erase_contacts(Problem.objects.filter(pk__in=numbers))
    return len(numbers)


def end_silent_pauses(at: datetime) -> int:
    """An author who was asked and does not answer stops the clock for so many days, not for ever.

    The organisation may ask again. Returns how many pauses ended.
    """
    if not settings.PROBLEM_ANSWER_DAYS:
        return 0
    silent = Problem.objects.filter(
        state__in=(State.MODERATION, *ACTIVE), asked_at__lte=at - _measure_longest_pause()
    )
    numbers = list(silent.order_by("pk").values_list("pk", flat=True))
    return sum(_try(_end_pause, number, at) for number in numbers)


def _measure_longest_pause() -> timedelta:
    return timedelta(days=settings.PROBLEM_ANSWER_DAYS)


def _end_pause(number: int, at: datetime) -> bool:
    """The author may have answered, and been asked anew, before the problem was locked."""
    problem, longest = lock_problem(number), _measure_longest_pause()
    if problem.asked_at is None or problem.asked_at > at - longest:
        return False
    end_pause(problem, problem.asked_at + longest)
    problem.save()
    words = ngettext(
        "The author did not answer within %(days)s day; the clock goes on.",
        "The author did not answer within %(days)s days; the clock goes on.",
        longest.days,
    ) % {"days": longest.days}
    record(problem, Step(action=Action.UNANSWERED, role=Role.SYSTEM, words=words, at=at))
    return True


def _remind_one(number: int, at: datetime) -> bool:
    problem = lock_problem(number)
    if problem.due_at is None or not is_overdue(problem, at) or problem.escalated_at:
        return False
    if problem.reminded_at is None:
        problem.reminded_at, audience = at, "responsible"
    elif _escalation_due(problem, problem.due_at, problem.reminded_at) <= at:
        problem.escalated_at, audience = at, "controller"
    else:
        return False
    problem.save(update_fields=["reminded_at", "escalated_at"])
    details = {"to": audience, "due_at": problem.due_at.isoformat()}
    record(problem, Step(action=Action.REMIND, role=Role.SYSTEM, details=details, at=at))
    return True


def _escalation_due(problem: Problem, due_at: datetime, reminded_at: datetime) -> datetime:
    """When the second reminder goes out: to administrators at the limit of moderation, to the
    controller two working days after the first.
    """
    calendar = get_calendar()
    if problem.state == State.MODERATION:
        return moderation_limit(calendar, due_at, get_terms(problem.category))
    return calendar.add_working_days(reminded_at, ESCALATION_WORKING_DAYS)
