"""What is done with an import: answered, checked, agreed to, published, cancelled."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError, InvalidInput
from geoportal.staff.access import working_page
from geoportal.staff.imports.import_views import render_import
from geoportal.staff.imports.question_forms import read_answers
from importers.errors import LayerChanged
from importers.models import Import
from importers.stages import services
from importers.stages.agreeing import list_brakes
from importers.stages.reopening import ask_anew
from importers.stages.selectors import access_import, list_questions
from importers.states import State

COMMENT_LENGTH = 1000


@require_POST
@working_page
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The form of questions. `do=check` goes on where everything is answered; `do=read` reads the
    file anew with the answers."""
    import_ = access_import(request.user, number)
    answers = read_answers(list_questions(import_), request.POST)
    try:
        standing = import_
        if answers or import_.state == State.FAILED:
            standing = services.answer_import(import_=import_, answers=answers)
        if standing.state == State.ASKING and request.POST.get("do") != "read":
            services.check_import(import_=standing)
    except InvalidInput as refusal:
        errors: Any = refusal.extra.get("errors", {})
        return render_import(
            request, import_, given=answers, errors=errors,
            refusal=str(refusal.message), status=refusal.status,
        )  # fmt: skip
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("staff:import", number)


@require_POST
@working_page
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """With the words of the changeset and what was agreed to; `preview` names what was shown."""
    import_ = access_import(request.user, number)
    agreed = read_consent(request, import_)
    comment = request.POST.get("comment", "").strip()[:COMMENT_LENGTH]
    try:
        services.publish_import(
            import_=import_,
            actor=require_user(request.user),
            seen=request.POST.get("preview", ""),
            agrees=agreed,
            comment=comment,
        )
    except LayerChanged as refusal:
        messages.warning(request, str(refusal.message))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("staff:import", number)


def read_consent(request: HttpRequest, import_: Import) -> dict[str, Any]:
    """What was ticked of the brakes that were shown; what was not, is not agreed to any more."""
    ticked = set(request.POST.getlist("agree"))
    brakes = list_brakes(import_)
    removes = next((each.count for each in brakes if each.code == "removes-many"), 0)
    agreed = [each.code for each in brakes if each.code in ticked and each.code != "removes-many"]
    return {"yes": agreed, "yes_remove": removes if "removes-many" in ticked else 0}


@require_POST
@working_page
def ask_again(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the questions with the answers there are, or, with `do=forget`, without any: then the
    file is read anew; addresses placed by hand stay, that was work."""
    import_ = access_import(request.user, number)
    try:
        if request.POST.get("do") == "forget":
            forgotten = dict.fromkeys({"encoding", *import_.answers} - {"placed"})
            services.answer_import(import_=import_, answers=forgotten)
        else:
            ask_anew(import_=import_)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("staff:import", number)


@require_POST
@working_page
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    import_ = access_import(request.user, number)
    try:
        stopped = services.cancel_import(import_=import_)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        if stopped.state == State.CANCELLED:
            messages.success(request, _("The import is cancelled; nothing was changed."))
        else:
            messages.info(
                request, _("The import is being stopped; this page will say how it ends.")
            )
    return redirect("staff:import", number)
