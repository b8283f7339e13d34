"""The shipped nginx site in a real nginx, where there is one: what it keeps, and what never."""

import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.scripts.running import ROOT, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
SITE = ROOT / "deploy" / "nginx" / "geoportal.conf"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]


class CountingApplication(BaseHTTPRequestHandler):
    """Answers like the application: what is private says so, everything asks to be revalidated."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        body = f"{self.path} {self.asked[self.path]}".encode()
        shared = "private" if "private" in self.path else "public"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", f"{shared}, no-cache")
        self.send_header("Vary", "Accept-Encoding, Cookie, Authorization")
        self.send_header("X-Seen-Proto", self.headers.get("X-Forwarded-Proto", ""))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site: as shipped, but without TLS, on a free port, in its own folder."""
    folder = tmp_path_factory.mktemp("nginx")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), CountingApplication)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = free_port()
    (folder / "site.conf").write_text(adapt_site(folder, port, upstream.server_address[1]))
    run_as = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{run_as} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;"
        f" events {{}} http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;"
        f" fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;"
        f" include {folder}/site.conf; }}"
    )
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        wait_for_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        upstream.shutdown()


def adapt_site(folder: Path, port: int, upstream_port: int) -> str:
    """The listening and TLS lines are this machine's own; everything else stays as it is."""
    lines = []
    for line in SITE.read_text().splitlines():
        if "listen 443" in line:
            lines.append(f"listen 127.0.0.1:{port};")
        elif "listen 80;" in line:
            lines.append(f"listen unix:{folder}/plain;")
        elif not line.strip().startswith(("listen", "ssl_certificate")):
            lines.append(line)
    return (
        "\n".join(lines)
        .replace("127.0.0.1:8000", f"127.0.0.1:{upstream_port}")
        .replace("/var/cache/nginx/", f"{folder}/")
        .replace("/var/log/nginx/", f"{folder}/")
    )


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx has refused the site"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def ask(address: str, **headers: str) -> tuple[str, Message]:
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode(), answer.headers


def asked(path: str) -> int:
    return CountingApplication.asked[path]


def test_a_crowd_on_one_tile_costs_one_request_in_a_second(site: str) -> None:
    started = time.monotonic()
    for _ in range(50):
        ask(f"{site}/tiles/trees/1/0/0.mvt")
    assert asked("/tiles/trees/1/0/0.mvt") <= 2 + int(time.monotonic() - started)


def test_a_tile_is_asked_for_again_after_a_second(site: str) -> None:
    first, _ = ask(f"{site}/tiles/trees/2/0/0.mvt")
    time.sleep(2.1)
    again, _ = ask(f"{site}/tiles/trees/2/0/0.mvt")
    assert first != again


def test_what_the_application_calls_private_is_never_kept(site: str) -> None:
    for _ in range(3):
        ask(f"{site}/tiles/private/1/0/0.mvt")
    assert asked("/tiles/private/1/0/0.mvt") == 3


@pytest.mark.parametrize(
    "headers",
    [{"Cookie": "sessionid=abc"}, {"Authorization": "Basic YTpi"}],
    ids=["cookie", "basic"],
)
def test_signed_in_people_pass_by_the_cache(site: str, headers: dict[str, str]) -> None:
    path = f"/tiles/trees/3/0/{len(headers)}{next(iter(headers))}.mvt"
    ask(f"{site}{path}")
    for _ in range(3):
        ask(f"{site}{path}", **headers)
    assert asked(path) == 4


def test_pages_are_not_kept(site: str) -> None:
    for _ in range(3):
        ask(f"{site}/")
    assert asked("/") == 3


def test_the_application_learns_the_protocol(site: str) -> None:
    _, headers = ask(f"{site}/tiles/trees/4/0/0.mvt")
    assert headers["X-Seen-Proto"] == "http"
