"""Tiles over HTTP: cold against the bare SQL, warm and held against nginx with the same bytes."""

import gzip
import math
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer
from script.benchmarks.imports import SLUG, access_layer
from script.benchmarks.measure import Result, compare
from script.benchmarks.server import Visitor, wait_until_live
from tests.scripts.installed_site import NGINX, InstalledSite, install_site
from tests.scripts.running import free_port
from tiles.grid import Tile
from tiles.layer_source import LayerSource

HOST = "localhost"
TIMES = 60
CLIENTS = 8
SECONDS = 4
ROUNDS = 3
PLAIN_NGINX = """
{user} daemon off; pid {folder}/plain.pid; worker_processes 2; error_log {folder}/plain.log;
events {{ worker_connections 768; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    client_body_temp_path {folder}/pb; proxy_temp_path {folder}/pp; fastcgi_temp_path {folder}/pf;
    uwsgi_temp_path {folder}/pu; scgi_temp_path {folder}/ps;
    server {{ listen 127.0.0.1:{port}; root {folder}/data/static; }}
}}
"""


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    folder = Path(tempfile.mkdtemp(prefix="geoportal-bench-"))
    folder.chmod(0o755)
    try:
        # No worker takes the jobs that imports have left, so it is never ready.
        with install_site(folder, static=False, probe="/livez") as site:
            visitor = Visitor(site.upstream_port)
            return [
                measure_cold(visitor, layer, 14),
                measure_cold(visitor, layer, 16),
                count_builds(site),
                measure_held(visitor),
                *(measure_warm(site, folder, z) for z in (14, 16)),
            ]
    finally:
        shutil.rmtree(folder)


def list_tiles(z: int, reach: int = 1) -> list[Tile]:
    """Tiles inside the town: of one in it and those around."""
    size = 2**z
    x = int((30.1 + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(math.radians(50.1))) / math.pi) / 2 * size)
    steps = range(-reach, reach + 1)
    return [Tile(z, x + across, y + down) for across in steps for down in steps]


def address(tile: Tile) -> str:
    return f"/tiles/{SLUG}/{tile.z}/{tile.x}/{tile.y}.mvt"


def measure_cold(visitor: Visitor, layer: Layer, z: int) -> Result:
    """Another tile each time, so none is kept; the database has read them all from its disk before,
    or the first of the two would read for the other."""
    tiles = list_tiles(z, reach=4)
    asked, built = iter(tiles), cycle(tiles)
    source = LayerSource(layer, ("public",))

    def ask() -> None:
        visitor.get(address(next(asked)), Host=HOST, Accept_Encoding="gzip")

    def build() -> None:
        with connection.cursor() as cursor:
            execute_sql(cursor, "tiles", "tile", source.bind(next(built)))
            cursor.fetchone()

    for _ in tiles:
        build()
    ours, bare = compare(ask, build, TIMES)
    return Result(f"a cold z{z} tile over HTTP, bare ST_AsMVT", ours, bare, "≤ 1.1")


def count_builds(site: InstalledSite) -> Result:
    """All clients at once ask for one tile that is not there."""
    straight = replace(site, scheme="http", port=site.upstream_port)
    tile = list_tiles(13)[0]

    def ask(_: int) -> str:
        return straight.ask(address(tile)).headers["Server-Timing"] or ""

    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = list(pool.map(ask, range(CLIENTS)))
    built = [float(each.partition("dur=")[2]) for each in outcomes if each.startswith("built")]
    note = f"{len(built)} of {CLIENTS} clients at once built it (1)"
    return Result("one cold z13 tile", max(built) / 1000, None, "", note)


def measure_held(visitor: Visitor) -> Result:
    path = address(list_tiles(14)[4])
    tag = visitor.get(path, Host=HOST)[2]
    ours, empty = compare(
        lambda: visitor.get(path, Host=HOST, If_None_Match=tag),
        lambda: visitor.get("/livez", Host=HOST),
        5 * TIMES,
    )
    note = f"{(ours - empty) * 1000:+.2f} ms (≤ 1)"
    return Result("304 for a tile, an empty answer", ours, empty, "", note)


def measure_warm(site: InstalledSite, folder: Path, z: int) -> Result:
    """Requests a second by turns: nginx from its disk, ours straight, both through the site."""
    path = address(list_tiles(z)[4])
    if shutil.which("wrk") is None:
        return Result(f"a warm z{z} tile", 0, None, "", "the program wrk is not installed")
    visitor = Visitor(site.upstream_port)
    _, body, tag = visitor.get(path, Host=HOST, Accept_Encoding="gzip")
    (folder / "data" / "static").mkdir(exist_ok=True)
    (folder / "data" / "static" / "tile.mvt").write_bytes(body)
    straight = f"http://127.0.0.1:{site.upstream_port}{path}"
    with run_plain_nginx(folder) as port:
        rates = rate_by_turns(
            {
                "nginx": [f"http://127.0.0.1:{port}/tile.mvt"],
                "ours": [straight],
                "304": [straight, f"If-None-Match: {tag}"],
                "nginx with TLS": [f"{site.url}/static/tile.mvt"],
                "the site": [f"{site.url}{path}"],
            }
        )
    note = (
        f"{len(gzip.decompress(body)) // 1000} kB, {len(body) // 1000} kB compressed; "
        + ", ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items())
        + f"; straight {rates['ours'] / rates['nginx']:.2f} (≥ 0.15),"
        f" through the site {rates['the site'] / rates['nginx with TLS']:.2f} (≥ 0.8)"
    )
    return Result(f"a warm z{z} tile", 1 / rates["ours"], 1 / rates["nginx"], "", note)


def rate_by_turns(asked: dict[str, list[str]]) -> dict[str, float]:
    """The best of several turns each: the machine's other work falls on all of them."""
    turns = [{name: rate(*given) for name, given in asked.items()} for _ in range(ROUNDS)]
    return {name: max(turn[name] for turn in turns) for name in asked}


def rate(url: str, *headers: str) -> float:
    named = ["Accept-Encoding: gzip", "Host: localhost", *headers]
    options = [part for header in named for part in ("-H", header)]
    words = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", *options, url]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if refused:
        raise RuntimeError(f"{url}: {refused[0]}")
    found = re.search(r"Requests/sec:\s+([0-9.]+)", said)
    return float(found[1]) if found else 0.0


@contextmanager
def run_plain_nginx(folder: Path) -> Iterator[int]:
    port = free_port()
    config = folder / "plain.conf"
    config.write_text(PLAIN_NGINX.format(user="user root;", folder=folder, port=port))
    process = subprocess.Popen([str(NGINX), "-e", str(folder / "plain.log"), "-c", str(config)])
    try:
        wait_until_live(Visitor(port), "/tile.mvt")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)
