"""OGC API – Tiles over HTTP: one layer's tiles, and those of several (`collections`)."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import tiles.views
from geoportal.core.errors import NotFound
from layers.access import list_layers_for
from layers.ogc.views import answer, build_base
from layers.reading.summary import get_summary
from tiles.ogc import documents
from tiles.vector_layers import Said
from tiles.views import access_sources

COLLECTIONS = "collections"


@require_safe
def matrix_sets(request: HttpRequest) -> HttpResponse:
    return answer(documents.build_matrix_sets(build_base(request)[0]))


@require_safe
def matrix_set(request: HttpRequest, matrix_set: str) -> HttpResponse:
    require_quad(matrix_set)
    return answer(documents.build_matrix_set(build_base(request)[0]))


@require_safe
def tilesets(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The one tileset there is: in Web Mercator."""
    base, here, query = find_place(request, slug)
    return answer(documents.build_tilesets(base, here, summarise(request, slug), query))


@require_safe
def tileset(request: HttpRequest, matrix_set: str, slug: str = "") -> HttpResponse:
    require_quad(matrix_set)
    base, here, query = find_place(request, slug)
    return answer(documents.build_tileset(base, here, summarise(request, slug), query))


@require_safe
def tile(
    request: HttpRequest, matrix_set: str, z: str, row: str, column: str, slug: str = ""
) -> HttpResponse:
    """The tile of `/tiles/`; the standard names the row before the column."""
    require_quad(matrix_set)
    slugs = slug or choose_layers(request)
    return tiles.views.tile(request, slugs=slugs, z=z, x=column, y=row)


def require_quad(name: str) -> None:
    if name != documents.QUAD:
        raise NotFound(
            _("There is no tile matrix set “%(name)s”; there is %(quad)s.")
            % {"name": name, "quad": documents.QUAD}
        )


def choose_layers(request: HttpRequest) -> str:
    """Those named by `collections`; else what the map opens with, as many as a tile may hold."""
    if chosen := request.GET.get(COLLECTIONS):
        return chosen
    seen = list_layers_for(request.user)
    opened = [layer.slug for layer in seen if layer.shown_by_default or layer.is_basemap]
    found = opened or [layer.slug for layer in seen]
    if not found:
        raise NotFound(_("There are no layers yet."))
    return ",".join(found[: settings.TILE_LAYERS_MAX])


def find_place(request: HttpRequest, slug: str) -> tuple[str, str, str]:
    """The service, the list of tilesets, and what the query string of their addresses says."""
    base, _site = build_base(request)
    if slug:
        return base, f"{base}/collections/{slug}/tiles", ""
    chosen = request.GET.get(COLLECTIONS)
    query = "?" + urlencode({COLLECTIONS: chosen}, safe=",") if chosen else ""
    return base, f"{base}/tiles", query


def summarise(request: HttpRequest, slug: str) -> list[Said]:
    return [
        (source.layer, source.visibilities, get_summary(source.layer, list(source.visibilities)))
        for source in access_sources(request.user, slug or choose_layers(request))
    ]
