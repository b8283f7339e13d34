"""A cold tile by zoom as a layer grows, against bare ST_AsMVT and other servers in the same run.

Three sizes up to ROWS: a hundredth, a tenth and all of it. Nothing is kept by anybody. What is
measured goes to `benchmarks/tiles.json` in the data folder, each size over what stood for it;
`script/bench draw_tiles` draws all sizes that stand there.
"""

import json
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings
from django.db import connection

from script.benchmarks.imports import SLUG, access_layer
from script.benchmarks.measure import Result, clock
from script.benchmarks.peers import PEER_SERVERS, TABLE, Missing, Peer, run_peer
from script.benchmarks.server import Visitor, run_server
from script.benchmarks.tile_serving import list_tiles
from tiles.grid import Tile

ZOOMS = (6, 8, 10, 12, 13, 14, 16)
OURS, BARE = "ours", "ST_AsMVT"
# So many tiles of each zoom, fewer once they took so long together.
TIMES, ENOUGH_S = 15, 6.0
# Typed columns, as a person would make a table for such a server.
MAKE_TABLE = """
    CREATE TABLE bench_peer AS
    SELECT
        id, (properties ->> 'uid')::integer AS uid, properties ->> 'species' AS species,
        properties ->> 'condition' AS condition, (properties ->> 'height')::float8 AS height,
        (properties ->> 'age')::integer AS age, (properties ->> 'planted')::date AS planted,
        properties ->> 'address' AS address, geom_3857 AS geom
    FROM layers_feature
    WHERE layer_id = %s
"""
BARE_TILE = """
    SELECT ST_AsMVT(row, 'bare', 4096, 'geom', 'id') FROM (
        SELECT id, uid, species, condition, height, age, planted, address,
            ST_AsMVTGeom(geom, ST_TileEnvelope(%s, %s, %s), 4096, 64, true) AS geom
        FROM bench_peer
        WHERE geom && ST_TileEnvelope(%s, %s, %s, margin => 64.0 / 4096)
    ) AS row
"""
Ask = Callable[[Tile], int]


def run(rows: int) -> list[Result]:
    results = []
    for size in (rows // 100, rows // 10, rows):
        measured = measure_size(size)
        keep(size, measured)
        results += build_results(size, measured)
    return results


def measure_size(size: int) -> dict[str, dict[int, tuple[float, int]]]:
    """Server → zoom → seconds and bytes (median) of a tile."""
    layer = access_layer(size)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(MAKE_TABLE, [layer.pk])
        cursor.execute(f"ALTER TABLE {TABLE} ADD PRIMARY KEY (id)")
        cursor.execute(f"CREATE INDEX ON {TABLE} USING gist (geom)")
        cursor.execute(f"ANALYZE {TABLE}")
    measured = {BARE: measure_zooms(ask_database)}
    for name, serve in (
        (OURS, run_ours()),
        *((peer.name, run_theirs(peer)) for peer in PEER_SERVERS),
    ):
        try:
            with serve as ask:
                measured[name] = measure_zooms(ask)
        except Missing as reason:
            print(f"  without {name}: {reason}", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")
    return measured


def measure_zooms(ask: Ask) -> dict[int, tuple[float, int]]:
    return {z: measure_zoom(ask, z) for z in ZOOMS}


def measure_zoom(ask: Ask, z: int) -> tuple[float, int]:
    """The first of all is not counted."""
    around = list_tiles(z)
    # Of a few large ones only that in the middle is full.
    tiles = list(islice(cycle(around if z >= 13 else around[4:5]), TIMES + 1))
    ask(tiles[0])
    times, sizes = [], []
    for tile in tiles[1:]:
        times.append(clock(lambda: sizes.append(ask(tile))))  # noqa: B023  called at once
        if sum(times) > ENOUGH_S:
            break
    return statistics.median(times), int(statistics.median(sizes))


def ask_database(tile: Tile) -> int:
    with connection.cursor() as cursor:
        cursor.execute(BARE_TILE, [tile.z, tile.x, tile.y] * 2)
        return len(cursor.fetchone()[0])


@contextmanager
def run_ours() -> Iterator[Ask]:
    """With a cache that has no room."""
    with run_server(GEOPORTAL_TILE_CACHE_BYTES="0") as visitor:
        yield ask_over_http(visitor, f"/tiles/{SLUG}/{{z}}/{{x}}/{{y}}.mvt")


@contextmanager
def run_theirs(peer: Peer) -> Iterator[Ask]:
    with run_peer(peer) as visitor:
        yield ask_over_http(visitor, peer.path)


def ask_over_http(visitor: Visitor, path: str) -> Ask:
    """Bytes as they travel, compressed."""

    def ask(tile: Tile) -> int:
        status, body, _tag = visitor.get(path.format(**vars(tile)), Accept_Encoding="gzip")
        if status not in (200, 204):
            raise Missing(f"it answered {status} for {tile}")
        return len(body)

    return ask


def build_results(size: int, measured: dict[str, dict[int, tuple[float, int]]]) -> list[Result]:
    """Each of the others in turn against ours; z ≤ 12 has a bound of its own."""
    results = []
    for z in ZOOMS:
        ours_s, ours_bytes = measured[OURS][z]
        for name in (one for one in measured if one != OURS):
            their_s, their_bytes = measured[name][z]
            target = "≤ 10 ms of the database" if z <= 12 else "≤ 1.1"
            note = f"{ours_bytes / 1000:.0f} kB, {their_bytes / 1000:.0f} kB"
            what = f"a cold z{z} tile of {size} points, {name}"
            results.append(Result(what, ours_s, their_s, target, note))
    return results


def find_results() -> Path:
    return Path(settings.DATA_DIR, "benchmarks", "tiles.json")


def keep(size: int, measured: dict[str, dict[int, tuple[float, int]]]) -> None:
    path = find_results()
    path.parent.mkdir(parents=True, exist_ok=True)
    standing = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    standing[str(size)] = measured
    path.write_text(json.dumps(standing, indent=1), encoding="utf-8")
