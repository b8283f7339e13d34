"""`/data/<slug>.<extension>`: a whole layer, for those who may see it.

Files that are kept are served by byte ranges too: readers of FlatGeobuf and PMTiles take what they
need of them.
"""

import os
from io import BufferedReader

from django.http import HttpRequest
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
from geoportal.core.http.ranges import serve_file
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
    response: HttpResponseBase
    if wanted.stream is not None:
        if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
            return not_modified
        chunks = wanted.stream(layer, visibilities)
        response = build_stream_response(request, chunks, wanted.media_type, etag, shared=shared)
    else:
        file = access_archive(layer, visibilities, wanted, etag)
        tag = name_file(etag, file)
        response = serve_file(request, file, wanted.media_type, etag=tag, cache_control="no-cache")
        mark_cacheable(response, tag, shared=shared)
    if response.status_code in (200, 206):
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{extension}"'
    return response


def name_file(etag: str, file: BufferedReader) -> str:
    """A strong tag, so that parts of the file fit together: made anew, it is another file."""
    return f'"{etag[3:-1]}-{os.fstat(file.fileno()).st_mtime_ns:x}"'
