"""New borders: what they would move, which problems lie near them, and a moderator's word."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from geoportal.accounts.policies import Actor
from geoportal.cabinets.moderation.queue import count_waiting, list_border_checks
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems import services
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.terms import is_public
from geoportal.problems.models import Problem, ReassignmentRun, RoutingDecision
from geoportal.problems.routing.decisions import (
    Side,
    describe_decision,
    list_sides,
    read_watching,
)

LATEST = 30


@dataclass(frozen=True)
class Check:
    """A problem near a new border and both sides of it."""

    problem: Problem
    sides: list[Side]


def _is_watched(problem: Problem) -> bool:
    return is_public(problem.category) and not problem.private_promised


def list_checks(actor: Actor) -> list[Check]:
    """The first that wait for somebody to look, each with what its newest decision says."""
    found = list_border_checks(actor).select_related("organisation", "category__parent")[:LATEST]
    problems = {problem.pk: problem for problem in found}
    decisions = (
        RoutingDecision.objects.filter(problem__in=problems)
        .order_by("problem_id", "-pk")
        .distinct("problem_id")
    )
    watching = read_watching() if problems else {}
    return [
        Check(
            problem := problems[each.problem_id],
            list_sides(describe_decision(each), watching if _is_watched(problem) else {}),
        )
        for each in decisions
    ]


@never_cache
@require_safe
@login_required
def borders(request: HttpRequest) -> HttpResponse:
    """Joins of problems with changed territories, those that wait for a word first."""
    require_moderator(request.user)
    runs = ReassignmentRun.objects.select_related(
        "changeset__layer", "changeset__author", "decided_by"
    )
    waiting = list(runs.filter(state=ReassignmentRun.State.WAITING))
    decided = list(runs.exclude(state=ReassignmentRun.State.WAITING)[:LATEST])
    context = {
        "tab": "borders",
        "counts": count_waiting(request.user, timezone.now()),
        "runs": [*waiting, *decided],
        "checks": list_checks(request.user),
    }
    return render(request, "moderation/borders.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """The problem lies on the right side of the new border."""
    try:
        services.confirm_border(actor=request.user, number=number)
        messages.success(request, _("No. %(number)s: the side is right.") % {"number": number})
    except Conflict as error:
        messages.error(request, str(error.message))
    return HttpResponseRedirect(reverse("moderation:borders"))


@require_POST
@login_required
def decide(request: HttpRequest, run: int) -> HttpResponse:
    """`decision`: `apply` moves the problems, `decline` leaves them where they are."""
    decision = request.POST.get("decision", "")
    if decision not in ("apply", "decline"):
        raise InvalidInput(_("Choose what to do."))
    try:
        if decision == "apply":
            moved = services.apply_run(actor=request.user, run=run).moved
            messages.success(request, _("Problems moved: %(count)s.") % {"count": moved})
        else:
            services.decline_run(actor=request.user, run=run)
            messages.success(request, _("The problems stay where they are."))
    except Conflict as error:
        messages.error(request, str(error.message))
    return HttpResponseRedirect(reverse("moderation:borders"))
