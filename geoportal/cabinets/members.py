"""The members of an organisation: invite, change a role, remove, take an invitation back."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geoportal.accounts.forms import InviteForm
from geoportal.accounts.models import Membership, Organisation
from geoportal.accounts.selectors import access_members, list_members, list_open_invitations
from geoportal.accounts.services import (
    change_role,
    invite_member,
    remove_member,
    revoke_invitation,
)
from geoportal.core.errors import Conflict, InvalidInput, NotFound, TooManyRequests


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def members_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`action` names what a form asks for."""
    organisation = access_members(request.user, slug)
    form = InviteForm(request.POST if request.POST.get("action") == "invite" else None)
    if request.method == "POST":
        try:
            done = act(request, organisation, form)
        except (Conflict, InvalidInput, NotFound) as refusal:
            messages.error(request, str(refusal.message))
            done = not form.is_bound
        if done:
            return redirect("cabinets:members", slug)
    context = {
        "organisation": organisation,
        "members": list_members(organisation),
        "invitations": list_open_invitations(organisation),
        "roles": Membership.Role.choices,
        "form": form,
    }
    return render(request, "cabinets/members.html", context)


def act(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    """Whether it is done; what is filled in wrongly stays in the form."""
    action = request.POST.get("action", "")
    if action == "invite":
        return invite(request, organisation, form)
    given = request.POST.get("id", "")
    row = int(given) if given.isdecimal() and len(given) < 19 else 0
    if action == "role":
        role = request.POST.get("role", "")
        change_role(actor=request.user, organisation=organisation, membership_id=row, role=role)
        messages.success(request, _("The role is changed."))
    elif action == "remove":
        remove_member(actor=request.user, organisation=organisation, membership_id=row)
        messages.success(request, _("The member is removed."))
    elif action == "revoke":
        revoke_invitation(actor=request.user, organisation=organisation, invitation_id=row)
        messages.success(request, _("The invitation is taken back."))
    else:
        raise InvalidInput(_("There is no such action."), parameter="action")
    return True


def invite(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    if not form.is_valid():
        return False
    if not ratelimit.consume(request, action="invite", user=request.user):
        raise TooManyRequests(_("Too many invitations in an hour. Go on later."))

    def build_link(token: str) -> str:
        return request.build_absolute_uri(reverse("web:invitation", args=[token]))

    sent = invite_member(
        actor=request.user,
        organisation=organisation,
        email=form.cleaned_data["email"],
        role=form.cleaned_data["role"],
        build_link=build_link,
    )
    messages.success(request, _("The letter is on its way to %(email)s.") % {"email": sent.email})
    return True
