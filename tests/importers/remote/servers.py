"""A small real HTTP server on loopback, whose answers a test writes."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Json = Any


@dataclass
class Asked:
    """A request: its path, its parameters by lower-case name, its headers."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Said:
    """An answer. `cut`: so many bytes of the body are left out, of which the length tells."""

    body: bytes = b""
    status: int = 200
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: threading.Event | None = None


def say(document: Json, status: int = 200, **headers: str) -> Said:
    body = json.dumps(document, ensure_ascii=False).encode()
    return Said(body, status, headers={name.replace("_", "-"): v for name, v in headers.items()})


def say_packed(document: Json) -> Said:
    body = gzip.compress(json.dumps(document).encode())
    return Said(body, headers={"Content-Encoding": "gzip"})


def say_page(html: str = "<!DOCTYPE html><html><title>Портал</title></html>") -> Said:
    return Said(html.encode(), type="text/html; charset=utf-8")


Route = Callable[[Asked], Said]


class Server:
    """`url` is its address without a slash; `asked`: all requests; `routes`: answers by path."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.routes: dict[str, Route | Said] = {}
        self.fallback: Route | Said = Said(b"", 404)

    def answer(self, asked: Asked) -> Said:
        self.asked.append(asked)
        route = self.routes.get(asked.path, self.fallback)
        return route if isinstance(route, Said) else route(asked)

    def list_paths(self) -> list[str]:
        return [one.path for one in self.asked]


@contextmanager
def run_server() -> Iterator[Server]:
    holder: list[Server] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name.lower(): value for name, value in parse_qsl(parts.query)}
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = holder[0].answer(Asked(parts.path, query, headers))
            if said.wait is not None:
                said.wait.wait(10)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if said.status != 304:
                self.send_header("Content-Type", said.type)
                self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body[: len(said.body) - said.cut])

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    holder.append(Server(f"http://127.0.0.1:{server.server_address[1]}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def point(number: int, **properties: Json) -> Json:
    """A feature of GeoJSON by the Dnipro, 11 m from the one before."""
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Point", "coordinates": [30.5, 50.4 + number / 10_000]},
        "properties": {"number": number, "species": "Дуб"} | properties,
    }


def collection(features: list[Json], **members: Json) -> Json:
    return {"type": "FeatureCollection", "features": features, **members}
