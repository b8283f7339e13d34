"""`POST /problems/<number>/actions/<action>/`: every change of a problem that people make."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError, NotFound
from geoportal.problems.access import access_problem
from geoportal.problems.forms.actions import Asked, list_actions
from geoportal.problems.forms.kept_forms import forget_form, keep_form
from geoportal.problems.models import Problem


@require_POST
def act(request: HttpRequest, number: int, action: str) -> HttpResponseBase:
    """Do it, and go back where the form was; a refusal keeps what was filled in.

    Machines (`Accept: application/json`) get the new state, or a problem document (RFC 9457).
    """
    if action not in list_actions():
        raise NotFound(_("There is no such action."))
    try:
        done = _run(request, number, action)
    except DomainError as error:
        return refuse(request, number, action, error)
    forget_form(request, number, action)
    if _wants_json(request):
        return _answer(number, done)
    messages.success(request, done)
    return _go_back(request, number)


def refuse(request: HttpRequest, number: int, action: str, error: DomainError) -> HttpResponseBase:
    """Back to the form, filled in as it was; raised again for machines and for a missing page."""
    if _wants_json(request) or isinstance(error, NotFound):
        raise error
    keep_form(request, number, action, error)
    if not request.user.is_authenticated:
        return redirect_to_login(f"/problems/{number}/")
    messages.error(request, str(error.message))
    return _go_back(request, number)


def _run(request: HttpRequest, number: int, action: str) -> str:
    actor = require_user(request.user)
    problem = access_problem(actor, number)
    return Asked.read(action, request.POST).do(actor, problem)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _answer(number: int, done: str) -> HttpResponse:
    problem = Problem.objects.only("state", "version").get(pk=number)
    return JsonResponse(
        {
            "number": number,
            "state": problem.state,
            "state_title": problem.get_state_display(),
            "version": problem.version,
            "message": done,
        }
    )


def _go_back(request: HttpRequest, number: int) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = f"/problems/{number}/"
    return HttpResponseRedirect(target, status=303)
