"""Public pages of organisations, and invitations to join them."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from geoportal.accounts.forms import InvitedForm
from geoportal.accounts.models import Membership, User
from geoportal.accounts.policies import can_manage_members, can_see_cabinet
from geoportal.accounts.selectors import (
    find_user,
    get_organisation,
    list_organisation_groups,
)
from geoportal.accounts.services import accept_invitation, register_invited
from geoportal.accounts.services.invitations import check_invitation
from geoportal.core.errors import Conflict, NotFound
from geoportal.problems.lists.organisation_work import get_organisation_work
from geoportal.web.views.profile import given

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """By kind; `q` chooses by words of the name."""
    text = request.GET.get("q", "").strip()[:100]
    groups = list_organisation_groups(text)
    return render(request, "organisations/list.html", {"groups": groups, "query": text})


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(slug)
    context = {
        "organisation": organisation,
        "may_see_cabinet": can_see_cabinet(request.user, organisation.pk),
        "may_manage_members": can_manage_members(request.user, organisation.pk),
        "work": get_organisation_work(request.user, organisation),
    }
    return render(request, "organisations/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password1")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept as who is signed in, or register as the invited person."""
    try:
        found = check_invitation(token)
    except (Conflict, NotFound) as refusal:
        words = {"refusal": str(refusal.message)}
        return render(request, "organisations/invitation_refused.html", words, status=410)
    user = request.user if isinstance(request.user, User) else None
    form = InvitedForm(given(request), email=found.email)
    context = {
        "invitation": found,
        "form": form,
        "is_for_me": user is not None and user.email == found.email,
        "has_account": find_user(found.email) is not None,
    }
    if request.method == "POST":
        if user is not None:
            return welcome(request, accept_invitation(user=user, token=token))
        if not context["has_account"] and form.is_valid():
            return register(request, token, form)
    return render(request, "organisations/invitation.html", context)


def register(request: HttpRequest, token: str, form: InvitedForm) -> HttpResponse:
    membership = register_invited(
        token=token,
        first_name=form.cleaned_data["first_name"],
        last_name=form.cleaned_data["last_name"],
        password=form.cleaned_data["password1"],
        language=get_language() or User.Language.UKRAINIAN,
    )
    login(request, membership.user, backend=BACKEND)
    return welcome(request, membership)


def welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    """To the page of the organisation, with a word."""
    text = _("You are now a member: %(organisation)s.")
    messages.success(request, text % {"organisation": membership.organisation.name})
    return redirect("web:organisation", membership.organisation.slug)
