"""A web process that is killed, and a line that is cut, while a piece comes: the real server."""

import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from geoportal.uploads.models import Upload
from tests.conftest import write_staff
from tests.scripts.running import clean_environment, database_url, free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FOLDER = "/api/v1/uploads/imports/"
TOKEN = "a" * 32
WHOLE = bytes(range(256)) * 8000
PIECE = 400_000
WAITING_S = 60
PIECE_TYPE = "application/offset+octet-stream"


@pytest.fixture
def cookie(transactional_db) -> str:
    """Of the session of somebody who may send files."""
    client = Client()
    client.force_login(write_staff("root", is_superuser=True))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


class Server:
    """One process of the web server, and a browser that speaks to it by hand."""

    def __init__(self, folder: Path, cookie: str) -> None:
        self.port, self.cookie = free_port(), cookie
        environment = clean_environment(
            folder,
            GEOPORTAL_DATABASE_URL=database_url(),
            GEOPORTAL_SECRET_KEY=django_settings.SECRET_KEY,
            GEOPORTAL_DEMO="1",
        )
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "geoportal.wsgi:application"],
            cwd=django_settings.BASE_DIR,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def await_life(self) -> None:
        deadline = time.monotonic() + WAITING_S
        while True:
            try:
                self.ask("GET", "/livez")
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
            else:
                return

    def kill(self) -> None:
        """It and all that it has started, without a word to them."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def begin(self, method: str, path: str, body: bytes = b"", **headers: str) -> socket.socket:
        """The line on which a request has gone out, or its first bytes."""
        given = {
            "Host": "localhost",
            "Cookie": self.cookie,
            "X-CSRFToken": TOKEN,
            "Connection": "close",
            "Tus-Resumable": "1.0.0",
            "Content-Length": "0",
        }
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        return line

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> dict[str, str]:
        """Headers of the answer, all in small letters, and its status."""
        with self.begin(method, path, body, **headers) as line:
            answer = b""
            while block := line.recv(65536):
                answer += block
        head = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")
        pairs = (each.partition(": ") for each in head[1:])
        told = {name.lower(): value for name, _colon, value in pairs}
        return told | {"status": head[0].split()[1]}

    def begin_piece(self, path: str, offset: int, came: int) -> socket.socket:
        """A piece of which only so many bytes have gone out."""
        told = {"Upload_Offset": str(offset), "Content_Length": str(PIECE)}
        body = WHOLE[offset : offset + came]
        return self.begin("PATCH", path, body, Content_Type=PIECE_TYPE, **told)

    def send_piece(self, path: str, offset: int) -> int:
        """Where the next one begins."""
        body = WHOLE[offset : offset + PIECE]
        told = {"Upload_Offset": str(offset), "Content_Length": str(len(body))}
        answer = self.ask("PATCH", path, body, Content_Type=PIECE_TYPE, **told)
        assert answer["status"] == "204", answer
        return int(answer["upload-offset"])

    def find_offset(self, path: str) -> int:
        return int(self.ask("HEAD", path)["upload-offset"])


@contextmanager
def serving(folder: Path, cookie: str) -> Iterator[Server]:
    server = Server(folder, cookie)
    try:
        server.await_life()
        yield server
    finally:
        server.kill()


def reset(line: socket.socket) -> None:
    """The other side is told nothing but RST."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def test_a_file_arrives_whole_through_cuts_and_killed_servers(cookie, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    with serving(folder, cookie) as server:
        begun = server.ask("POST", FOLDER, Upload_Length=str(len(WHOLE)))
        assert begun["status"] == "201", begun
        path = FOLDER + begun["location"].rstrip("/").rpartition("/")[2] + "/"
        at = server.send_piece(path, 0)
        # The line is cut in the middle of a piece: what had come of it is kept.
        line = server.begin_piece(path, at, 150_000)
        time.sleep(0.5)
        reset(line)
        deadline = time.monotonic() + WAITING_S
        while (found := server.find_offset(path)) == at:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert found <= at + 150_000
        # Who sends slowly holds nothing that others who ask for the same upload wait for.
        slow = server.begin_piece(path, found, 1000)
        at = server.send_piece(path, found)
        reset(slow)
        # The server is killed while a piece comes.
        line = server.begin_piece(path, at, 200_000)
        time.sleep(0.3)
        server.kill()
        line.close()
    kept = folder / "uploads" / Upload.objects.get().pk.hex
    assert kept.read_bytes()[:at] == WHOLE[:at]
    with serving(folder, cookie) as server:
        assert server.find_offset(path) == at
        while at < len(WHOLE):
            at = server.send_piece(path, at)
    assert kept.read_bytes() == WHOLE
    assert [each.name for each in (folder / "uploads").iterdir()] == [kept.name]
