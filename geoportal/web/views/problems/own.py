"""«My reports»: what somebody has reported, by what is to be done, and what they follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geoportal.accounts.models import User
from geoportal.accounts.policies import require_user
from geoportal.problems.access import list_problems_for
from geoportal.problems.forms.abilities import is_waiting_for_author
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.models import Problem
from geoportal.problems.workflow import ACTIVE, UNPUBLISHED, State

MOST = 300


@dataclass(frozen=True)
class OwnReport:
    """A report and the next thing its author does; `anchor`: where on its page."""

    problem: Problem
    step: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class OwnGroup:
    ident: str
    title: str
    reports: Sequence[OwnReport]


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Five queries, however many reports there are; the newest first, at most 300 of each kind."""
    user = require_user(request.user)
    groups = group_reports(list_own(user))
    context = {
        "groups": [group for group in groups if group.reports],
        "followed": list_followed(user),
    }
    return render(request, "web/problem_mine.html", context)


def list_own(user: User) -> list[Problem]:
    own = Problem.objects.filter(reporter=user).order_by("-pk")
    return list(with_cards(own)[:MOST])


def list_followed(user: User) -> list[Problem]:
    """Of other people, while letters are wanted."""
    followed = list_problems_for(user).filter(followers__user=user, followers__wants_mail=True)
    return list(with_cards(followed.exclude(reporter=user).order_by("-pk"))[:MOST])


def group_reports(problems: Sequence[Problem]) -> list[OwnGroup]:
    """Each report once: first what waits for the author, then by state."""
    waiting = [build_step(each) for each in problems if is_waiting_for_author(each)]
    rest = [each for each in problems if not is_waiting_for_author(each)]
    groups = (
        ("moderation", _("Reports that are not published"), UNPUBLISHED),
        ("active", _("Problems in work"), ACTIVE),
        ("closed", _("Closed problems"), (State.CLOSED, State.ARCHIVED)),
    )
    return [
        OwnGroup("waiting", _("Waiting for you"), waiting),
        *(
            OwnGroup(ident, title, [OwnReport(each) for each in rest if each.state in states])
            for ident, title, states in groups
        ),
    ]


def build_step(problem: Problem) -> OwnReport:
    """What the author is asked to do."""
    if problem.state == State.UNCONFIRMED:
        return OwnReport(problem, _("Confirm your e-mail: follow the link in our letter."))
    if problem.asked_at is not None:
        return OwnReport(problem, _("You are asked a question: answer it."), "#answer")
    if problem.state == State.REJECTED:
        return OwnReport(problem, _("It was not published: put it right and send it again."))
    return OwnReport(problem, _("It is closed: say whether it is done, and rate it."), "#rate")
