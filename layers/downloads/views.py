"""`/data/<slug>.<extension>`: a whole layer, for those who may see it."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.http import (
    build_etag,
    build_stream_response,
    find_not_modified,
    mark_cacheable,
)
from layers.access import access_layer, is_open, list_visibilities
from layers.downloads.archive import WRITERS, access_archive
from layers.downloads.text import stream_csv, stream_geojson

STREAMS = {
    "geojson": (stream_geojson, "application/geo+json"),
    "csv": (stream_csv, "text/csv; charset=utf-8"),
}
FILE_TYPES = {"gpkg": "application/geopackage+sqlite3", "shp.zip": "application/zip"}


@require_safe
def download(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    if extension not in STREAMS and extension not in WRITERS:
        raise NotFound(
            _("There is no such format; there are: %(formats)s.")
            % {"formats": ", ".join([*STREAMS, *WRITERS])}
        )
    layer = access_layer(request.user, slug)
    visibilities = list_visibilities(request.user, layer)
    shared = is_open(layer, visibilities)
    etag = build_etag(layer.pk, layer.state.revision, layer.updated_at, extension, visibilities)
    if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
        return not_modified
    response: HttpResponseBase
    if extension in STREAMS:
        stream, content_type = STREAMS[extension]
        chunks = stream(layer, visibilities)
        response = build_stream_response(request, chunks, content_type, etag, shared=shared)
    else:
        file = access_archive(layer, visibilities, extension, etag)
        response = FileResponse(file, content_type=FILE_TYPES[extension])
        mark_cacheable(response, etag, shared=shared)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{extension}"'
    return response
