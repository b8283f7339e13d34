"""What a map elsewhere is made of, over HTTP: styles, TileJSON, letters and sprites."""

import json
import re

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput, NotFound
from geoportal.core.http.answers import build_bytes_response, build_etag, find_not_modified
from geoportal.interface.community import get_community
from geoportal.interface.ground import get_ground
from layers.access import list_layers_for, list_visibilities
from layers.models import Layer
from layers.reading.summary import get_summary
from tiles.grid import Box
from tiles.style.document import THEMES, build_style, build_style_sprite
from tiles.style.glyphs import parse_range, render_range
from tiles.tilejson import build_tilejson
from tiles.views import access_sources

SPRITE = re.compile(r"(?P<theme>light|dark)-(?P<digest>[0-9a-f]{16})(?P<double>@2x)?\.(?:json|png)")
PROTOBUF = "application/x-protobuf"
A_WEEK = "public, max-age=604800"
FOR_EVER = "public, max-age=31536000, immutable"
KEPT_IN = "process"
KEPT_S = 24 * 3600


@require_safe
def tilejson(request: HttpRequest, slugs: str) -> JsonResponse:
    said = [
        (source.layer, source.visibilities, get_summary(source.layer, list(source.visibilities)))
        for source in access_sources(request.user, slugs)
    ]
    return answer_json(build_tilejson(find_site(request), said))


@require_safe
def style(request: HttpRequest) -> JsonResponse:
    """The MapLibre style of all layers that the actor sees; `theme` is light or dark."""
    theme = read_theme(request)
    layers = list(list_layers_for(request.user))
    ground = get_ground(get_community())
    document = build_style(
        layers,
        theme=theme,
        base_url=find_site(request),
        raster_url=ground.raster_url,
        attribution=ground.attribution,
        extents=find_extents(request.user, layers),
    )
    return answer_json(document)


@require_safe
def style_of_layers(request: HttpRequest, slugs: str) -> JsonResponse:
    """The style of these layers alone, all of them shown, with the whole map's sprite."""
    theme = read_theme(request)
    layers = [source.layer for source in access_sources(request.user, slugs)]
    for layer in layers:
        layer.shown_by_default = True
    extents = find_extents(request.user, layers)
    document = build_style(
        layers,
        theme=theme,
        base_url=find_site(request),
        extents=extents,
        sprite=build_style_sprite(list_layers_for(request.user), theme),
    )
    return answer_json(document)


@require_safe
def glyphs(request: HttpRequest, font: str, points: str) -> HttpResponse:
    """Letters of a range of code points; ranges that the typeface has none of are empty."""
    body = render_range(parse_range(font, points))
    etag = build_etag(body)
    response = find_not_modified(request, etag, shared=True) or build_bytes_response(
        request, body, PROTOBUF, etag, shared=True
    )
    return keep(response, A_WEEK)


@require_safe
def sprite(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A sheet of the sprite or its index, `light-<digest>@2x.png`.

    For ever where the digest is that of what is seen now.
    """
    found = SPRITE.fullmatch(f"{name}.{form}")
    if found is None:
        raise NotFound(_("There is no sprite “%(name)s”; the style names it.") % {"name": name})
    theme, digest, ratio = found["theme"], found["digest"], 2 if found["double"] else 1
    key = f"sprite:{digest}:{ratio}:{form}"
    body: bytes | None = caches[KEPT_IN].get(key)
    is_now = body is not None
    if body is None:
        now = build_style_sprite(list_layers_for(request.user), theme)
        body = now.render(ratio) if form == "png" else json.dumps(now.build_index(ratio)).encode()
        if is_now := now.digest == digest:
            caches[KEPT_IN].set(key, body, KEPT_S)
    kind = "image/png" if form == "png" else "application/json"
    if is_now:
        return keep(
            build_bytes_response(request, body, kind, build_etag(body), shared=True), FOR_EVER
        )
    return build_bytes_response(request, body, kind, build_etag(body), shared=False)


def keep(response: HttpResponse, how: str) -> HttpResponse:
    """The same for everybody, who need not ask again for so long."""
    response.headers["Cache-Control"] = how
    response.headers["Vary"] = "Accept-Encoding"
    return response


def read_theme(request: HttpRequest) -> str:
    theme = request.GET.get("theme", THEMES[0])
    if theme not in THEMES:
        raise InvalidInput(_("“theme” is light or dark."), parameter="theme")
    return theme


def find_site(request: HttpRequest) -> str:
    """Scheme and host of the portal, without a slash at the end."""
    return request.build_absolute_uri("/").rstrip("/")


def find_extents(actor: Actor, layers: list[Layer]) -> dict[str, Box]:
    """By slug, where the features that the actor sees are; counted once for each revision."""
    found = {
        layer.slug: get_summary(layer, list_visibilities(actor, layer)).extent for layer in layers
    }
    return {slug: box for slug, box in found.items() if box}


def answer_json(document: dict[str, object]) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
