"""What the map's scripts start from, as one document whose address bears a hash of its content.

So the page is short, and a browser asks for the document only when something of it has changed. It
is made for one reader: what visitors see may be kept by everybody for ever, what signed-in people
see by nobody but their own browser, which asks each time. The process keeps the former only.
"""

import hashlib
from dataclasses import dataclass

import brotli
import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from geoportal.accounts.policies import Actor
from geoportal.core.http.answers import accepts, build_etag, find_not_modified, mark_cacheable
from geoportal.interface.community import find_community
from geoportal.interface.ground import find_start
from geoportal.interface.models import Community
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.web.catalogue import ThemeGroup, group_layers, join_extents
from layers.access import list_layers_for
from layers.api.describe import LayerDocument, describe_layer
from layers.models import Layer

SCRIPT = "web/js/map/main.mjs"
KEPT_IN = "process"
KEPT_S = 24 * 3600
DIGEST_BYTES = 12
BROTLI_QUALITY = 9
JSON = "application/json"
FOR_EVER = "public, max-age=31536000, immutable"


class HomeConfig(MapConfig):
    """With the layers, so that switches and cards need no further request."""

    layers: list[LayerDocument]


@dataclass(frozen=True)
class MapDocument:
    """`text` is JSON; the language it is in is part of it."""

    language: str
    text: bytes

    @property
    def digest(self) -> str:
        return hashlib.blake2b(self.text, digest_size=DIGEST_BYTES).hexdigest()

    @property
    def url(self) -> str:
        given = {"language": self.language, "digest": self.digest}
        return reverse("web:map-document", kwargs=given)


def build_map_document(actor: Actor, layers: list[Layer], groups: list[ThemeGroup]) -> MapDocument:
    """In the active language. `layers`: those the actor sees, with their fields."""
    community = find_community()
    bounds = find_bounds(groups, community)
    config: HomeConfig = {
        **build_map_config(bounds, SCRIPT, community=community),
        "layers": [describe_layer(actor, layer) for layer in layers],
    }
    return MapDocument(config["language"], orjson.dumps(config))


def make_map_document(actor: Actor) -> MapDocument:
    layers = list(list_layers_for(actor).prefetch_related("fields"))
    return build_map_document(actor, layers, group_layers(actor, layers))


def find_bounds(groups: list[ThemeGroup], community: Community) -> list[float] | None:
    """What the community chose, else its boundary layer, else all that has a place."""
    if start := find_start(community):
        return start
    entries = [entry for group in groups for entry in group.entries]
    boundary = [e.summary for e in entries if e.layer.slug == settings.BOUNDARY_LAYER]
    return join_extents(boundary) or join_extents([entry.summary for entry in entries])


def answer_with_document(request: HttpRequest, digest: str) -> HttpResponse:
    """For ever where `digest` is that of what visitors see now, else what this reader sees now."""
    name = f"map-document:{digest}"
    packed: bytes | None = caches[KEPT_IN].get(name)
    if packed is None:
        # Nobody's session is looked at: the answer must not vary by it.
        document = make_map_document(AnonymousUser())
        if document.digest != digest:
            return answer_reader(request, document)
        packed = brotli.compress(document.text, quality=BROTLI_QUALITY)
        caches[KEPT_IN].set(name, packed, KEPT_S)
    return answer_everybody(request, packed)


def answer_everybody(request: HttpRequest, packed: bytes) -> HttpResponse:
    takes_brotli = accepts(request, "br")
    body = packed if takes_brotli else brotli.decompress(packed)
    response = HttpResponse(body, content_type=JSON)
    if takes_brotli:
        response.headers["Content-Encoding"] = "br"
    response.headers["Cache-Control"] = FOR_EVER
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def answer_reader(request: HttpRequest, of_visitors: MapDocument) -> HttpResponse:
    document = make_map_document(request.user) if request.user.is_authenticated else of_visitors
    etag = build_etag(document.digest)
    if (held := find_not_modified(request, etag, shared=False)) is not None:
        return held
    response = HttpResponse(document.text, content_type=JSON)
    mark_cacheable(response, etag, shared=False)
    return response
