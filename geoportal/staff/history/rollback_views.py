"""Taking a changeset back: what it would do and what it would leave alone, then the deed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import Conflict
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.done import keep_done
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.forms import COMMENT_MAX
from layers.models import Changeset, Layer
from layers.reading.history import access_changeset
from layers.services import preview_rollback, rollback_changeset

KEYS_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def rollback_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """GET tells what would happen; POST with `sure` does it, and goes `back`."""
    layer = access_layer_to_edit(request.user, slug)
    changeset = access_changeset(request.user, layer, number)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        return roll_back(request, layer, changeset)
    try:
        preview = preview_rollback(changeset=changeset)
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("staff:changeset", args=[slug, number]))
    context = build_layer_context(request, layer, "history") | {
        "changeset": changeset,
        "preview": preview,
        "keys_shown": KEYS_SHOWN,
    }
    return render(request, "staff/history/rollback.html", context)


def roll_back(request: HttpRequest, layer: Layer, changeset: Changeset) -> HttpResponse:
    target = reverse("staff:history", args=[layer.slug])
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        target = back
    try:
        result = rollback_changeset(
            changeset=changeset,
            actor=require_user(request.user),
            comment=request.POST.get("comment", "")[:COMMENT_MAX],
        )
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(target, status=303)
    words = _("Change %(number)s is taken back.") % {"number": changeset.pk}
    if left := len(result.conflicts):
        words += " " + ngettext(
            "%(count)s object was changed since and stays.",
            "%(count)s objects were changed since and stay.",
            left,
        ) % {"count": left}
    keep_done(request, result.changeset, words)
    return HttpResponseRedirect(target, status=303)
