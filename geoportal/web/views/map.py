"""The residents' map."""

from typing import NamedTuple, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.web.catalogue import ThemeGroup, group_layers
from geoportal.web.map_document import answer_with_document, build_map_document
from geoportal.web.problems_panel import ProblemsConfig, build_problems_panel
from geoportal.web.read_only.answer import or_read_only
from layers.access import list_layers_for
from layers.models import Layer
from layers.reading.finding import Found, Lead, find_everything
from layers.reading.nearest import list_filled_kinds_for

RESULTS_WITHOUT_SCRIPT = 30
KINDS_OFFERED = 11


class Result(NamedTuple):
    """What was found, its layer where it has one, and where it leads."""

    found: Found | Lead
    layer: Layer | None
    url: str


class PageConfig(TypedDict):
    """What only this page is asked for; all else stands in the document at `document`."""

    document: str
    problems: ProblemsConfig


@ensure_csrf_cookie
@require_safe
@or_read_only
def home(request: HttpRequest) -> HttpResponse:
    """The map, its layers as a list that works without scripts, and `?q=` found on the server.

    With `problems` in the address its other fields are the filter of problems, `q` included.
    """
    layers = list(list_layers_for(request.user).prefetch_related("fields"))
    groups = group_layers(request.user, layers)
    has_problems = any(layer.slug == LAYER_SLUG for layer in layers)
    panel = build_problems_panel(request) if has_problems else None
    text = "" if LAYER_SLUG in request.GET else request.GET.get("q", "").strip()
    config: PageConfig = {
        "document": build_map_document(request.user, layers, groups).url,
        "problems": panel.config if panel else {"bounds": None},
    }
    context = {
        "groups": [list_switched(group) for group in groups],
        "problems": panel,
        "config": config,
        "query": text,
        "results": list_results(layers, text) if text else None,
        "kinds": list_filled_kinds_for(request.user)[:KINDS_OFFERED],
        "icons": {name for layer in layers if (name := layer.icon)}.union(
            panel.icons if panel else ()
        ),
    }
    return render(request, "web/map.html", context)


@require_safe
def document(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """What the map's scripts start from, in the language that the address says."""
    if language not in dict(settings.LANGUAGES):
        raise NotFound(_("There is no such page."))
    with translation.override(language):
        return answer_with_document(request, digest)


def list_switched(group: ThemeGroup) -> ThemeGroup:
    """The ground is always drawn, and problems have a section of their own."""
    shown = tuple(
        entry
        for entry in group.entries
        if not entry.layer.is_basemap and entry.layer.slug != LAYER_SLUG
    )
    return ThemeGroup(group.theme, shown)


def list_results(layers: list[Layer], text: str) -> list[Result]:
    """Search for browsers without scripts."""
    by_slug = {layer.slug: layer for layer in layers}
    answer = find_everything(text, RESULTS_WITHOUT_SCRIPT)
    return [
        Result(found, by_slug.get(found.layer), find_url(found))
        for found in answer.results
        if not found.layer or found.layer in by_slug
    ]


def find_url(found: Found | Lead) -> str:
    if isinstance(found, Lead):
        if found.kind:
            return f"{reverse('web:nearest')}?{urlencode({'kinds': found.kind})}"
        return reverse("web:layer", args=[found.layer])
    if not found.layer:
        view = f"map=17/{found.lat:.5f}/{found.lon:.5f}"
        return f"{reverse('web:map')}#{view}"
    return reverse("web:feature", args=[found.layer, found.key])
