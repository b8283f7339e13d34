"""Tiles over HTTP: versions first, so a tile the client holds is never built."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from geoportal.interface.community import get_community
from geoportal.interface.ground import get_ground
from layers.access import access_layers, list_layers_for, list_visibilities
from layers.reading.summary import get_summary
from tiles.answers import answer_tile
from tiles.grid import access_tile
from tiles.layer_source import LayerSource
from tiles.lifetimes import VERSION_PARAMETER, find_life
from tiles.styles import build_style
from tiles.tilejson import build_tilejson

THEMES = ("light", "dark")
TILE_COLUMNS = (
    "visibility",
    "kind",
    "organisation_id",
    "min_zoom",
    "max_zoom",
    "updated_at",
    "update_frequency",
)


def access_sources(actor: Actor, slugs: str, only: Iterable[str] = ()) -> list[LayerSource]:
    """Layers of a comma list, each once; at most `TILE_LAYERS_MAX` of them."""
    wanted = list(dict.fromkeys(slugs.split(",")))
    if len(wanted) > settings.TILE_LAYERS_MAX:
        raise InvalidInput(
            _("A tile holds at most %(max)s layers.") % {"max": settings.TILE_LAYERS_MAX}
        )
    return [
        LayerSource(layer, tuple(list_visibilities(actor, layer)))
        for layer in access_layers(actor, wanted, only)
    ]


@require_safe
def tile(request: HttpRequest, slugs: str, z: str, x: str, y: str) -> HttpResponse:
    cell = access_tile(z, x, y)
    sources = access_sources(request.user, slugs, only=TILE_COLUMNS)
    life = find_life([source.layer for source in sources], request.GET.get(VERSION_PARAMETER))
    return answer_tile(request, cell, sources, life)


@require_safe
def tilejson(request: HttpRequest, slugs: str) -> JsonResponse:
    summaries = [
        (source.layer, get_summary(source.layer, list(source.visibilities)))
        for source in access_sources(request.user, slugs)
    ]
    site = request.build_absolute_uri("/").rstrip("/")
    return JsonResponse(build_tilejson(site, summaries), json_dumps_params={"ensure_ascii": False})


@require_safe
def style(request: HttpRequest) -> JsonResponse:
    """The MapLibre style of all layers that the actor sees; `theme` is light or dark."""
    theme = request.GET.get("theme", THEMES[0])
    if theme not in THEMES:
        raise InvalidInput(_("“theme” is light or dark."), parameter="theme")
    layers = list(list_layers_for(request.user))
    site = request.build_absolute_uri("/").rstrip("/")
    ground = get_ground(get_community())
    document = build_style(
        layers,
        theme=theme,
        base_url=site,
        raster_url=ground.raster_url,
        attribution=ground.attribution,
    )
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
