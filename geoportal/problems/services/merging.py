"""Two reports of one thing become one problem; nobody who follows either is lost."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.deadlines import archive_at
from geoportal.problems.categories.terms import get_terms
from geoportal.problems.history.projection import project_problems
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.models import Follower, Problem
from geoportal.problems.services.voices import count_voices
from geoportal.problems.workflow import ACTIVE, Action, RejectReason, Resolution, Role, State


@transaction.atomic
def merge_problem(
    *, actor: Actor, number: int, into: int, words: str = "", at: datetime | None = None
) -> Problem:
    """Join a duplicate with the problem that stands: followers and voices go to that one.

    The duplicate keeps its page, which leads to the other. Raises `Conflict` for a target that is
    not being worked on, or that those who see the duplicate could not see.
    """
    user = require_moderator(actor)
    if number == into:
        raise InvalidInput(_("A problem is not joined with itself."))
    problem, target = _lock_both(number, into)
    at = at or timezone.now()
    step = Step(
        action=Action.MERGE,
        role=Role.MODERATOR,
        actor=user,
        words=words,
        reason=RejectReason.DUPLICATE,
        at=at,
    )
    require_step(problem, step)
    if target.state not in ACTIVE:
        raise Conflict(_("Join it with a problem that is open or accepted."))
    if problem.is_public and not target.is_public:
        raise Conflict(
            _(
                "Problem No. %(number)s is not shown to everyone: those who follow this one could "
                "not see it. Join it the other way round, or leave both."
            )
            % {"number": into}
        )
    problem.merged_into = target
    problem.due_at = problem.asked_at = None
    if problem.is_active:
        problem.resolution, problem.closed_at = Resolution.DUPLICATE, at
        problem.archive_at = archive_at(at, get_terms(problem.category).archive_days)
    problem.save()
    details = {"into": into} | _move_followers(problem, target, at)
    record(problem, replace(step, details=details))
    project_problems([target.pk], comment=str(Action.MERGE.label))
    return problem


def _lock_both(number: int, into: int) -> tuple[Problem, Problem]:
    """In the order of numbers, whichever is joined with which, so that nobody waits in a circle."""
    locked = {each: lock_problem(each) for each in sorted((number, into))}
    return locked[number], locked[into]


def lock_with_target(number: int) -> Problem:
    """The problem, and before or after it the one that it was joined with, if any."""
    into = Problem.objects.filter(pk=number).values_list("merged_into", flat=True).first()
    return lock_problem(number) if into is None else _lock_both(number, into)[0]


def _move_followers(problem: Problem, target: Problem, at: datetime) -> dict[str, list[int]]:
    """Everyone who followed the duplicate follows the target; who reported or joined has a voice.

    Nobody has two voices, and the author of the target none. Returns the ids of who is new there,
    and of who has a new voice, so that it can be taken back.
    """
    standing = {each.user_id: each for each in target.followers.all()}
    moved: dict[str, list[int]] = {"followers": [], "voices": []}
    for follower in problem.followers.all():
        has_voice = follower.has_voice or follower.user_id == problem.reporter_id
        has_voice = has_voice and follower.user_id != target.reporter_id
        there = standing.get(follower.user_id)
        if there is None:
            Follower.objects.create(
                problem=target,
                user_id=follower.user_id,
                has_voice=has_voice,
                wants_mail=follower.wants_mail,
                created_at=at,
            )
            moved["followers"].append(follower.user_id)
        elif has_voice and not there.has_voice:
            there.has_voice = True
            there.save(update_fields=["has_voice"])
            moved["voices"].append(follower.user_id)
    count_voices(target)
    return moved


def take_followers_back(problem: Problem) -> None:
    """The problem was joined with another by mistake: what it brought there goes from there.

    Who joined the target since stays there with a voice. Of an archived target nothing is taken
    back. Both problems are locked.
    """
    merged = problem.history.filter(action=Action.MERGE).last()
    if problem.merged_into_id is None or merged is None:
        return
    target = lock_problem(problem.merged_into_id)
    if target.state == State.ARCHIVED:
        return
    as_left = target.followers.filter(created_at__lte=merged.created_at)
    as_left.filter(user__in=merged.details.get("followers", [])).delete()
    as_left.filter(user__in=merged.details.get("voices", [])).update(has_voice=False)
    count_voices(target)
    project_problems([target.pk], comment=str(Action.RESTORE.label))
