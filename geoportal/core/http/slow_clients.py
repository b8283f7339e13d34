"""Whoever sends or takes slowly holds no more threads of a process than are set aside for that.

A thread waits for a body until its last byte has come, and for a streamed answer until its last
byte is taken. nginx before the portal does that waiting in its place; without it a few slow clients
would hold every thread. So here bodies are read before anything else, by a quarter of the threads
at most; streams are written by at most half of them; what is short is handed to the server in one
piece, which needs no thread. A quarter is always left for pages and probes.
"""

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse, StreamingHttpResponse

# Tells the application that the request was not let in; `BodyLimitMiddleware` answers 503.
REFUSED = "geoportal.refused"
READ_BYTES = 64 * 1024
# In memory up to here, then in a file.
BODY_IN_MEMORY_BYTES = 1024 * 1024
# A file up to here is short.
FILE_IN_MEMORY_BYTES = 2 * 1024 * 1024

Environ = dict[str, Any]
Start = Callable[..., Any]


class SlowClients:
    """Around Django's application; `threads` is what the server gives to one process."""

    def __init__(self, application: WSGIHandler, *, threads: int, body_bytes_max: int) -> None:
        self._application = application
        self._body_bytes_max = body_bytes_max
        self._bodies = BoundedSemaphore(max(1, threads // 4))
        self._streams = BoundedSemaphore(max(1, threads // 2))

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not self._take_body(environ):
            return self._refuse(environ, start_response)
        started: list[tuple[Any, ...]] = []

        def note(*given: Any) -> Any:
            started.append(given)

        response = self._application(environ, note)
        if not isinstance(response, StreamingHttpResponse) or is_short(response):
            body = b"".join(response)
            response.close()
            start_response(*started[0])
            return [body]
        if not self._streams.acquire(blocking=False):
            response.close()
            return self._refuse(environ, start_response)
        start_response(*started[0])
        return HeldStream(response, self._streams)

    def _take_body(self, environ: Environ) -> bool:
        """Read the body, unless it is refused for its length anyway; `False`: no thread is free."""
        stated = environ.get("CONTENT_LENGTH") or ""
        length = int(stated) if stated.isascii() and stated.isdigit() else 0
        if not 0 < length <= self._body_bytes_max:
            return True
        if not self._bodies.acquire(blocking=False):
            return False
        try:
            environ["wsgi.input"] = copy_body(environ["wsgi.input"], length)
        finally:
            self._bodies.release()
        return True

    def _refuse(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """The application says it, so that the answer has the form and headers of all others."""
        environ |= {REFUSED: True, "CONTENT_LENGTH": "0"}
        response = self._application(environ, start_response)
        body = b"".join(response)
        response.close()
        return [body]


class HeldStream:
    """A streamed answer and the place it holds, given back once, when the server closes it."""

    def __init__(self, response: StreamingHttpResponse, places: BoundedSemaphore) -> None:
        self._response = response
        self._places: BoundedSemaphore | None = places
        self._chunks = iter(response)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        places, self._places = self._places, None
        if places is not None:
            places.release()
            self._response.close()


def is_short(response: StreamingHttpResponse) -> bool:
    """A file, by the length it states; how long other streams get is not known before their end."""
    length = response.headers.get("Content-Length")
    return (
        isinstance(response, FileResponse)
        and length is not None
        and int(length) <= FILE_IN_MEMORY_BYTES
    )


def copy_body(source: Any, length: int) -> SpooledTemporaryFile[bytes]:
    """All of the body, rewound; shorter when the sender has gone."""
    body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=BODY_IN_MEMORY_BYTES)  # noqa: SIM115
    while length > 0 and (block := source.read(min(READ_BYTES, length))):
        body.write(block)
        length -= len(block)
    body.seek(0)
    return body
