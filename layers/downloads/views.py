"""`/data/<slug>.<extension>`: a whole layer, for those who may see it."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.http.answers import (
    build_etag,
    build_stream_response,
    find_not_modified,
    mark_cacheable,
)
from layers.access import access_layer, is_open, list_visibilities
from layers.downloads.archive import access_archive
from layers.downloads.formats import find_format, list_extensions


@require_safe
def download(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    wanted = find_format(extension)
    if wanted is None:
        raise NotFound(
            _("There is no such format; there are: %(formats)s.") % {"formats": list_extensions()}
        )
    layer = access_layer(request.user, slug)
    visibilities = list_visibilities(request.user, layer)
    shared = is_open(layer, visibilities)
    etag = build_etag(layer.pk, layer.state.revision, layer.updated_at, extension, visibilities)
    if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
        return not_modified
    response: HttpResponseBase
    if wanted.stream is not None:
        chunks = wanted.stream(layer, visibilities)
        response = build_stream_response(request, chunks, wanted.media_type, etag, shared=shared)
    else:
        file = access_archive(layer, visibilities, wanted, etag)
        response = FileResponse(file, content_type=wanted.media_type)
        mark_cacheable(response, etag, shared=shared)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{extension}"'
    return response
