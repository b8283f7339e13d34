"""What moderators decide: publish, refuse, join with another, add an organisation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.promises import may_be_public
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.media.attachments import hide_unfinished
from geoportal.problems.models import Assignment, Problem, RoutingDecision
from geoportal.problems.personal_data.flagged import list_all_texts, require_looked_at
from geoportal.problems.routing.assignments import (
    choose_executor,
    end_assignment,
    end_switched_off,
    give,
    list_in_force,
    make_executor,
    sync_assignments,
)
from geoportal.problems.routing.deciding import Routing, hold_territories, route_problem
from geoportal.problems.routing.decisions import (
    describe_routing,
    list_sides,
    read_watching,
    write_decision,
)
from geoportal.problems.services.asking import require_somebody_to_ask
from geoportal.problems.services.due_dates import start_clock, start_moderation, stop_clock
from geoportal.problems.services.holding import (
    describe_change,
    read_held,
    record_settled,
    settle_holders,
)
from geoportal.problems.services.merging import lock_with_target, take_followers_back
from geoportal.problems.workflow import Action, RejectReason, Role, RoutingRole


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
            sides=list_sides(documents, read_watching() if routing.is_watched else {}),
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
    flags_confirmed: bool = False,
    at: datetime | None = None,
) -> Problem:
    """Publish: route, give to organisations, project into the public layer, start the clock.

    A confidential report is passed on so, and not published.
    `chosen`: territory layer → key of the side of a near border. Raises `BorderNotConfirmed`,
    `OutsideCommunity`, `VersionMismatch` when the author edited since `expected_version`,
    `FlaggedText` until somebody has said twice that what is flagged may be read by everyone.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    step = Step(action=Action.PUBLISH, role=Role.MODERATOR, actor=user, words=words, at=at)
    require_step(problem, step)
    was_promised = problem.private_promised
    routing = route_problem(problem, chosen)
    require_border_confirmed(routing, border_confirmed)
    write_decision(
        problem,
        routing,
        cause=RoutingDecision.Cause.PUBLICATION,
        at=at,
        confirmed_by=user,
    )
    sync_assignments(problem, routing, at)
    choose_executor(problem)
    start_clock(problem, at)
    problem.published_at = at
    problem.is_withdrawn = False
    problem.is_public = may_be_public(problem)
    # Its author is told now that it is passed on and not published: so it stays.
    problem.private_promised = not problem.is_public
    require_looked_at(problem, list_all_texts(problem), {}, confirmed=flags_confirmed)
    problem.border_needs_check = False
    # What stood before it was taken from publication counts no more.
    problem.asked_at = problem.accepted_at = problem.planned_on = None
    problem.save()
    hide_unfinished(problem)
    details = describe_audience(problem)
    if problem.private_promised and not was_promised:
        details["newly_promised"] = True
    record(problem, replace(step, details=details))
    return problem


def describe_audience(problem: Problem) -> dict[str, object]:
    """What the history needs to call a step by the right verb, whatever is switched later."""
    return {"is_confidential": True} if problem.is_confidential else {}


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
    step = Step(
        action=action,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        reason=reason,
        at=at,
        details=describe_audience(problem),
    )
    require_step(problem, step)
    if reason not in RejectReason.values:
        raise InvalidInput(_("Choose the reason."), errors={"reason": _("Choose the reason.")})
    for assignment in list_in_force(problem):
        end_assignment(assignment, Assignment.End.RETRACTED, at)
    stop_clock(problem)
    problem.due_at = problem.organisation = None
    problem.save()
    record(problem, step)
    return problem


@transaction.atomic
def restore_problem(
    *, actor: Actor, number: int, words: str = "", at: datetime | None = None
) -> Problem:
    """Undo a refusal: the report stands on moderation again.

    What passing it on promised its author goes with it; what the form had promised stays.
    """
    user = require_moderator(actor)
    problem = lock_with_target(number)
    at = at or timezone.now()
    step = Step(action=Action.RESTORE, role=Role.MODERATOR, actor=user, words=words, at=at)
    require_step(problem, step)
    start_moderation(problem, at)
    take_followers_back(problem)
    problem.merged_into = None
    problem.published_at = None
    if _was_promised_by_passing_on(problem):
        problem.private_promised = False
        problem.is_public = may_be_public(problem)
    problem.save()
    record(problem, step)
    return problem


def _was_promised_by_passing_on(problem: Problem) -> bool:
    """And by nothing else: who sent the report anew since then was promised it by the form."""
    passed_on = problem.history.filter(action=Action.PUBLISH).last()
    if passed_on is None or not passed_on.details.get("newly_promised"):
        return False
    edits = problem.history.filter(action=Action.EDIT, role=Role.AUTHOR)
    return not edits.filter(pk__gt=passed_on.pk).exists()


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
    """The dispatcher gives a published problem to one more organisation, or makes one that looks
    on its executor.

    Where nobody had to solve it, the terms begin now; where nobody works on it, it is open again.
    """
    user = require_moderator(actor)
    problem = lock_problem(number)
    at = at or timezone.now()
    step = Step(
        action=Action.ASSIGN,
        role=Role.MODERATOR,
        actor=user,
        organisation=organisation,
        words=words,
        at=at,
    )
    require_step(problem, step)
    if role not in RoutingRole.values or not organisation.is_active:
        raise InvalidInput(_("This organisation cannot be given problems."))
    held = list_in_force(problem).filter(organisation=organisation).first()
    if held is not None and (role != RoutingRole.EXECUTOR or held.role == role):
        raise Conflict(_("The organisation holds this problem already."))
    end_switched_off(problem, at)
    choose_executor(problem)
    before = read_held(problem)
    if held is None:
        give(problem, organisation, role, at)
    else:
        make_executor(held)
    target, _changed = settle_holders(problem, before, at, anew=before.executor is None)
    problem.save()
    details = describe_change(before, problem) | {"role": role}
    record_settled(problem, replace(step, details=details), target)
    return problem
