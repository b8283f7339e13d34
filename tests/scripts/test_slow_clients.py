"""Those who send and take slowly keep nobody else waiting: behind nginx, and without it."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection

import pytest
from django.contrib.gis.geos import Point

from layers.models import Layer
from layers.schema.specs import FieldSpec, LayerSpec
from tests.browser.community import CENTRE, add_layer
from tests.scripts.installed_site import NGINX, InstalledSite, install_site, trusting
from tests.standing import committed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]
SLOW = 32
BYTE_EVERY_S = 2.0
ELSEWHERE = "127.0.0.9"
# Far above what an answer takes, far below what waiting for a slow client would.
BOUND_S = 30
# Several times what is written at once.
LARGE_ROWS = 6000
NOTE = "Довга примітка про дерево, яке росте тут давно. " * 28
DOWNLOAD = "/data/large.geojson"
PROBES = ("/livez", "/readyz")
PAGES = ("/", "/problems/", "/tiles/large/12/2355/1385.mvt", "/accounts/login/")


@pytest.fixture(scope="module")
def site(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InstalledSite]:
    with (
        committed(django_db_blocker, add_large_layer),
        install_site(tmp_path_factory.mktemp("site"), static=False) as site,
    ):
        yield site


def add_large_layer() -> None:
    """Its download is longer than sockets hold by themselves."""
    add_layer(
        LayerSpec(
            slug="large",
            title_uk="Дерева",
            visibility="public",
            geometry_type=Layer.GeometryType.POINT,
            fields=(FieldSpec(name="note", title_uk="Примітка"),),
        ),
        [
            (str(row), Point(CENTRE[0] + row / 1e6, CENTRE[1]), {"note": NOTE})
            for row in range(LARGE_ROWS)
        ],
    )


class Door:
    """One of the two ways to the application: nginx with TLS, or its own port."""

    def __init__(self, site: InstalledSite, *, bare: bool) -> None:
        self.bare = bare
        self.port = site.upstream_port if bare else site.port

    def open(self, source: str = "127.0.0.1", receive_bytes: int = 0) -> socket.socket:
        plain = socket.socket()
        if receive_bytes:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        plain.settimeout(BOUND_S)
        plain.bind((source, 0))
        plain.connect(("127.0.0.1", self.port))
        return plain if self.bare else trusting().wrap_socket(plain, server_hostname="localhost")

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, source: str = ELSEWHERE
    ) -> tuple[int, bytes]:
        """Status and body, asked from another address than that of the slow ones."""
        given: dict[str, object] = {"timeout": BOUND_S, "source_address": (source, 0)}
        connection = (
            HTTPConnection("127.0.0.1", self.port, **given)
            if self.bare
            else HTTPSConnection("127.0.0.1", self.port, context=trusting(), **given)
        )
        headers = {"Host": "localhost", "X-Forwarded-Proto": "https"}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture(params=["behind nginx", "without nginx"])
def door(request: pytest.FixtureRequest, site: InstalledSite) -> Door:
    return Door(site, bare=request.param == "without nginx")


@contextmanager
def slow_bodies(door: Door, count: int = SLOW) -> Iterator[list[socket.socket]]:
    """Forms of a megabyte that come byte by byte."""
    head = (
        b"POST /problems/new/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n"
        # With it the form's token is looked for, in the body.
        b"Referer: https://localhost/\r\nCookie: csrftoken=%b\r\n\r\n" % (b"a" * 32)
    )
    with slow_clients([door.open() for _ in range(count)], head) as (opened, over):
        threading.Thread(target=trickle, args=(opened, over), daemon=True).start()
        yield opened


@contextmanager
def slow_readers(door: Door, count: int = SLOW) -> Iterator[list[socket.socket]]:
    """Downloads of which the first bytes are taken, and no more."""
    head = b"GET %b HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n"
    opened = [door.open(receive_bytes=4096) for _ in range(count)]
    with slow_clients(opened, head % DOWNLOAD.encode()):
        yield opened


@contextmanager
def slow_clients(
    opened: list[socket.socket], head: bytes
) -> Iterator[tuple[list[socket.socket], threading.Event]]:
    over = threading.Event()
    try:
        for one in opened:
            one.sendall(head)
        # Each has reached the thread or the queue where it stays.
        time.sleep(2)
        yield opened, over
    finally:
        over.set()
        for one in opened:
            one.close()


def trickle(opened: list[socket.socket], over: threading.Event) -> None:
    while not over.wait(BYTE_EVERY_S):
        for one in opened:
            try:
                one.send(b"a")
            except (OSError, ssl.SSLError):
                continue


def require_pages(door: Door) -> None:
    started = time.monotonic()
    for path in (PAGES + PROBES) * 2:
        # nginx lets this machine probe, and nobody else.
        status, body = door.ask(path, source="127.0.0.1" if path in PROBES else ELSEWHERE)
        assert (path, status) == (path, 200)
        assert body
    assert time.monotonic() - started < BOUND_S


def read_status(one: socket.socket) -> int:
    return int(one.recv(16).split()[1])


def test_slow_bodies_and_slow_readers_stop_no_page(door: Door) -> None:
    with slow_bodies(door), slow_readers(door):
        require_pages(door)


def test_behind_nginx_others_still_send_and_download(site: InstalledSite) -> None:
    door = Door(site, bare=False)
    with slow_bodies(door), slow_readers(door):
        assert door.ask("/accounts/login/", "POST", "login=a")[0] in {200, 403}
        status, body = door.ask(DOWNLOAD)
        assert status == 200
        assert len(json.loads(body)["features"]) == LARGE_ROWS


def test_behind_nginx_one_address_has_so_many_and_no_more(site: InstalledSite) -> None:
    with slow_bodies(Door(site, bare=False), 24) as opened:
        for one in opened:
            one.settimeout(0.5)
        refused = 0
        for one in opened:
            try:
                refused += read_status(one) == 429
            except TimeoutError:
                continue
    assert refused == 8


def test_without_nginx_one_too_many_is_told_to_come_again(site: InstalledSite) -> None:
    door = Door(site, bare=True)
    with slow_readers(door, 48) as opened:
        answered = [read_status(one) for one in opened]
        assert set(answered) == {200, 503}


def test_places_are_given_back_when_slow_clients_leave(site: InstalledSite) -> None:
    door = Door(site, bare=True)
    with slow_readers(door), slow_bodies(door):
        assert door.ask("/livez")[0] == 200
    deadline = time.monotonic() + BOUND_S
    while {door.ask(DOWNLOAD)[0] for _ in range(8)} != {200}:
        assert time.monotonic() < deadline, "places are not given back"
    while {door.ask("/accounts/login/", "POST", "a=b")[0] for _ in range(8)} - {200, 403}:
        assert time.monotonic() < deadline, "places are not given back"
