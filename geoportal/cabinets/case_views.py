"""One problem inside a cabinet, and closing it with photos where there are no scripts."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from geoportal.accounts.models import User
from geoportal.accounts.policies import require_user
from geoportal.accounts.selectors import access_cabinet
from geoportal.cabinets.case import access_case, build_case, list_replies
from geoportal.cabinets.places import answer, build_pin, list_outlines
from geoportal.cabinets.views import build_context
from geoportal.core.errors import DomainError
from geoportal.problems.access import require_worker
from geoportal.problems.forms.actions import Asked, read_uuid
from geoportal.problems.forms.kept_forms import forget_form, keep_form
from geoportal.problems.forms.sending import require_upload_rate
from geoportal.problems.media.uploads import add_upload
from geoportal.problems.models import ProblemTerritory, RoutingDecision
from geoportal.problems.workflow import Resolution
from layers.access import list_layers_for


@never_cache
@require_safe
@login_required
def case_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything that the organisation may see of a problem, and what it may do with it."""
    organisation = access_cabinet(request.user, slug)
    problem = access_case(request.user, organisation, number)
    case = build_case(request.user, organisation, problem, timezone.now())
    context = build_context(request, organisation) | {
        "case": case,
        "problem": problem,
        "remaining": case.remaining,
        "events": case.events,
        "explanation": case.explanation,
        "replies": list_replies(organisation, problem) if case.may else {},
        "purposes": [(each.value, each.label) for each in case.purposes],
        "resolutions": (Resolution.SOLVED, Resolution.NOT_SOLVABLE),
        "draft_id": uuid.uuid4(),
        "here": reverse("cabinets:case", args=[slug, number]),
    }
    return render(request, "cabinets/case.html", context)


@never_cache
@require_safe
@login_required
def case_places(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """The problem and its territories that the person may see, as GeoJSON."""
    organisation = access_cabinet(request.user, slug)
    problem = access_case(request.user, organisation, number)
    visible = set(list_layers_for(request.user).values_list("pk", flat=True))
    inside = ProblemTerritory.objects.filter(problem=problem, layer__in=visible)
    routed = {rule["layer"] for rule in _list_winners(problem.pk)}
    outlines = [
        (each.layer.slug, each.key, "held")
        for each in inside.select_related("layer")
        if each.layer.slug in routed
    ]
    return answer([*list_outlines(outlines), build_pin(problem, timezone.now())])


def _list_winners(number: int) -> list[dict[str, str]]:
    """Rules by which organisations got the problem last."""
    decision = RoutingDecision.objects.filter(problem=number).order_by("-pk").first()
    return [each for each in decision.candidates if each["wins"]] if decision else []


@never_cache
@require_POST
@login_required
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Close with photos from the form itself; a refusal keeps words and photos."""
    organisation = access_cabinet(request.user, slug)
    problem = access_case(request.user, organisation, number)
    user = require_user(request.user)
    fields = request.POST.copy()
    fields["organisation"] = slug
    try:
        require_worker(user, organisation, problem)
        take_photos(request, user, fields)
        done = Asked.read("close", fields).do(user, problem)
    except DomainError as refusal:
        request.POST = fields  # type: ignore[assignment]
        keep_form(request, number, "close", refusal)
        messages.error(request, str(refusal.message))
    else:
        forget_form(request, number, "close")
        messages.success(request, done)
    return HttpResponseRedirect(reverse("cabinets:case", args=[slug, number]), status=303)


def take_photos(request: HttpRequest, user: User, fields: QueryDict) -> None:
    """Files of the form become uploads of its draft, named in `attachments`."""
    draft_id = read_uuid(fields, "draft_id") or uuid.uuid4()
    fields["draft_id"] = str(draft_id)
    for file in request.FILES.getlist("photos"):
        require_upload_rate(request)
        upload = add_upload(actor=user, draft_id=draft_id, file=file)
        fields.appendlist("attachments", str(upload.attachment.pk))
