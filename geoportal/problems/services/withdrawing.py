"""A moderator takes what must not be public out of public view, and brings it back.

Closed and archived problems keep their state; each removal is a row of the history, and
PostgreSQL lets nothing else through.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput, NotFound
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.promises import may_be_public
from geoportal.problems.history.projection import project_problems
from geoportal.problems.history.redaction import is_hidden as are_words_hidden
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.models import Problem
from geoportal.problems.personal_data.flagged import list_all_texts, require_looked_at
from geoportal.problems.workflow import Action, RejectReason, Role


@transaction.atomic
def withdraw_problem(
    *, actor: Actor, number: int, reason: str, words: str, at: datetime | None = None
) -> Problem:
    """Remove a closed or archived problem from public view by a rule of the portal.

    Its author, moderators and the organisations that hold it see it still.
    """
    user = require_moderator(actor)
    problem = lock_problem(number)
    step = Step(
        action=Action.WITHDRAW,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        reason=reason,
        at=at or timezone.now(),
    )
    require_step(problem, step)
    if reason not in RejectReason.values:
        raise InvalidInput(_("Choose the reason."), errors={"reason": _("Choose the reason.")})
    if problem.is_withdrawn:
        raise Conflict(_("The problem is removed from public view already."))
    record(problem, step)
    problem.is_withdrawn, problem.is_public = True, False
    return problem


@transaction.atomic
def bring_back_problem(
    *,
    actor: Actor,
    number: int,
    words: str = "",
    flags_confirmed: bool = False,
    at: datetime | None = None,
) -> Problem:
    """Undo a removal: the problem is public again, where its category and its promise allow.

    Raises `FlaggedText` as a publication does.
    """
    user = require_moderator(actor)
    problem = lock_problem(number)
    step = Step(
        action=Action.BRING_BACK,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
    )
    require_step(problem, step)
    if not problem.is_withdrawn:
        raise Conflict(_("The problem was not removed from public view."))
    problem.is_withdrawn = False
    problem.is_public = may_be_public(problem)
    require_looked_at(problem, list_all_texts(problem), {}, confirmed=flags_confirmed)
    change = record(problem, step, project=False)
    problem.save(update_fields=["is_public"])
    project_problems([problem.pk], comment=change.get_action_display())
    return problem


@transaction.atomic
def set_words_hidden(
    *,
    actor: Actor,
    number: int,
    change: int,
    is_hidden: bool,
    words: str = "",
    at: datetime | None = None,
) -> Problem:
    """Hide the words of one row of the history from everyone but moderators, or show them again."""
    user = require_moderator(actor)
    problem = lock_problem(number)
    step = Step(
        action=Action.HIDE_WORDS if is_hidden else Action.SHOW_WORDS,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        at=at or timezone.now(),
        details={"change": change},
    )
    require_step(problem, step)
    row = problem.history.filter(pk=change).exclude(words="").first()
    if row is None:
        raise NotFound(_("There are no such words in the history."))
    if are_words_hidden(row) == is_hidden:
        raise Conflict(_("Nothing is to be changed: it is so already."))
    record(problem, step)
    return problem
