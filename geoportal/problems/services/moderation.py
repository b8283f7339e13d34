"""What moderators decide: publish, refuse, join with another, add an organisation."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator
from geoportal.problems.assignments import (
    choose_executor,
    end_assignment,
    give,
    list_in_force,
    sync_assignments,
)
from geoportal.problems.deadlines import (
    acceptance_due,
    moderation_due,
    shift_by_pause,
    solution_due,
)
from geoportal.problems.decisions import (
    describe_routing,
    list_sides,
    read_watching,
    write_decision,
)
from geoportal.problems.history import Step, lock_problem, record, require_step
from geoportal.problems.models import Assignment, Problem, RoutingDecision
from geoportal.problems.routing import Routing, build_routing, hold_territories
from geoportal.problems.services.merging import take_followers_back
from geoportal.problems.terms import get_calendar, get_terms, is_public
from geoportal.problems.workflow import (
    Action,
    RejectReason,
    Role,
    RoutingRole,
)


class BorderNotConfirmed(Conflict):
    """Near a border, where the other side changes something: a moderator has to say which."""

    slug = "border-not-confirmed"


def require_border_confirmed(routing: Routing, border_confirmed: bool) -> None:
    """Raises `BorderNotConfirmed` with `neighbours` when nobody looked at a border yet.

    A side is chosen layer by layer; `border_confirmed` says that all are right.
    """
    if not border_confirmed and routing.layers_asked - routing.chosen.keys():
        documents = describe_routing(routing)
        raise BorderNotConfirmed(
            _("The point is near a border. Look which side it belongs to, and confirm."),
            neighbours=documents["neighbours"],
            sides=list_sides(documents, read_watching()),
        )


@transaction.atomic
def publish_problem(
    *,
    actor: Actor,
    number: int,
    expected_version: int | None = None,
    border_confirmed: bool = False,
    chosen: Mapping[str, str] | None = None,
    words: str = "",
    at: datetime | None = None,
) -> Problem:
    """Publish: route, give to organisations, project into the public layer, start the clock.

    `chosen`: territory layer → key of the side of a near border. Raises `BorderNotConfirmed`,
    `OutsideCommunity`, `VersionMismatch` when the author edited since `expected_version`.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    step = Step(action=Action.PUBLISH, role=Role.MODERATOR, actor=user, words=words, at=at)
    require_step(problem, step)
    routing = build_routing(problem.category, problem.geom.x, problem.geom.y, chosen)
    require_border_confirmed(routing, border_confirmed)
    write_decision(
        problem,
        routing,
        cause=RoutingDecision.Cause.PUBLICATION,
        at=at,
        confirmed_by=user,
    )
    sync_assignments(problem, routing, at)
    start_clock(problem, at)
    problem.published_at = at
    problem.is_public = is_public(problem.category)
    problem.border_needs_check = False
    # What stood before it was taken from publication counts no more.
    problem.asked_at = problem.accepted_at = problem.planned_on = None
    problem.save()
    record(problem, step)
    return problem


def start_clock(problem: Problem, at: datetime) -> None:
    """Terms of acceptance and solution begin anew, and with them a pause that has not ended; the
    problem is saved by the caller.
    """
    problem.asked_at = problem.asked_at and at
    calendar, terms = get_calendar(), get_terms(problem.category)
    problem.acceptance_due_at = problem.due_at = acceptance_due(calendar, at, terms)
    problem.solution_due_at = solution_due(calendar, at, terms)
    problem.calendar_version = calendar.version
    problem.reminded_at = problem.escalated_at = None


def end_pause(problem: Problem, at: datetime) -> None:
    """The clock goes on from where it stood; the problem is saved by the caller.

    A date that was announced to people stays as it was announced.
    """
    if problem.asked_at is None:
        return
    calendar = get_calendar()
    moved = ("acceptance_due_at", "solution_due_at")
    for name in moved if problem.planned_on else ("due_at", *moved):
        if (due := getattr(problem, name)) is not None:
            setattr(problem, name, shift_by_pause(due, problem.asked_at, at, calendar))
    problem.asked_at = problem.reminded_at = problem.escalated_at = None


@transaction.atomic
def reject_problem(
    *,
    actor: Actor,
    number: int,
    reason: str,
    words: str,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Problem:
    """Leave the report unpublished by a rule of the portal; the author is told which, and why."""
    return _refuse(actor, number, Action.REJECT, reason, words, expected_version, at)


@transaction.atomic
def retract_problem(
    *, actor: Actor, number: int, reason: str, words: str, at: datetime | None = None
) -> Problem:
    """Take a published problem back: it breaks a rule that was overlooked."""
    return _refuse(actor, number, Action.RETRACT, reason, words, None, at)


def _refuse(
    actor: Actor,
    number: int,
    action: Action,
    reason: str,
    words: str,
    expected_version: int | None,
    at: datetime | None,
) -> Problem:
    user = require_moderator(actor)
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    step = Step(action=action, role=Role.MODERATOR, actor=user, words=words, reason=reason, at=at)
    require_step(problem, step)
    if reason not in RejectReason.values:
        raise InvalidInput(_("Choose the reason."), errors={"reason": _("Choose the reason.")})
    for assignment in list_in_force(problem):
        end_assignment(assignment, Assignment.End.RETRACTED, at)
    problem.due_at = problem.asked_at = None
    problem.organisation = None
    problem.save()
    record(problem, step)
    return problem


@transaction.atomic
def restore_problem(
    *, actor: Actor, number: int, words: str = "", at: datetime | None = None
) -> Problem:
    """Undo a refusal: the report stands on moderation again."""
    user = require_moderator(actor)
    problem = lock_problem(number)
    at = at or timezone.now()
    step = Step(action=Action.RESTORE, role=Role.MODERATOR, actor=user, words=words, at=at)
    require_step(problem, step)
    problem.due_at = moderation_due(get_calendar(), at, get_terms(problem.category))
    take_followers_back(problem)
    problem.merged_into = None
    problem.published_at = None
    problem.save()
    record(problem, step)
    return problem


@transaction.atomic
def ask_reporter(*, actor: Actor, number: int, words: str, at: datetime | None = None) -> Problem:
    """A moderator asks the author before publication; the clock of moderation stands still."""
    user = require_moderator(actor)
    problem = lock_problem(number)
    at = at or timezone.now()
    step = Step(action=Action.ASK, role=Role.MODERATOR, actor=user, words=words, at=at)
    require_step(problem, step)
    require_somebody_to_ask(problem)
    problem.asked_at = at
    problem.save()
    record(problem, step)
    return problem


def require_somebody_to_ask(problem: Problem) -> None:
    if problem.reporter_id is None:
        raise Conflict(_("This report has no author on the portal who could answer."))
    if problem.asked_at is not None:
        raise Conflict(_("The author was asked already and has not answered yet."))


@transaction.atomic
def assign_organisation(
    *,
    actor: Actor,
    number: int,
    organisation: Organisation,
    role: str = RoutingRole.EXECUTOR,
    words: str = "",
    at: datetime | None = None,
) -> Problem:
    """The dispatcher gives a published problem to one more organisation."""
    user = require_moderator(actor)
    problem = lock_problem(number)
    at = at or timezone.now()
    step = Step(
        action=Action.ASSIGN,
        role=Role.MODERATOR,
        actor=user,
        organisation=organisation,
        words=words,
        details={"role": role},
        at=at,
    )
    require_step(problem, step)
    if role not in RoutingRole.values or not organisation.is_active:
        raise InvalidInput(_("This organisation cannot be given problems."))
    if list_in_force(problem).filter(organisation=organisation).exists():
        raise Conflict(_("The organisation holds this problem already."))
    give(problem, organisation, role, at)
    if problem.organisation is None or role == RoutingRole.EXECUTOR:
        choose_executor(problem)
    problem.save()
    record(problem, step)
    return problem
