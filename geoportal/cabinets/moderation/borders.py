"""New borders: what they would move, and a moderator's word where it is much."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from geoportal.cabinets.moderation.queue import count_waiting
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems import services
from geoportal.problems.access import require_moderator
from geoportal.problems.models import ReassignmentRun

LATEST = 30


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
    }
    return render(request, "moderation/borders.html", context)


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
