"""The shipped nginx site before our own application, as deploy/README.md puts them on a server.

Only what belongs to one machine is another: names, ports, the certificate, folders.
"""

import os
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

from tests.collected import find_collected
from tests.scripts.running import ROOT, clean_environment, database_url, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
SITE = ROOT / "deploy" / "nginx" / "geoportal.conf"
UNITS = ROOT / "deploy" / "systemd"
SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
THREADS = "Environment=GEOPORTAL_WEB_THREADS="
START_TIMEOUT_S = 60
# What Debian's /etc/nginx/nginx.conf says around a site.
AROUND = """
{user} daemon off; pid {folder}/pid; worker_processes 1;
error_log {folder}/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on; tcp_nopush on; gzip on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def request_id(self) -> str:
        """Another one for each request that the application has answered itself."""
        return self.headers["X-Request-ID"] or ""


@dataclass(frozen=True)
class InstalledSite:
    """`port` is that of nginx with TLS, `upstream_port` that of the application behind it, whose
    files are below `data`, `live_port` that of the program with the streams of changes.
    """

    port: int
    upstream_port: int
    live_port: int
    data: Path
    scheme: str = "https"

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request of its own connection; underscores of header names are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, headers=named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30, context=trusting()) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())

    def connect(self) -> ssl.SSLSocket:
        """A bare connection, to be slow on."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return trusting().wrap_socket(plain, server_hostname="localhost")


def trusting() -> ssl.SSLContext:
    """The certificate is made for the test; nobody has signed it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def install_site(
    folder: Path, *, static: bool = True, probe: str = "/readyz", streams: bool = False
) -> Iterator[InstalledSite]:
    """Static files, the programs of the systemd units and nginx before them; of streams of changes
    where they are asked for.
    """
    site = InstalledSite(free_port(), free_port(), free_port(), folder / "data")
    environment = clean_environment(
        folder / "data",
        GEOPORTAL_DATABASE_URL=database_url(),
        GEOPORTAL_SECRET_KEY=SECRET,
        GEOPORTAL_DEMO="0",
        GEOPORTAL_ALLOWED_HOSTS="localhost",
        GEOPORTAL_TRUSTED_ORIGINS=site.url,
        GEOPORTAL_SITE_URL=site.url,
        GEOPORTAL_EMAIL_URL="dummymail://",
    )
    if static:
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / "static").symlink_to(find_collected())
    write_certificate(folder)
    (folder / "site.conf").write_text(adapt_site(folder, site))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    assert NGINX is not None
    started = []
    try:
        for command in (
            *([adapt_unit("geoportal-live", site.live_port)] if streams else []),
            adapt_unit("geoportal-web", site.upstream_port),
            [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")],
        ):
            started.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        wait_until_ready(site, started, probe)
        if streams:
            straight = replace(site, scheme="http", port=site.live_port)
            wait_until_ready(straight, started, "/livez")
        yield site
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


def adapt_site(folder: Path, site: InstalledSite) -> str:
    """The site as shipped, on a free port and in its own folder."""
    lines = []
    for line in SITE.read_text().splitlines():
        if "listen [::]" in line:
            continue
        if "listen 443" in line:
            line = line.replace("listen 443", f"listen 127.0.0.1:{site.port}")
        elif "listen 80;" in line:
            line = f"listen unix:{folder}/plain;"
        lines.append(line)
    text = "\n".join(lines)
    for shipped, own in (
        ("geoportal.example.ua/", f"{folder}/"),
        ("geoportal.example.ua", "localhost"),
        (f"/etc/letsencrypt/live/{folder}", str(folder)),
        ("127.0.0.1:8000", f"127.0.0.1:{site.upstream_port}"),
        ("127.0.0.1:8001", f"127.0.0.1:{site.live_port}"),
        ("/var/lib/geoportal/", f"{folder}/data/"),
        ("/var/cache/nginx/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert shipped in text, shipped
        text = text.replace(shipped, own)
    return text


def adapt_unit(name: str, port: int) -> list[str]:
    """The command line of a shipped systemd unit, on a free port and by this Python."""
    lines = (UNITS / f"{name}.service").read_text().splitlines()
    stated = next(each for each in lines if each.startswith("ExecStart="))
    for threads in (each for each in lines if each.startswith(THREADS)):
        stated = stated.replace("${GEOPORTAL_WEB_THREADS}", threads.removeprefix(THREADS))
    program, *arguments = shlex.split(stated.removeprefix("ExecStart="))
    assert program.endswith("python")
    place = arguments.index("--port") + 1
    assert arguments[place] in ("8000", "8001")
    return [sys.executable, *arguments[:place], str(port), *arguments[place + 1 :]]


def write_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip


def wait_until_ready(
    site: InstalledSite, started: list[subprocess.Popen[bytes]], probe: str
) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        for process in started:
            assert process.poll() is None, f"{process.args!r} has ended"
        try:
            if site.ask(probe).status == 200:
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, "the site does not answer"
        time.sleep(0.2)
