"""Archives over HTTP: files for ever under names with a hash, and what names the current one."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.http.answers import build_etag, find_not_modified, mark_cacheable
from geoportal.core.http.ranges import serve_file
from tiles.archives.download import MEDIA_TYPE
from tiles.archives.kept import Kept, access_file, find_kept
from tiles.archives.styles import read_style
from tiles.style.views import find_site, read_theme

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def archive(request: HttpRequest, file: str) -> HttpResponseBase:
    """By byte ranges, as readers of PMTiles ask; the database is not asked."""
    path = access_file(file)
    digest = file.rpartition(".")[2]
    return serve_file(
        request,
        path,
        MEDIA_TYPE,
        etag=digest,
        cache_control=FOR_EVER,
        filename=path.name,
    )


@require_safe
def current(request: HttpRequest, name: str) -> HttpResponse:
    """Which file is the current one of an archive."""
    kept = find_kept(name)
    if kept is None:
        raise NotFound(_("There is no archive of this name; it may be being built."))
    etag = build_etag(kept.file, kept.built_at)
    if (held := find_not_modified(request, etag, shared=True)) is not None:
        return held
    response = JsonResponse(describe_kept(request, kept))
    mark_cacheable(response, etag, shared=True)
    return response


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The style of the whole map, drawn from its archive alone."""
    text = read_style(read_theme(request), find_site(request))
    etag = build_etag(text)
    if (held := find_not_modified(request, etag, shared=True)) is not None:
        return held
    response = HttpResponse(text, content_type="application/json")
    mark_cacheable(response, etag, shared=True)
    return response


def describe_kept(request: HttpRequest, kept: Kept) -> dict[str, object]:
    """`url` is absolute; `bounds`: west, south, east, north in degrees."""
    return {
        "url": request.build_absolute_uri(reverse("archive", args=[kept.file])),
        "layers": kept.layers,
        "bytes": kept.size,
        "tiles": kept.tiles,
        "minzoom": kept.zoom_min,
        "maxzoom": kept.zoom_max,
        "bounds": kept.bounds,
        "built_at": kept.built_at,
    }
