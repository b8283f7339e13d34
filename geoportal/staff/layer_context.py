"""What every page about one layer shows."""

from django.http import HttpRequest

from geoportal.staff.access import can_describe_layer
from geoportal.staff.done import take_done
from layers.access import can_edit_layer
from layers.models import Layer


def build_layer_context(request: HttpRequest, layer: Layer, tab: str) -> dict[str, object]:
    """For `staff/layer.html`; tells once what was done a moment ago."""
    archived = layer.archived_at is not None
    return {
        "place": "layers",
        "tab": tab,
        "layer": layer,
        "can_edit": can_edit_layer(request.user, layer) and not archived,
        "can_describe": can_describe_layer(request.user, layer),
        "done": take_done(request),
    }
