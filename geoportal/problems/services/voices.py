"""Following a problem, and giving it a voice («приєднатися»)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor, require_user
from geoportal.core.errors import Conflict, NotFound
from geoportal.problems.access import list_problems_for, require_confirmed
from geoportal.problems.history.projection import project_problems
from geoportal.problems.history.steps import lock_problem
from geoportal.problems.models import Follower, Problem
from geoportal.problems.workflow import State


@transaction.atomic
def join_problem(*, actor: Actor, number: int, at: datetime | None = None) -> Problem:
    """Follow the problem and add a voice to it; a second time changes nothing.

    Raises `NotAllowed` for who has not confirmed the e-mail, `Conflict` for the author and for a
    problem that nobody works on any more.
    """
    user = require_confirmed(actor)
    _require_seen(actor, number)
    problem = lock_problem(number)
    if problem.reporter_id == user.pk:
        raise Conflict(_("This is your own report; others may join it."))
    if not (problem.is_active and problem.is_public):
        raise Conflict(_("Only an open or accepted problem can be joined."))
    follower, _made = Follower.objects.get_or_create(
        problem=problem, user=user, defaults={"created_at": at or timezone.now()}
    )
    if not follower.has_voice:
        follower.has_voice = follower.wants_mail = True
        # Since their own word: taking back a merge that brought them here leaves it.
        follower.created_at = at or timezone.now()
        follower.save(update_fields=["has_voice", "wants_mail", "created_at"])
        count_voices(problem)
        project_problems([problem.pk], comment=_("Joined"))
    return problem


@transaction.atomic
def follow_problem(*, actor: Actor, number: int, at: datetime | None = None) -> Follower:
    """Be told of every change, without a voice.

    Raises `Conflict` where nothing will change: in the archive, and once it was joined with
    another problem.
    """
    user = require_user(actor)
    _require_seen(actor, number)
    problem = lock_problem(number)
    if problem.merged_into_id is not None:
        raise Conflict(_("This problem was joined with another one; follow that one."))
    if problem.state == State.ARCHIVED:
        raise Conflict(_("The problem is in the archive, and nothing changes there any more."))
    follower, _made = Follower.objects.update_or_create(
        problem_id=number,
        user=user,
        defaults={"wants_mail": True},
        create_defaults={"created_at": at or timezone.now(), "wants_mail": True},
    )
    return follower


@transaction.atomic
def unfollow_problem(*, actor: Actor, number: int) -> None:
    """No more letters; a voice that was given stays."""
    user = require_user(actor)
    Follower.objects.filter(problem_id=number, user=user).update(wants_mail=False)


def _require_seen(actor: Actor, number: int) -> None:
    if not list_problems_for(actor).filter(pk=number).exists():
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})


def count_voices(problem: Problem) -> None:
    """Sets and saves `votes` from the voices that stand; the problem is locked."""
    counted = problem.followers.aggregate(voices=Count("pk", filter=Q(has_voice=True)))
    problem.votes = counted["voices"]
    problem.save(update_fields=["votes"])
