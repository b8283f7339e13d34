"""What organisations do with problems they hold: take, ask, pass on, promise, close."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator, require_worker
from geoportal.problems.assignments import (
    choose_executor,
    end_assignment,
    give,
    has_accepted,
    list_in_force,
)
from geoportal.problems.attachments import bind_attachments
from geoportal.problems.deadlines import archive_at
from geoportal.problems.history import Step, lock_problem, record, require_step
from geoportal.problems.models import Assignment, Attachment, Problem
from geoportal.problems.projection import project_problems
from geoportal.problems.services.moderation import require_somebody_to_ask, start_clock
from geoportal.problems.terms import get_terms
from geoportal.problems.workflow import (
    PURPOSE_OF,
    Action,
    Purpose,
    Resolution,
    Role,
    RoutingRole,
    State,
)
from geoportal.problems.working_days import end_of_day, kyiv_day

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

    The first acceptance turns it from open to accepted; others may follow. Who takes it for
    control only does not stop the term of acceptance: nobody works on it yet. Raises `Conflict`
    for an organisation that took it already.
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
    if assignment.accepted_at is not None:
        raise Conflict(_("Your organisation took this problem already."))
    assignment.accepted_at, assignment.accepted_by, assignment.purpose = at, user, purpose
    if purpose == Purpose.SOLUTION:
        assignment.role = RoutingRole.EXECUTOR
    assignment.save()
    problem.accepted_at = problem.accepted_at or at
    if purpose != Purpose.CONTROL and problem.due_at == problem.acceptance_due_at:
        problem.due_at = problem.solution_due_at
        problem.reminded_at = problem.escalated_at = None
    choose_executor(problem)
    problem.save()
    record(problem, step, State.ACCEPTED)
    return problem


@transaction.atomic
def ask_author(
    *,
    actor: Actor,
    organisation: Organisation,
    number: int,
    words: str,
    at: datetime | None = None,
) -> Problem:
    """Ask the author for more; the clock stands still until the answer."""
    problem, step = _prepare(actor, organisation, number, Action.ASK, words, at)
    require_somebody_to_ask(problem)
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

    When nobody else took the problem, it is open again. Who has to solve it has the whole term to
    accept; who only looks on gains nobody time by passing that on.
    """
    problem, step = _prepare(
        actor, organisation, number, Action.FORWARD, words, at, {"to_organisation": to.pk}
    )
    if to.pk == organisation.pk or not to.is_active:
        raise InvalidInput(_("Choose another organisation."), errors={"to": _("Choose another.")})
    assignment = list_in_force(problem).get(organisation=organisation)
    end_assignment(assignment, Assignment.End.FORWARDED, step.at)
    given = give(problem, to, assignment.role, step.at)
    if assignment.role == RoutingRole.EXECUTOR:
        given.role, given.is_routed = RoutingRole.EXECUTOR, False
        given.save(update_fields=["role", "is_routed"])
    target = State(problem.state)
    if not has_accepted(problem):
        target = State.OPEN
        if assignment.role == RoutingRole.EXECUTOR or problem.state == State.ACCEPTED:
            start_clock(problem, step.at)
    choose_executor(problem)
    problem.save()
    change = record(problem, step, target, project=False)
    if target == State.OPEN and problem.accepted_at is not None:
        problem.accepted_at = problem.planned_on = None
        problem.save(update_fields=["accepted_at", "planned_on"])
    project_problems([problem.pk], comment=change.get_action_display())
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
    _require_taken(problem, organisation, (Purpose.SOLUTION, Purpose.CONSIDERATION))
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
    _require_taken(problem, organisation, (Purpose.SOLUTION, Purpose.CONSIDERATION))
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


def _require_taken(
    problem: Problem, organisation: Organisation, purposes: tuple[Purpose, ...]
) -> None:
    taken = list_in_force(problem).filter(
        organisation=organisation, accepted_at__isnull=False, purpose__in=purposes
    )
    if not taken.exists():
        raise Conflict(
            _("First take the problem for solution or for consideration; control is not enough.")
        )
