"""The person's own pages: profile, language, deleting the account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from geoportal.accounts.forms import DeleteAccountForm, ProfileForm
from geoportal.accounts.models import User
from geoportal.accounts.policies import list_memberships, require_user
from geoportal.accounts.selectors import has_second_factor
from geoportal.accounts.services import change_language, change_profile, delete_account
from geoportal.core.errors import Conflict


def given(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; an empty one was sent too."""
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language; the organisations; the way to password and second factor."""
    user = require_user(request.user)
    known = {name: getattr(user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(given(request), initial=known)
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Saved."))
        response = redirect("web:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
    context = {
        "form": form,
        "memberships": list_memberships(user),
        "second_factor": has_second_factor(user),
        "provider": settings.OIDC_SERVER_URL,
    }
    return render(request, "account/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@sensitive_post_parameters("password")
def delete(request: HttpRequest) -> HttpResponse:
    """Says what happens, asks the password, deletes."""
    user = require_user(request.user)
    form = DeleteAccountForm(given(request), user=user)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(user)
        except Conflict as refusal:
            form.add_error(None, str(refusal.message))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("web:account-deleted")
    return render(request, "account/delete.html", {"form": form})


@require_http_methods(["GET", "HEAD"])
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "account/deleted.html")


def switch_language(request: HttpRequest) -> HttpResponseBase:
    """Django's switch, which sets a cookie; letters to who is signed in follow it."""
    response = set_language(request)
    chosen = request.POST.get("language", "")
    switched = request.method == "POST" and chosen in User.Language.values
    if switched and isinstance(request.user, User):
        change_language(user=request.user, language=chosen)
    return response
