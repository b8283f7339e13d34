"""Answers that can be revalidated and compressed: ETags, gzip, cache headers in one place."""

import hashlib
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from isal import igzip, isal_zlib

from geoportal.core.http.codings import weigh_coding

GZIP_LEVEL = 2
GZIP_WINDOW = 31
SMALLEST_WORTH_GZIP = 600
# Caches keep the answer but ask each time.
REVALIDATED = "no-cache"


def build_etag(*parts: object) -> str:
    """A weak entity tag (RFC 9110, 8.8.3) of everything that the answer depends on."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def accepts(request: HttpRequest, coding: str) -> bool:
    """The client takes answers in this content coding: `gzip`, `br`."""
    return weigh_coding(request.headers.get("Accept-Encoding", ""), coding) > 0


def accepts_gzip(request: HttpRequest) -> bool:
    return accepts(request, "gzip")


def mark_cacheable(
    response: HttpResponseBase, etag: str, *, shared: bool, life: str = REVALIDATED
) -> None:
    """How long caches may keep the answer; only `shared` ones may serve several people."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{'public' if shared else 'private'}, {life}"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "Authorization"))


def find_not_modified(
    request: HttpRequest, etag: str, *, shared: bool, life: str = REVALIDATED
) -> HttpResponse | None:
    """304 when the client holds this version already: nothing needs to be built."""
    response = get_conditional_response(request, etag=etag)
    if response is not None and response.status_code == 304:
        mark_cacheable(response, etag, shared=shared, life=life)
        return response
    return None


def build_bytes_response(
    request: HttpRequest, body: bytes, content_type: str, etag: str, *, shared: bool
) -> HttpResponse:
    gzipped = len(body) >= SMALLEST_WORTH_GZIP and accepts_gzip(request)
    if gzipped:
        body = igzip.compress(body, compresslevel=GZIP_LEVEL)
    response = HttpResponse(body, content_type=content_type)
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    mark_cacheable(response, etag, shared=shared)
    return response


def gzip_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = isal_zlib.compressobj(level=GZIP_LEVEL, wbits=GZIP_WINDOW)
    for chunk in chunks:
        if packed := compressor.compress(chunk):
            yield packed
    yield compressor.flush()


def build_stream_response(
    request: HttpRequest, chunks: Iterable[bytes], content_type: str, etag: str, *, shared: bool
) -> StreamingHttpResponse:
    """Chunks as they come, compressed on the way; memory stays flat."""
    gzipped = accepts_gzip(request)
    response = StreamingHttpResponse(
        gzip_chunks(chunks) if gzipped else chunks, content_type=content_type
    )
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    mark_cacheable(response, etag, shared=shared)
    return response
