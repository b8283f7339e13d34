"""The end of a layer and its return: each asked about, with what is lost by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import Conflict
from geoportal.staff.access import working_page
from geoportal.staff.catalogue.quality import list_quality
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.forms import COMMENT_MAX
from layers import services
from layers.access import access_layer_to_manage
from layers.models import Changeset, Layer


@dataclass(frozen=True)
class Deed:
    """`write` takes the layer, the actor and, where it is kept, a comment."""

    name: str
    write: Callable[..., object]
    done: str | Promise
    is_last: bool = False


DEEDS: Mapping[str, Deed] = {
    "archive": Deed("archive", services.archive_layer, gettext_lazy("Archived: %(layer)s.")),
    "restore": Deed("restore", services.restore_layer, gettext_lazy("Restored: %(layer)s.")),
    "delete": Deed(
        "delete", services.delete_layer, gettext_lazy("Deleted for good: %(layer)s."), is_last=True
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def lifecycle_page(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """GET asks; POST does it. What is deleted for good is named once more by hand."""
    if deed not in DEEDS:
        raise Http404
    wanted, layer = DEEDS[deed], access_layer_to_manage(request.user, slug)
    if request.method != "POST":
        return ask(request, layer, wanted)
    if wanted.is_last and request.POST.get("slug", "").strip() != layer.slug:
        messages.error(request, _("Write the slug of the layer: %(slug)s.") % {"slug": layer.slug})
        return ask(request, layer, wanted, status=400)
    given: dict[str, object] = {"layer": layer, "actor": require_user(request.user)}
    if not wanted.is_last:
        given["comment"] = request.POST.get("comment", "")[:COMMENT_MAX]
    try:
        wanted.write(**given)
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
        return ask(request, layer, wanted, status=409)
    messages.success(request, wanted.done % {"layer": layer.title})
    return redirect("staff:layers") if wanted.is_last else redirect("staff:layer", slug)


def ask(request: HttpRequest, layer: Layer, deed: Deed, *, status: int = 200) -> HttpResponse:
    context = build_layer_context(request, layer, "overview") | {
        "deed": deed.name,
        "quality": list_quality([layer])[layer.pk],
        "changesets": Changeset.objects.filter(layer=layer).count(),
        "fields": layer.fields.count(),
    }
    return render(request, "staff/layers/lifecycle.html", context, status=status)
