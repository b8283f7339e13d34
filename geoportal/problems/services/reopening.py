"""The author opens a closed problem again, and it is found anew who answers for it."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict
from geoportal.problems.access import require_author
from geoportal.problems.history.projection import project_problems
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.media.attachments import bind_attachments
from geoportal.problems.models import Attachment, Problem, RoutingDecision
from geoportal.problems.routing.assignments import (
    choose_executor,
    find_routed_executor,
    list_in_force,
    sync_assignments,
)
from geoportal.problems.routing.deciding import (
    OutsideCommunity,
    hold_territories,
    read_choices,
    route_problem,
)
from geoportal.problems.routing.decisions import write_decision
from geoportal.problems.services.due_dates import start_clock
from geoportal.problems.services.holding import describe_change, read_held
from geoportal.problems.workflow import Action, Resolution, Role, State


@transaction.atomic
def reopen_problem(
    *,
    actor: Actor,
    number: int,
    words: str,
    attachments: Sequence[int] = (),
    draft_id: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Problem:
    """Within the term the author opens a closed problem again, saying why; never from the archive.

    The organisations that hold it keep it and have to take it anew; the terms begin anew.
    """
    hold_territories()
    problem = lock_problem(number)
    at = at or timezone.now()
    user = require_author(actor, problem)
    step = Step(
        action=Action.REOPEN,
        role=Role.AUTHOR,
        actor=user,
        words=words,
        at=at,
        details={"resolution": problem.resolution, "rating": problem.rating},
    )
    require_step(problem, step)
    _require_time(problem, at)
    list_in_force(problem).update(accepted_at=None, accepted_by=None, purpose="")
    before = read_held(problem)
    _route_again(problem, at)
    choose_executor(problem, before=before.executor)
    details = dict(step.details) | describe_change(before, problem)
    change = record(problem, replace(step, details=details), State.OPEN, project=False)
    _forget_closing(problem)
    start_clock(problem, at)
    problem.save()
    bind_attachments(
        problem, user, attachments, draft_id, purpose=Attachment.Purpose.REOPENING, change=change
    )
    project_problems([problem.pk], comment=change.get_action_display())
    return problem


def _require_time(problem: Problem, at: datetime) -> None:
    """Raises `Conflict` once the term is over, and for what was joined with another problem."""
    if problem.archive_at is None or at >= problem.archive_at:
        raise Conflict(
            _(
                "A closed problem can be opened again for %(days)s days; this term is over. "
                "Write a new report and name the number of this one."
            )
            % {"days": settings.PROBLEM_ARCHIVE_DAYS},
            state=problem.state,
        )
    if problem.resolution == Resolution.DUPLICATE:
        raise Conflict(_("This problem was joined with another one; follow that one."))


def _forget_closing(problem: Problem) -> None:
    """The history tells of it; what the author said of the result counts no more."""
    problem.closed_at = problem.archive_at = problem.accepted_at = problem.planned_on = None
    problem.resolution, problem.is_confirmed, problem.rating = "", None, None
    problem.rating_words = ""
    problem.reopened += 1


def _route_again(problem: Problem, at: datetime) -> None:
    """Borders and rules may have changed while it was closed: nobody joined it again then.

    The side that a moderator chose near a border stands while it is near. Where the border of the
    community has moved away from the place, whoever held the problem answers for it still.
    """
    try:
        routing = route_problem(problem, read_choices(problem))
    except OutsideCommunity:
        return
    routed_before = find_routed_executor(problem)
    write_decision(problem, routing, cause=RoutingDecision.Cause.REOPENING, at=at)
    # Nobody looks while it is opened again: a moderator is asked afterwards.
    problem.border_needs_check = bool(routing.layers_asked - routing.chosen.keys())
    sync_assignments(problem, routing, at, routed_before=routed_before)
