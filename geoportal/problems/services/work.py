"""What organisations do with problems they hold: take, ask, pass on, promise, close."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator, require_worker
from geoportal.problems.categories.deadlines import archive_at
from geoportal.problems.categories.terms import get_terms
from geoportal.problems.categories.working_days import end_of_day, kyiv_day
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.media.attachments import bind_attachments
from geoportal.problems.models import Assignment, Attachment, Problem
from geoportal.problems.routing.assignments import (
    end_assignment,
    give,
    list_in_force,
    make_executor,
)
from geoportal.problems.services.asking import require_may_ask
from geoportal.problems.services.due_dates import await_solution
from geoportal.problems.services.holding import read_held, record_settled, settle_holders
from geoportal.problems.workflow import (
    PURPOSE_OF,
    WORKING,
    Action,
    Purpose,
    Resolution,
    Role,
    RoutingRole,
    State,
    list_stronger,
)

LONGEST_PROMISE = timedelta(days=730)


@transaction.atomic
def accept_problem(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    purpose: str = "",
    words: str = "",
    at: datetime | None = None,
) -> Problem:
    """Take the problem for consideration, for solution or for control.

    The first acceptance turns it from open to accepted; others may follow, and the same
    organisation for more than before. Who takes it for control only does not stop the term of
    acceptance: nobody works on it yet. Raises `Conflict` for who took it for as much already.
    """
    problem = lock_problem(number)
    at = at or timezone.now()
    user = require_worker(actor, organisation, problem)
    assignment = list_in_force(problem).get(organisation=organisation)
    purpose = purpose or PURPOSE_OF[RoutingRole(assignment.role)]
    step = Step(
        action=Action.ACCEPT,
        role=Role.ORGANISATION,
        actor=user,
        organisation=organisation,
        words=words,
        details={"purpose": purpose},
        at=at,
    )
    require_step(problem, step, State.ACCEPTED)
    if purpose not in Purpose.values:
        raise InvalidInput(_("Say for what you take it."), errors={"purpose": _("Choose.")})
    if purpose not in list_stronger(assignment.purpose):
        raise Conflict(_("Your organisation took this problem already."))
    _take(problem, assignment, purpose, user, at)
    record(problem, step, State.ACCEPTED)
    return problem


def _take(problem: Problem, assignment: Assignment, purpose: str, user: User, at: datetime) -> None:
    """Saved. Who takes it for solution without being named executor becomes one by hand."""
    before = read_held(problem)
    assignment.accepted_at, assignment.accepted_by, assignment.purpose = at, user, purpose
    if purpose == Purpose.SOLUTION and assignment.role != RoutingRole.EXECUTOR:
        assignment.role, assignment.is_routed = RoutingRole.EXECUTOR, False
    assignment.save()
    settle_holders(problem, before, at)
    begins = purpose in WORKING and not before.is_worked_on
    if begins:
        await_solution(problem)
    if begins or problem.accepted_at is None:
        problem.accepted_at = at
    problem.save()


@transaction.atomic
def ask_author(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    words: str,
    at: datetime | None = None,
) -> Problem:
    """Ask the author for more; the clock stands still until the answer.

    Who has to solve it asks, or took it for more than control; not again and again without end.
    """
    problem, step = _prepare(actor, organisation, number, Action.ASK, words, at)
    require_may_ask(problem, organisation)
    problem.asked_at = step.at
    problem.save(update_fields=["asked_at"])
    record(problem, step)
    return problem


@transaction.atomic
def forward_problem(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    to: Organisation,
    words: str,
    at: datetime | None = None,
) -> Problem:
    """Pass the problem to another organisation, saying why.

    When nobody else works on the problem, it is open again. Who has to solve it has the whole term
    to accept; the date of the solution stays. Who only looks on gains nobody time by passing that
    on.
    """
    problem, step = _prepare(
        actor, organisation, number, Action.FORWARD, words, at, {"to_organisation": to.pk}
    )
    if to.pk == organisation.pk or not to.is_active:
        raise InvalidInput(_("Choose another organisation."), errors={"to": _("Choose another.")})
    before = read_held(problem)
    assignment = list_in_force(problem).get(organisation=organisation)
    end_assignment(assignment, Assignment.End.FORWARDED, step.at)
    given = give(problem, to, assignment.role, step.at)
    if assignment.role == RoutingRole.EXECUTOR:
        make_executor(given)
    target, _changed = settle_holders(problem, before, step.at)
    problem.save()
    record_settled(problem, step, target)
    return problem


@transaction.atomic
def announce_date(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    planned_on: date,
    words: str,
    at: datetime | None = None,
) -> Problem:
    """Say by which date it will be done when a month is not enough, and why."""
    problem, step = _prepare(
        actor,
        organisation,
        number,
        Action.ANNOUNCE,
        words,
        at,
        {"planned_on": planned_on.isoformat()},
    )
    _require_taken(problem, organisation)
    today = kyiv_day(step.at)
    if not today < planned_on <= today + LONGEST_PROMISE:
        message = _("Choose a date from tomorrow on, within two years.")
        raise InvalidInput(message, errors={"planned_on": message})
    problem.planned_on = planned_on
    problem.due_at = end_of_day(planned_on)
    problem.reminded_at = problem.escalated_at = None
    problem.save()
    record(problem, step)
    return problem


@transaction.atomic
def close_problem(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    resolution: str,
    words: str,
    attachments: Sequence[int] = (),
    draft_id: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Problem:
    """Close: solved, or not solvable and why, with photos «after».

    Only an organisation that took it for solution or for consideration closes it.
    """
    problem, step = _prepare(
        actor, organisation, number, Action.CLOSE, words, at, reason=resolution
    )
    if resolution not in (Resolution.SOLVED, Resolution.NOT_SOLVABLE):
        message = _("Choose: solved, or cannot be solved.")
        raise InvalidInput(message, errors={"resolution": message})
    _require_taken(problem, organisation)
    problem.resolution, problem.closed_at = resolution, step.at
    problem.archive_at = archive_at(step.at, get_terms(problem.category).archive_days)
    problem.due_at = problem.asked_at = None
    problem.save()
    change = record(problem, step)
    bind_attachments(
        problem, step.actor, attachments, draft_id, purpose=Attachment.Purpose.AFTER, change=change
    )
    return problem


@transaction.atomic
def add_note(
    *,
    actor: Actor,
    number: int,
    words: str,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Problem:
    """A note that only moderators and organisations that hold the problem read."""
    if organisation is not None:
        problem, step = _prepare(actor, organisation, number, Action.NOTE, words, at)
    else:
        user = require_moderator(actor)
        problem = lock_problem(number)
        step = Step(
            action=Action.NOTE,
            role=Role.MODERATOR,
            actor=user,
            words=words,
            at=at or timezone.now(),
        )
    record(problem, step)
    return problem


def _prepare(
    actor: Actor,
    organisation: Organisation,
    number: int,
    action: Action,
    words: str,
    at: datetime | None,
    details: dict[str, object] | None = None,
    reason: str = "",
) -> tuple[Problem, Step]:
    """The locked problem and the checked step of an organisation that holds it."""
    problem = lock_problem(number)
    user = require_worker(actor, organisation, problem)
    step = Step(
        action=action,
        role=Role.ORGANISATION,
        actor=user,
        organisation=organisation,
        words=words,
        reason=reason,
        details=details or {},
        at=at or timezone.now(),
    )
    require_step(problem, step)
    return problem, step


def _require_taken(problem: Problem, organisation: Organisation) -> None:
    taken = list_in_force(problem).filter(
        organisation=organisation, accepted_at__isnull=False, purpose__in=WORKING
    )
    if not taken.exists():
        raise Conflict(
            _("First take the problem for solution or for consideration; control is not enough.")
        )
