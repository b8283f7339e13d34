"""The author changes a report that is not published yet."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import Conflict, DomainError, NotAllowed
from geoportal.problems import services
from geoportal.problems.access import access_problem
from geoportal.problems.forms.abilities import Abilities, list_abilities
from geoportal.problems.forms.actions import read_integer
from geoportal.problems.forms.filled_forms import FilledForm, check_filled
from geoportal.problems.forms.sending import require_upload_rate
from geoportal.problems.media.attachments import list_removable
from geoportal.problems.media.uploads import add_upload, list_draft_uploads
from geoportal.problems.models import Problem
from geoportal.web.reporting import plain_form
from geoportal.web.reporting.category_tree import list_groups
from geoportal.web.views.problems.page import build_map


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, number: int) -> HttpResponseBase:
    """GET shows the report as it stands; POST saves it, and with `do=resubmit` sends it again."""
    problem = access_problem(request.user, number)
    can = list_abilities(request.user, problem)
    if not can.is_author:
        raise NotAllowed(_("Only the author of the report does this."))
    if not can.may_edit:
        raise Conflict(
            _("This report cannot be changed any more: it is published or joined with another.")
        )
    if request.method != "POST":
        return show(request, problem, can, start_form(problem), {}, "")
    form, removed = plain_form.read_form(request.POST), read_removed(request.POST)
    try:
        form = take_files(request, form)
        save(request, problem, form, removed)
    except DomainError as error:
        errors = error.extra.get("errors")
        named = errors if isinstance(errors, dict) else {}
        return show(request, problem, can, form, named, str(error.message), removed)
    response = redirect("web:problem", number)
    response.status_code = 303
    return response


def start_form(problem: Problem) -> FilledForm:
    """The report as it stands, under a new draft for more photos."""
    return FilledForm(
        client_request_id=uuid.uuid4(),
        category=problem.category.code,
        lon=f"{problem.geom.x:.6f}",
        lat=f"{problem.geom.y:.6f}",
        address=problem.address,
        title=problem.title,
        description=problem.description,
        answers=problem.answers,
        is_anonymous=problem.is_anonymous,
    )


def read_removed(fields: QueryDict) -> frozenset[int]:
    """Which of the photos sent already are marked to be taken out."""
    return frozenset(int(one) for one in fields.getlist("removed") if plain_form.is_id(one))


def take_files(request: HttpRequest, form: FilledForm) -> FilledForm:
    """Uploads into the draft of the form; raises what `add_upload` does."""
    for file in request.FILES.getlist("files"):
        require_upload_rate(request)
        upload = add_upload(actor=request.user, draft_id=form.client_request_id, file=file)
        form = replace(form, attachments=(*form.attachments, upload.attachment.pk))
    return form


@transaction.atomic
def save(
    request: HttpRequest, problem: Problem, form: FilledForm, removed: Collection[int]
) -> None:
    """The change, and the second step of who sends it again, together."""
    report, _contact = check_filled(form)
    services.edit_report(
        actor=request.user,
        number=problem.pk,
        report=report,
        removed=removed,
        expected_version=read_integer(request.POST, "expected_version"),
    )
    if request.POST.get("do") == "resubmit":
        services.resubmit_report(actor=request.user, number=problem.pk)
        messages.success(request, _("Sent to the moderators again."))
    else:
        messages.success(request, _("The report is changed."))


def show(
    request: HttpRequest,
    problem: Problem,
    can: Abilities,
    form: FilledForm,
    errors: Mapping[str, object],
    message: str,
    removed: Collection[int] = (),
) -> HttpResponse:
    refused = errors.get("answers")
    answers = refused if isinstance(refused, dict) else {}
    context = {
        "problem": problem,
        "can": can,
        "form": form,
        "errors": errors,
        "message": message,
        # Who has reported an emergency has been told to call.
        "groups": list_groups(replace(form, danger="called"), answers, errors),
        "standing_media": problem.attachments.all(),
        "removable": set(
            list_removable(problem, require_user(request.user)).values_list("pk", flat=True)
        ),
        "removed": removed,
        "uploads": list_draft_uploads(request.user, form.client_request_id),
        "uploads_max": settings.PROBLEM_ATTACHMENTS_MAX,
        "config": build_map(problem, "web/js/problems/move-pin.mjs"),
    }
    return render(request, "web/problem_edit.html", context, status=400 if message else 200)
