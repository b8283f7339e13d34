"""The database goes and comes back under a running server, and the map stays."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser.community import CENTRE, PHARMACIES, seed_community
from tests.browser.map_page import MapPage
from tiles.archives.building import build_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SOCKET = ".s.PGSQL.5432"


class Way:
    """The way to the database, which can be shut: a socket behind which the real one is."""

    def __init__(self, folder: Path, behind: Path) -> None:
        self._path, self._behind = folder / SOCKET, behind
        self._open: list[socket.socket] = []
        self._door: socket.socket | None = None

    def open(self) -> None:
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self._path))
        self._door.listen(64)
        threading.Thread(target=self._let_in, args=[self._door], daemon=True).start()

    def shut(self) -> None:
        self._path.unlink()
        for each in [self._door, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def _let_in(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self._behind))
                self._open += [visitor, there]
                for ends in ((visitor, there), (there, visitor)):
                    threading.Thread(target=carry, args=ends, daemon=True).start()


def carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(65536):
            target.sendall(block)
        target.shutdown(socket.SHUT_RDWR)


class Portal:
    """A web process of its own."""

    def __init__(self, url: str, way: Way) -> None:
        self.url, self.way = url, way

    def ask(self, path: str, **request: object) -> tuple[int, str, Message]:
        asked = urllib.request.Request(self.url + path, **request)  # type: ignore[arg-type]
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode(), refusal.headers


@pytest.fixture
def portal(collected, settings) -> Iterator[Portal]:
    seed_community()
    build_due()
    data = Path(settings.DATA_DIR)
    (data / "static").symlink_to(collected)
    known = connection.settings_dict
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        way = Way(Path(folder), Path(known["HOST"], SOCKET))
        way.open()
        port = free.getsockname()[1]
        free.close()
        environment = os.environ | {
            "GEOPORTAL_DATA_DIR": str(data),
            "GEOPORTAL_DATABASE_URL": f"postgis://{known['USER']}@/{known['NAME']}?host={folder}",
            "DJANGO_SETTINGS_MODULE": "geoportal.settings",
        }
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
        process = subprocess.Popen(
            [*command, "--port", str(port), "geoportal.wsgi:application"],
            cwd=django_settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            found = Portal(f"http://127.0.0.1:{port}", way)
            wait_for(found)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(portal: Portal) -> None:
    for _ in range(150):
        with suppress(OSError):
            if portal.ask("/livez")[0] == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("the web process did not start")


def test_the_map_stays_while_the_database_is_away(portal: Portal, page: Page):
    html = {"headers": {"Accept": "text/html"}}
    status, text, _ = portal.ask("/", **html)
    assert status == 200
    assert 'id="report"' in text
    assert portal.ask("/readyz")[0] in (200, 503)
    portal.way.shut()

    status, text, headers = portal.ask("/", **html)
    assert status == 200
    assert "no-store" in headers["Cache-Control"]
    assert "Лише читання" in text
    assert 'id="report"' not in text
    assert "Read only" in portal.ask("/?lang=en", **html)[1]
    assert portal.ask("/livez")[0] == 200
    status, text, _ = portal.ask("/readyz")
    assert (status, json.loads(text)["checks"]["database"]) == (503, "no answer")
    token = headers["Set-Cookie"].split(";")[0].removeprefix("csrftoken=")
    sent = {"Cookie": f"csrftoken={token}; sessionid=somebody", "X-CSRFToken": token}
    features = "/api/v1/layers/parks/features/"
    for path, accept in (("/problems/new/", "text/html"), (features, "*/*")):
        asked = sent | {"Accept": accept}
        status, text, refused = portal.ask(path, data=b"do=send", headers=asked)
        assert (status, refused["Retry-After"]) == (503, "5")
        assert "нічого не збережено" in text
    assert portal.ask("/data/", **html)[0] == 503

    reads = []
    page.on("request", lambda request: reads.append(request))
    lon, lat = CENTRE[0] - 0.004, CENTRE[1]
    page.goto(f"{portal.url}/#map=15/{lat}/{lon}")
    expect(page.locator("#read-only")).to_contain_text("Лише читання")
    expect(page.locator("#map")).to_have_attribute("data-map-state", "idle", timeout=30_000)
    assert any(".pmtiles" in request.url and "range" in request.headers for request in reads)
    assert not any(".mvt" in request.url for request in reads)
    page.locator("#card").wait_for(state="hidden")
    page.screenshot(path="/tmp/ro.png")
    MapPage(page, portal.url).click_place(lon, lat)
    expect(page.locator("#card h2").first).to_have_text(PHARMACIES[5]["name"])

    portal.way.open()
    expect(page.locator("#report")).to_be_visible(timeout=40_000)
    status, text, _ = portal.ask("/", **html)
    assert (status, "Лише читання" in text) == (200, False)
