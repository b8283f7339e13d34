"""Files and parts of them by byte ranges (RFC 9110, 14), which video players need to seek.

One range of a GET request is honoured. Several in one request get the whole file, as the standard
allows: players never ask so, and the answer would cost more than it saves.
"""

import re
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

BLOCK_BYTES = 64 * 1024
ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The range begins behind the end of the file, or is of no length."""


class FileSlice:
    """Bytes of an open file from its present position; closes the file with itself."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()


def parse_range(value: str, size: int) -> tuple[int, int] | None:
    """First byte and length (RFC 9110, 14.1.2); `None` where the header is to be ignored."""
    found = ONE_RANGE.fullmatch(value.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return size - length, length
    first = int(found[1])
    last = int(found[2]) if found[2] else max(first, size - 1)
    if last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last, size - 1) - first + 1


def serve_file(
    request: HttpRequest,
    path_or_file: Path | BinaryIO,
    content_type: str,
    *,
    etag: str,
    cache_control: str,
    filename: str = "",
) -> HttpResponseBase:
    """Answer GET or HEAD with a file, or the part that is asked for, in blocks.

    `etag` with or without quotes; a player that resumes needs a strong one, since `If-Range` never
    matches a weak tag (RFC 9110, 13.1.5). `path_or_file` is closed with the response. Access is
    the caller's to check, before.
    """
    etag = quote_etag(etag)
    file = path_or_file.open("rb") if isinstance(path_or_file, Path) else path_or_file
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is not None:
        file.close()
    else:
        response = build_answer(request, file, content_type, etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    response.headers["X-Content-Type-Options"] = "nosniff"
    if 200 <= response.status_code < 300:
        response.headers["Accept-Ranges"] = "bytes"
        disposition = content_disposition_header(as_attachment=False, filename=filename)
        response.headers["Content-Disposition"] = disposition or "inline"
    return response


def build_answer(
    request: HttpRequest, file: BinaryIO, content_type: str, etag: str
) -> HttpResponseBase:
    size = file.seek(0, 2)
    if request.method == "HEAD":  # ranges are defined for GET only (RFC 9110, 14.2)
        file.close()
        response = HttpResponse(content_type=content_type)
        response.headers["Content-Length"] = str(size)
        return response
    try:
        part = find_range(request, size, etag)
    except Unsatisfiable:
        file.close()
        refusal = HttpResponse(status=416, content_type=content_type)
        refusal.headers["Content-Range"] = f"bytes */{size}"
        return refusal
    first, length = part or (0, size)
    file.seek(first)
    answer = FileResponse(
        FileSlice(file, length), content_type=content_type, status=206 if part else 200
    )
    answer.block_size = BLOCK_BYTES
    answer.headers["Content-Length"] = str(length)
    if part:
        answer.headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{size}"
    return answer


def find_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The range of the request, unless `If-Range` names another version than `etag`."""
    condition = request.headers.get("If-Range")
    if condition is not None and (condition.strip() != etag or etag.startswith("W/")):
        return None
    return parse_range(request.headers.get("Range", ""), size)
