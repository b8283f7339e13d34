"""What `SlowClients` makes of a request before Django sees it, and of its answer."""

import io
import tempfile
from collections.abc import Iterable

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from geoportal.core.http.slow_clients import FILE_IN_MEMORY_BYTES, REFUSED, HeldStream, SlowClients

# The end of an answer closes what is old of the database's connections.
pytestmark = pytest.mark.django_db
BODY_BYTES_MAX = 3_000_000


class Echo(WSGIHandler):
    """Answers with what the view returns; knows nothing of Django's middleware."""

    def __init__(self, view) -> None:
        self.view = view

    def __call__(self, environ, start_response):
        if environ.get(REFUSED):
            response = HttpResponse(b"come again", status=503)
        else:
            response = self.view(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response


class Body(io.BytesIO):
    """A body during whose reading something else happens."""

    on_read = staticmethod(lambda: None)

    def read(self, size: int | None = -1) -> bytes:
        self.on_read()
        return super().read(size)


def make(view, threads: int = 4) -> SlowClients:
    return SlowClients(Echo(view), threads=threads, body_bytes_max=BODY_BYTES_MAX)


def ask(application: SlowClients, body: Body | None = None, length: int = 0):
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.input": body or io.BytesIO()}
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    started = []
    answer: Iterable[bytes] = application(environ, lambda *given: started.append(given))
    return int(started[-1][0].split()[0]), answer


@pytest.mark.parametrize("size", [1, 70_000, 2_000_000])
def test_a_body_is_there_whole_when_the_view_is_called(size):
    body = Body(bytes(size))
    seen = []

    def view(request):
        seen.append(body.tell())
        return HttpResponse(str(len(request.body)))

    status, answer = ask(make(view), body, size)
    assert (status, answer, seen) == (200, [str(size).encode()], [size])


def test_a_body_that_ends_early_ends_nothing_else():
    status, answer = ask(make(lambda request: HttpResponse(request.body)), Body(b"abc"), 100)
    assert (status, answer) == (200, [b"abc"])


def test_a_body_that_is_too_long_is_left_to_who_refuses_it():
    body = Body(bytes(10))
    ask(make(lambda request: HttpResponse()), body, BODY_BYTES_MAX + 1)
    assert body.tell() == 0


def test_a_quarter_of_the_threads_reads_bodies_and_the_next_is_refused():
    application = make(lambda request: HttpResponse(), threads=8)
    statuses = []

    def nest(depth: int) -> None:
        body = Body(b"a")
        if depth:
            body.on_read = lambda: nest(depth - 1)
        statuses.append(ask(application, body, 1)[0])

    nest(2)
    assert sorted(set(statuses)) == [200, 503]
    assert ask(application, Body(b"a"), 1)[0] == 200


def test_half_of_the_threads_writes_streams_and_the_next_is_refused():
    application = make(lambda request: StreamingHttpResponse([b"a", b"b"]), threads=4)
    held = [ask(application)[1] for _ in range(2)]
    status, answer = ask(application)
    assert (status, answer) == (503, [b"come again"])
    assert list(held[0]) == [b"a", b"b"]
    for stream in held:
        assert isinstance(stream, HeldStream)
        stream.close()
        stream.close()
    assert [ask(application)[0] for _ in range(2)] == [200, 200]
    assert ask(application)[0] == 503


@pytest.mark.parametrize("size", [0, 1000, FILE_IN_MEMORY_BYTES])
def test_a_short_file_is_handed_over_whole_and_closed(size):
    file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(bytes(size))
    file.seek(0)
    _, answer = ask(make(lambda request: FileResponse(file)))
    assert answer == [bytes(size)]
    assert file.closed


def test_a_long_file_is_a_stream():
    file = io.BytesIO(bytes(FILE_IN_MEMORY_BYTES + 1))
    _, answer = ask(make(lambda request: FileResponse(file)))
    assert isinstance(answer, HeldStream)
    assert sum(map(len, answer)) == FILE_IN_MEMORY_BYTES + 1


def test_who_is_refused_is_told_to_come_again(client):
    for path in ("/", "/tiles/style.json"):
        response = client.get(path, **{REFUSED: True})
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.headers["X-Request-ID"]
