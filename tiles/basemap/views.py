"""The base map over HTTP: its file by ranges, and the style that draws it. No database is asked."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.http.answers import build_etag, find_not_modified, mark_cacheable
from geoportal.core.http.ranges import serve_file
from tiles.archives.download import MEDIA_TYPE
from tiles.basemap.reading import Basemap, find_named
from tiles.basemap.styles import build_basemap_style
from tiles.style.views import find_site, read_theme

VERSION_PARAMETER = "v"
FOR_EVER = "public, max-age=31536000, immutable"
REVALIDATED = "public, no-cache"


@require_safe
def basemap_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """By byte ranges; for ever under the address that names the version, as the style does."""
    basemap = access_basemap(name)
    is_named = request.GET.get(VERSION_PARAMETER) == basemap.version
    return serve_file(
        request,
        basemap.path,
        MEDIA_TYPE,
        etag=basemap.version,
        cache_control=FOR_EVER if is_named else REVALIDATED,
        filename=basemap.path.name,
    )


@require_safe
def basemap_style(request: HttpRequest, name: str) -> HttpResponse:
    """`theme` is light or dark; `language` that of names."""
    theme, basemap = read_theme(request), access_basemap(name)
    site = find_site(request)
    address = f"{site}{reverse('basemap-file', args=[name])}?{VERSION_PARAMETER}={basemap.version}"
    asked = request.GET.get("language", "")
    document = build_basemap_style(
        basemap,
        theme=theme,
        address=address,
        glyphs=f"{site}/tiles/glyphs/{{fontstack}}/{{range}}.pbf",
        language=asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
    )
    if document is None:
        raise NotFound(_("The base map has a schema that the portal does not know."))
    etag = build_etag(str(document))
    held = find_not_modified(request, etag, shared=True)
    if held is not None:
        return held
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    mark_cacheable(response, etag, shared=True)
    return response


def access_basemap(name: str) -> Basemap:
    basemap = find_named(Path(name).name)
    if basemap is None:
        raise NotFound(_("There is no base map of this name."))
    return basemap
