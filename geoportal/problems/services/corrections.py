"""A moderator puts right what a report says: text, place, category, a photo too many."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput, NotFound
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.answers import check_answers
from geoportal.problems.categories.promises import may_be_public
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.models import Attachment, Category, Problem, RoutingDecision
from geoportal.problems.personal_data.flagged import (
    list_all_texts,
    list_published_texts,
    list_shown_texts,
    require_looked_at,
)
from geoportal.problems.routing.assignments import (
    find_routed_executor,
    has_working_acceptance,
    sync_assignments,
)
from geoportal.problems.routing.deciding import (
    hold_territories,
    read_choices,
    require_inside,
    route_problem,
)
from geoportal.problems.routing.decisions import write_decision
from geoportal.problems.services.authors import describe_before
from geoportal.problems.services.due_dates import await_solution, start_clock
from geoportal.problems.services.holding import (
    describe_change,
    read_held,
    record_settled,
    settle_holders,
)
from geoportal.problems.services.moderation import require_border_confirmed
from geoportal.problems.services.reporting import LONGEST_DESCRIPTION, LONGEST_TITLE
from geoportal.problems.workflow import Action, Role


@transaction.atomic
def edit_problem(
    *,
    actor: Actor,
    number: int,
    title: str,
    description: str,
    words: str,
    expected_version: int | None = None,
    flags_confirmed: bool = False,
    at: datetime | None = None,
) -> Problem:
    """Change title and description, saying why; what stood before is kept for moderators.

    Also of a closed problem, where something must not stand any more: the row of the history
    carries the new text, and the database writes it. Raises `FlaggedText` as a publication does,
    for what was not public before.
    """
    user = require_moderator(actor)
    problem = lock_problem(number, expected_version)
    title, description = title.strip(), description.strip()
    new = {"title": title, "description": description}
    step = Step(
        action=Action.EDIT,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
        details=describe_before(problem) | {"new": new},
    )
    require_step(problem, step)
    if not title or len(title) > LONGEST_TITLE:
        raise InvalidInput(_("A title has 1 to %(max)s letters.") % {"max": LONGEST_TITLE})
    if not description or len(description) > LONGEST_DESCRIPTION:
        raise InvalidInput(
            _("A description has 1 to %(max)s letters.") % {"max": LONGEST_DESCRIPTION}
        )
    if problem.is_published:
        before = list_shown_texts(problem)
        require_looked_at(problem, before | new, before, confirmed=flags_confirmed)
    record(problem, step)
    problem.title, problem.description = title, description
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
    flags_confirmed: bool = False,
    at: datetime | None = None,
) -> Problem:
    """Put the pin elsewhere (degrees); a published problem is routed again.

    Both organisations are told; raises as `publish_problem`, of the address only where it is new.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    before, shown = describe_before(problem), list_shown_texts(problem)
    step = _build_step(Action.MOVE, user, words, at, before)
    require_step(problem, step)
    require_inside(lon, lat)
    if (problem.geom.x, problem.geom.y) == (lon, lat):
        chosen = read_choices(problem) | dict(chosen or {})
    problem.geom = Point(lon, lat, srid=4326)
    problem.address = problem.address if address is None else address.strip()[:254]
    _look_again(problem, shown, words, flags_confirmed)
    return _route_again(problem, step, RoutingDecision.Cause.PLACE, user, chosen, border_confirmed)


@transaction.atomic
def recategorise_problem(
    *,
    actor: Actor,
    number: int,
    category: Category,
    words: str,
    answers: Mapping[str, object] | None = None,
    border_confirmed: bool = False,
    chosen: Mapping[str, str] | None = None,
    expected_version: int | None = None,
    flags_confirmed: bool = False,
    at: datetime | None = None,
) -> Problem:
    """Give the problem another category; a published one is routed again, its terms begin anew.

    Answers to questions that the new category does not ask are kept in the history only;
    `answers` brings them back with the category that asked. What the author was told would not be
    published is not published in a public category either; what becomes public with the category is
    looked at as in a publication.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_problem(number, expected_version)
    at = at or timezone.now()
    shown = list_shown_texts(problem)
    step = _build_step(Action.RECATEGORISE, user, words, at, describe_before(problem))
    require_step(problem, step)
    if category.children.exists() or not category.is_active:
        raise InvalidInput(_("Choose a category from the list."))
    problem.category = category
    problem.answers, _refused = check_answers(category, answers or problem.answers)
    problem.is_public = may_be_public(problem)
    _look_again(problem, shown, words, flags_confirmed)
    chosen = read_choices(problem) | dict(chosen or {})
    return _route_again(
        problem, step, RoutingDecision.Cause.CATEGORY, user, chosen, border_confirmed
    )


def _look_again(problem: Problem, shown: Mapping[str, str], words: str, confirmed: bool) -> None:
    """`words` of the correction itself were considered where the problem was shown before."""
    if problem.is_published:
        after = list_published_texts(problem) if shown else list_all_texts(problem)
        after |= {} if shown else {"words": words}
        require_looked_at(problem, after, shown, confirmed=confirmed)


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

    Where the executor changes, the new one has the whole term of acceptance; when nobody works on
    the problem any more, it is open again. Another category has other terms: they begin anew.
    """
    if not problem.is_active:
        problem.save()
        record(problem, step)
        return problem
    before = read_held(problem)
    routing = route_problem(problem, chosen)
    require_border_confirmed(routing, border_confirmed)
    routed_before = find_routed_executor(problem)
    write_decision(problem, routing, cause=cause, at=step.at, confirmed_by=user)
    problem.border_needs_check = False
    sync_assignments(problem, routing, step.at, routed_before=routed_before)
    target, changed = settle_holders(problem, before, step.at, anew=True)
    if cause == RoutingDecision.Cause.CATEGORY and not changed:
        start_clock(problem, step.at)
        if has_working_acceptance(problem):
            await_solution(problem)
    problem.save()
    details = dict(step.details) | describe_change(before, problem)
    record_settled(problem, replace(step, details=details), target)
    return problem


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
    """Hide a photo or video from everyone but moderators and the author, or show it (again).

    Either way a moderator has looked at it. Raises `Conflict` for a video that is not ready yet.
    """
    user = require_moderator(actor)
    problem = lock_problem(number)
    picture = problem.attachments.select_for_update().filter(pk=attachment).first()
    action = Action.HIDE_MEDIA if is_hidden else Action.SHOW_MEDIA
    step = Step(
        action=action,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
        details={
            "attachment": attachment,
            "was_unchecked": picture is not None and picture.needs_check,
        },
    )
    require_step(problem, step)
    if picture is None:
        raise NotFound(_("There is no such photo or video."))
    if not is_hidden and picture.processing == Attachment.Processing.WAITING:
        raise Conflict(_("The video is still being prepared; look at it when it is ready."))
    picture.is_hidden, picture.needs_check = is_hidden, False
    picture.save(update_fields=["is_hidden", "needs_check"])
    record(problem, step)
    return problem
