"""Other tile servers, started over the same database: tipg, Martin and pg_tileserv.

They are no dependencies: what is not there is left out, with its reason. They live in `PEERS`, by
default `geoportal-peers` in the folder for temporary files. tipg is installed there when it is
missing; Martin and pg_tileserv are programs to build by hand:

    cargo install martin --version 1.14.0 --locked --no-default-features --features postgres \\
        --root /tmp/geoportal-peers
    GOBIN=/tmp/geoportal-peers/bin go install github.com/CrunchyData/pg_tileserv@latest
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from script.benchmarks.server import Visitor

PEERS = Path(os.environ.get("PEERS", Path(tempfile.gettempdir(), "geoportal-peers")))
TIPG = ("tipg==1.6.1", "uvicorn==0.54.0")
TABLE = "bench_peer"
START_S = 60


class Missing(Exception):
    """Why a peer cannot be compared with."""


@dataclass(frozen=True)
class Peer:
    """`find` gives the command that serves a port, or raises `Missing`; `path`: of a tile."""

    name: str
    find: Callable[[int], list[str]]
    path: str


def find_tipg(port: int) -> list[str]:
    python = PEERS / "tipg" / "bin" / "python"
    if not python.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *TIPG], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            shutil.rmtree(python.parents[1], ignore_errors=True)
            raise Missing(f"it could not be installed: {error}") from error
    return [str(python), "-m", "uvicorn", "tipg.main:app", "--port", str(port)]


def find_martin(port: int) -> list[str]:
    address = f"127.0.0.1:{port}"
    return [find_program("martin"), "--listen-addresses", address, "--cache-size", "0",
            "--auto-bounds", "skip", build_url()]  # fmt: skip


def find_pg_tileserv(port: int) -> list[str]:
    return [find_program("pg_tileserv")]


def find_program(name: str) -> str:
    own = PEERS / "bin" / name
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        raise Missing(f"there is no program {name}, neither in {own.parent} nor in PATH")
    return found


PEER_SERVERS = (
    Peer("tipg", find_tipg,
         f"/collections/public.{TABLE}/tiles/WebMercatorQuad/{{z}}/{{x}}/{{y}}"),
    Peer("Martin", find_martin, f"/{TABLE}/{{z}}/{{x}}/{{y}}"),
    Peer("pg_tileserv", find_pg_tileserv, f"/public.{TABLE}/{{z}}/{{x}}/{{y}}.pbf"),
)  # fmt: skip


def build_url() -> str:
    database = settings.DATABASES["default"]
    host, user, name = (str(database[key]) for key in ("HOST", "USER", "NAME"))
    place = quote(host, safe="")  # the folder of a socket
    return f"postgresql://{user}@{place}/{name}"


@contextmanager
def run_peer(peer: Peer) -> Iterator[Visitor]:
    """Raises `Missing` where the peer is not here or does not start."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = peer.find(port)
    environment = os.environ | {
        "DATABASE_URL": build_url(),
        "TIPG_DB_SCHEMAS": '["public"]',
        "TS_HTTPPORT": str(port),
        "TS_HTTPHOST": "127.0.0.1",
    }
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    visitor = Visitor(port)
    try:
        wait_until_open(port, process)
        yield visitor
    finally:
        visitor.close()
        process.terminate()
        process.wait(timeout=30)


def wait_until_open(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise Missing("it did not start")
