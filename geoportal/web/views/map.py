"""The residents' map."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from geoportal.interface.community import find_community
from geoportal.interface.ground import find_start
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.web.catalogue import ThemeGroup, group_layers, join_extents
from geoportal.web.problems_panel import ProblemsConfig, ProblemsPanel, build_problems_panel
from layers.access import list_layers_for
from layers.api.describe import LayerDocument, describe_layer
from layers.models import Layer
from layers.search import Found, search_features

RESULTS_WITHOUT_SCRIPT = 30


class HomeConfig(MapConfig):
    """With the layers, so that switches and cards need no further request."""

    layers: list[LayerDocument]
    problems: ProblemsConfig


@ensure_csrf_cookie
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The map, its layers as a list that works without scripts, and `?q=` found on the server.

    With `problems` in the address its other fields are the filter of problems, `q` included.
    """
    layers = list(list_layers_for(request.user).prefetch_related("fields"))
    groups = group_layers(request.user, layers)
    has_problems = any(layer.slug == LAYER_SLUG for layer in layers)
    panel = build_problems_panel(request) if has_problems else None
    text = "" if LAYER_SLUG in request.GET else request.GET.get("q", "").strip()
    context = {
        "groups": [list_switched(group) for group in groups],
        "problems": panel,
        "config": build_home_config(request, layers, groups, panel),
        "query": text,
        "results": list_results(layers, text) if text else None,
        "icons": {name for layer in layers if (name := layer.icon)}.union(
            panel.icons if panel else ()
        ),
    }
    return render(request, "web/map.html", context)


def build_home_config(
    request: HttpRequest,
    layers: list[Layer],
    groups: list[ThemeGroup],
    panel: ProblemsPanel | None,
) -> HomeConfig:
    described = [describe_layer(request.user, layer) for layer in layers]
    return {
        **build_map_config(find_bounds(groups), layers),
        "layers": described,
        "problems": panel.config if panel else {"bounds": None},
    }


def find_bounds(groups: list[ThemeGroup]) -> list[float] | None:
    """What the community chose, else its boundary layer, else all that has a place."""
    if start := find_start(find_community()):
        return start
    entries = [entry for group in groups for entry in group.entries]
    boundary = [e.summary for e in entries if e.layer.slug == settings.BOUNDARY_LAYER]
    return join_extents(boundary) or join_extents([entry.summary for entry in entries])


def list_switched(group: ThemeGroup) -> ThemeGroup:
    """The ground is always drawn, and problems have a section of their own."""
    shown = tuple(
        entry
        for entry in group.entries
        if not entry.layer.is_basemap and entry.layer.slug != LAYER_SLUG
    )
    return ThemeGroup(group.theme, shown)


def list_results(layers: list[Layer], text: str) -> list[tuple[Found, Layer]]:
    """Search for browsers without scripts: hits with their layers."""
    by_slug = {layer.slug: layer for layer in layers}
    found = search_features(text, RESULTS_WITHOUT_SCRIPT)
    return [(hit, by_slug[hit.layer]) for hit in found if hit.layer in by_slug]
