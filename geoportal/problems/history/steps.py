"""The one place where something is written into the history of a problem, and so moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import Conflict, InvalidInput, NotFound, VersionMismatch
from geoportal.problems.history.projection import project_problems
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.signals import is_silent, problem_changed
from geoportal.problems.workflow import INTERNAL, Action, Role, State, find_edges

LONGEST_WORDS = 4000


@dataclass(frozen=True, kw_only=True)
class Step:
    """Who does what, in which capacity, with which words.

    `at` is taken after the problem is locked, so that times of its history follow one another.
    """

    action: Action
    role: Role
    actor: User | None = None
    organisation: Organisation | None = None
    words: str = ""
    reason: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    at: datetime = field(default_factory=timezone.now)


def lock_problem(number: int, expected_version: int | None = None) -> Problem:
    """The problem, held until the transaction ends.

    Raises `NotFound`, and `VersionMismatch` when it changed since `expected_version` was read.
    """
    problem = (
        Problem.objects.select_for_update(of=("self",))
        .select_related("category", "organisation", "reporter")
        .filter(pk=number)
        .first()
    )
    if problem is None:
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    if expected_version not in (None, problem.version):
        raise VersionMismatch(
            _("The problem was changed since you opened it; look at it again. Nothing was lost.")
        )
    return problem


def require_step(problem: Problem, step: Step, target: State | None = None) -> State:
    """Where the step leads; raises `Conflict` where no edge allows it, `InvalidInput` for words."""
    edges = find_edges(step.action, problem.state, step.role)
    found = [edge for edge in edges if target in (None, edge.target)]
    if not found and problem.state == State.ARCHIVED:
        raise Conflict(
            _(
                "The problem is in the archive, and nothing changes there any more. If it has come "
                "back, write a new report and name the number of this one."
            ),
            state=problem.state,
        )
    if not found:
        raise Conflict(
            _("A problem that is “%(state)s” does not allow this: %(action)s.")
            % {"state": State(problem.state).label, "action": Action(step.action).label},
            state=problem.state,
        )
    # Of several edges the one that keeps the state, unless the caller names another.
    edge = next((each for each in found if each.target == problem.state), found[0])
    errors = {}
    if edge.needs_words and not step.words.strip():
        errors["words"] = _("Write why, in your own words.")
    if len(step.words) > LONGEST_WORDS:
        errors["words"] = _("At most %(max)s letters.") % {"max": LONGEST_WORDS}
    if edge.reasons and not step.reason:
        errors["reason"] = _("Choose the reason.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)
    return edge.target


def record(
    problem: Problem, step: Step, target: State | None = None, *, project: bool = True
) -> StatusChange:
    """Append the step; the database moves the state. The problem is locked and saved by then.

    `target` names the edge where an action has several. Refreshes `problem.state` and `version`,
    brings the public layer up to date, and tells listeners in the same transaction.
    """
    target = require_step(problem, step, target)
    change = StatusChange.objects.create(
        problem=problem,
        action=step.action,
        from_state=problem.state,
        to_state=target,
        role=step.role,
        actor=step.actor,
        organisation=step.organisation,
        words=step.words.strip(),
        reason=step.reason,
        details=dict(step.details),
        is_internal=step.action in INTERNAL,
        created_at=step.at,
    )
    if problem.state != target:
        problem.state_since = step.at
    problem.state = target
    problem.version += 1
    if project and not change.is_internal:
        project_problems([problem.pk], comment=change.get_action_display())
    if not is_silent():
        problem_changed.send(sender=StatusChange, change=change)
    return change
