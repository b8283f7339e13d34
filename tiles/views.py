"""Tiles over HTTP: versions first, so a tile the client holds is never built."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from layers.access import access_layers, list_visibilities
from tiles.answers import answer_tile
from tiles.grid import access_tile
from tiles.known_layers import read_known
from tiles.layer_source import LayerSource
from tiles.lifetimes import VERSION_PARAMETER, find_life
from tiles.served import noting_refusals

TILE_COLUMNS = (
    "visibility",
    "kind",
    "geometry_type",
    "is_basemap",
    "title_field",
    "icon",
    "color",
    "style",
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
    access = partial(access_sources, request.user, slugs, only=TILE_COLUMNS)
    sources: Sequence[LayerSource]
    with noting_refusals(cell, ()):
        if request.user.is_authenticated:
            sources, versions = access(), None
        else:
            sources, versions = read_known(cell, slugs, access)
    life = find_life([source.layer for source in sources], request.GET.get(VERSION_PARAMETER))
    return answer_tile(request, cell, sources, life=life, versions=versions)
