"""What somebody may do with a problem now: which forms and buttons its page shows.

The services decide again when it is done; here nothing is offered that they would refuse.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor, is_confirmed, is_moderator
from geoportal.problems.models import Follower, Problem
from geoportal.problems.services.asking import awaits_answer
from geoportal.problems.workflow import Action, Resolution, Role, State, find_edges


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """Of one reader at one moment. `joined`: their voice is counted; `follows`: gets letters."""

    is_author: bool = False
    may_moderate: bool = False
    may_join: bool = False
    must_confirm: bool = False
    joined: bool = False
    follows: bool = False
    may_answer: bool = False
    may_rate: bool = False
    may_reopen: bool = False
    may_edit: bool = False
    may_resubmit: bool = False

    @property
    def has_own_form(self) -> bool:
        return any((self.may_answer, self.may_rate, self.may_reopen))


def list_abilities(actor: Actor, problem: Problem, at: datetime | None = None) -> Abilities:
    """Two queries for who has signed in, one more for the author, none for a visitor."""
    can_be_joined = problem.is_active and problem.is_public
    if not isinstance(actor, User) or not actor.is_active:
        return Abilities(may_join=can_be_joined)
    at = at or timezone.now()
    is_author = problem.reporter_id == actor.pk
    follower = Follower.objects.filter(problem=problem, user=actor).first()
    joined = follower is not None and follower.has_voice
    confirmed = is_confirmed(actor)
    in_time = problem.archive_at is not None and at < problem.archive_at
    stands_alone = problem.resolution != Resolution.DUPLICATE
    own = {
        action: is_author and bool(find_edges(action, problem.state, Role.AUTHOR))
        for action in (Action.ANSWER, Action.RATE, Action.REOPEN, Action.EDIT, Action.RESUBMIT)
    }
    return Abilities(
        is_author=is_author,
        may_moderate=is_moderator(actor),
        may_join=can_be_joined and not is_author and not joined and confirmed,
        must_confirm=can_be_joined and not is_author and not joined and not confirmed,
        joined=joined,
        follows=follower is not None and follower.wants_mail,
        may_answer=own[Action.ANSWER] and awaits_answer(problem),
        may_rate=own[Action.RATE] and stands_alone and in_time,
        may_reopen=own[Action.REOPEN] and stands_alone and in_time,
        may_edit=own[Action.EDIT] and problem.merged_into_id is None,
        may_resubmit=(
            own[Action.RESUBMIT] and not problem.published_at and problem.merged_into_id is None
        ),
    )


def is_waiting_for_author(problem: Problem) -> bool:
    """The author has something to do: confirm the e-mail, answer, put right, rate."""
    if problem.state == State.UNCONFIRMED or problem.asked_at is not None:
        return True
    if problem.state == State.REJECTED:
        return problem.merged_into_id is None and not problem.published_at
    unrated = problem.rating is None and problem.is_confirmed is None
    return problem.state == State.CLOSED and unrated and problem.resolution != Resolution.DUPLICATE
