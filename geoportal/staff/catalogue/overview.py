"""The first tab of a layer: what it is and how it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.staff.access import access_working_layer, can_describe_layer, working_page
from layers.access import can_edit_layer
from layers.models import Layer


@require_safe
@working_page
def layer_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_working_layer(request.user, slug)
    return render(
        request, "staff/layers/overview.html", build_layer_context(request.user, layer, "overview")
    )


def build_layer_context(actor: Actor, layer: Layer, tab: str) -> dict[str, object]:
    """What `staff/layer.html`, the base of every page about one layer, shows."""
    archived = layer.archived_at is not None
    return {
        "place": "layers",
        "tab": tab,
        "layer": layer,
        "can_edit": can_edit_layer(actor, layer) and not archived,
        "can_describe": can_describe_layer(actor, layer),
    }
