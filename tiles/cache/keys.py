"""The name of a tile's bytes: another one as soon as anything differs that they are made of."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from tiles.grid import Tile
from tiles.sources import TileSource

DIGEST_BYTES = 16
BUILDERS = (".py", ".sql")


def build_key(tile: Tile, sources: Sequence[TileSource], versions: Sequence[str]) -> str:
    """Hexadecimal digits: of the tile, of who sees what of which version, of the database that
    counts the versions, and of our own code.
    """
    parts: list[object] = [tile.z, tile.x, tile.y, identify_database(), digest_package("tiles")]
    for source, version in zip(sources, versions, strict=True):
        parts += [digest_package(type(source).__module__.rpartition(".")[0])]
        parts += [source.name, source.variant, version]
    text = "\x1f".join(map(str, parts))
    return hashlib.blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


@cache
def identify_database() -> str:
    """Asked once by a process: whoever restores a database stops the service."""
    with connection.cursor() as cursor:
        execute_sql(cursor, "tiles", "database")
        return str(cursor.fetchone()[0])


@cache
def digest_package(package: str) -> str:
    """Of all code and SQL beneath it: a new release of the portal builds its tiles anew."""
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    _add(files(package), digest)
    return digest.hexdigest()


def _add(folder: Traversable, digest: hashlib.blake2b) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            _add(item, digest)
        elif item.name.endswith(BUILDERS):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
