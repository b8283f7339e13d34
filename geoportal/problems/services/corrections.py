"""A moderator puts right what a report says: text, place, category, a photo too many."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput, NotFound
from geoportal.problems.access import require_moderator
from geoportal.problems.answers import check_answers
from geoportal.problems.assignments import has_accepted, sync_assignments
from geoportal.problems.decisions import write_decision
from geoportal.problems.history import Step, lock_problem, record, require_step
from geoportal.problems.models import Category, Problem, RoutingDecision
from geoportal.problems.projection import project_problems
from geoportal.problems.routing import (
    build_routing,
    hold_territories,
    read_choices,
    require_inside,
)
from geoportal.problems.services.authors import describe_before
from geoportal.problems.services.moderation import require_border_confirmed, start_clock
from geoportal.problems.services.reporting import LONGEST_DESCRIPTION, LONGEST_TITLE
from geoportal.problems.terms import is_public
from geoportal.problems.workflow import Action, Role, State


@transaction.atomic
def edit_problem(
    *,
    actor: Actor,
    number: int,
    title: str,
    description: str,
    words: str,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Problem:
    """Change title and description, saying why; what stood before is kept for moderators."""
    user = require_moderator(actor)
    problem = lock_problem(number, expected_version)
    step = Step(
        action=Action.EDIT,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
        details=describe_before(problem),
    )
    require_step(problem, step)
    title, description = title.strip(), description.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise InvalidInput(_("A title has 1 to %(max)s letters.") % {"max": LONGEST_TITLE})
    if not description or len(description) > LONGEST_DESCRIPTION:
        raise InvalidInput(
            _("A description has 1 to %(max)s letters.") % {"max": LONGEST_DESCRIPTION}
        )
    problem.title, problem.description = title, description
    problem.save(update_fields=["title", "description"])
    record(problem, step)
    return problem


@transaction.atomic
def move_problem(
    *,
    actor: Actor,
    number: int,
    lon: float,
    lat: float,
    words: str,
    address: str | None = None,
    border_confirmed: bool = False,
    chosen: Mapping[str, str] | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Problem:
    """Put the pin elsewhere (degrees); a published problem is routed again.

    Both organisations are told; raises as `publish_problem`.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    before = describe_before(problem)
    step = _build_step(Action.MOVE, user, words, at, before)
    require_step(problem, step)
    require_inside(lon, lat)
    if (problem.geom.x, problem.geom.y) == (lon, lat):
        chosen = read_choices(problem) | dict(chosen or {})
    problem.geom = Point(lon, lat, srid=4326)
    problem.address = problem.address if address is None else address.strip()[:254]
    return _route_again(problem, step, RoutingDecision.Cause.PLACE, user, chosen, border_confirmed)


@transaction.atomic
def recategorise_problem(
    *,
    actor: Actor,
    number: int,
    category: Category,
    words: str,
    border_confirmed: bool = False,
    chosen: Mapping[str, str] | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Problem:
    """Give the problem another category; a published one is routed again, its terms begin anew.

    Answers to questions that the new category does not ask are kept in the history only.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    step = _build_step(Action.RECATEGORISE, user, words, at, describe_before(problem))
    require_step(problem, step)
    if category.children.exists() or not category.is_active:
        raise InvalidInput(_("Choose a category from the list."))
    problem.category = category
    problem.answers, _refused = check_answers(category, problem.answers)
    problem.is_public = is_public(category)
    chosen = read_choices(problem) | dict(chosen or {})
    return _route_again(
        problem, step, RoutingDecision.Cause.CATEGORY, user, chosen, border_confirmed
    )


def _build_step(
    action: Action, user: User, words: str, at: datetime, before: Mapping[str, object]
) -> Step:
    return Step(action=action, role=Role.MODERATOR, actor=user, words=words, at=at, details=before)


def _route_again(
    problem: Problem,
    step: Step,
    cause: str,
    user: User,
    chosen: Mapping[str, str] | None,
    border_confirmed: bool,
) -> Problem:
    """Save the change and, for a published problem, find anew who answers for it.

    Where the executor changes, the new one has the whole term of acceptance; when nobody who took
    the problem holds it any more, it is open again.
    """
    if not problem.is_active:
        problem.save()
        record(problem, step)
        return problem
    old = problem.organisation
    routing = build_routing(problem.category, problem.geom.x, problem.geom.y, chosen)
    require_border_confirmed(routing, border_confirmed)
    write_decision(problem, routing, cause=cause, at=step.at, confirmed_by=user)
    problem.border_needs_check = False
    changed = sync_assignments(problem, routing, step.at)
    target = State(problem.state)
    if target == State.ACCEPTED and not has_accepted(problem):
        target = State.OPEN
    if changed or target != problem.state or cause == RoutingDecision.Cause.CATEGORY:
        accepted_due = problem.planned_on is not None and target == State.ACCEPTED
        due_at = problem.due_at
        start_clock(problem, step.at)
        if target == State.ACCEPTED:
            problem.due_at = due_at if accepted_due else problem.solution_due_at
    problem.save()
    details = dict(step.details) | {
        "from_organisation": old.pk if old else None,
        "to_organisation": problem.organisation_id,
    }
    change = record(problem, _with_details(step, details), target, project=False)
    if target == State.OPEN and problem.accepted_at:
        problem.accepted_at = problem.planned_on = None
        problem.save(update_fields=["accepted_at", "planned_on"])
    project_problems([problem.pk], comment=change.get_action_display())
    return problem


def _with_details(step: Step, details: Mapping[str, object]) -> Step:
    return Step(**vars(step) | {"details": details})


@transaction.atomic
def set_media_hidden(
    *,
    actor: Actor,
    number: int,
    attachment: int,
    is_hidden: bool,
    words: str = "",
    at: datetime | None = None,
) -> Problem:
    """Hide a photo or video from everyone but moderators and the author, or show it again."""
    user = require_moderator(actor)
    problem = lock_problem(number)
    action = Action.HIDE_MEDIA if is_hidden else Action.SHOW_MEDIA
    step = Step(
        action=action,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
        details={"attachment": attachment},
    )
    require_step(problem, step)
    picture = problem.attachments.filter(pk=attachment).first()
    if picture is None:
        raise NotFound(_("There is no such photo or video."))
    picture.is_hidden = is_hidden
    picture.save(update_fields=["is_hidden"])
    record(problem, step)
    return problem
