"""The bytes of a tile: kept ones, or built once for all who ask at a time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from geoportal.core.http.codings import IDENTITY
from tiles.budget import BUILT, DROPPED, Dropped, build_tile
from tiles.cache.compression import OFFERED, decode, encode
from tiles.cache.entries import Entry, pack, unpack
from tiles.cache.keys import build_key
from tiles.cache.stores import Store, get_store
from tiles.grid import Tile
from tiles.heavy import note_heavy
from tiles.sources import TileSource

# As what a tile is kept whose first reader takes no coding.
PLAIN_IS_KEPT_AS = OFFERED[0]


@dataclass(frozen=True)
class Fetched:
    """`key`: of the versions that the bytes are of; `outcome`: `kept` or `built`."""

    key: str
    entry: Entry
    outcome: str


def fetch(tile: Tile, sources: Sequence[TileSource], key: str, coding: str) -> Fetched:
    """The tile in this coding, or plain where that is no smaller.

    `key` is that of the versions read just now; the tile built may be of later ones, and is kept
    under those. Raises `TookTooLong`, and `OperationalError` for a statement that took longer than
    `TILE_BUILD_S_MAX`.
    """
    store = get_store()
    if (entry := _find(store, key, coding)) is not None:
        return Fetched(key, entry, "kept")
    with store.alone(key, settings.TILE_BUILD_S_MAX):
        if (entry := _find(store, key, coding) or _recode(store, key, coding)) is not None:
            return Fetched(key, entry, "kept")
        built, dropped = build_tile(tile, sources, seconds_max=settings.TILE_BUILD_S_MAX)
        key = build_key(tile, sources, built.versions)
        plain = Entry(built.body, IDENTITY, _write_headers(sources, dropped))
        entry, size = _keep(store, key, plain, coding)
        note_heavy(tile, sources, built.versions, dropped, size)
    return Fetched(key, entry, "built")


def _find(store: Store, key: str, coding: str) -> Entry | None:
    if coding == IDENTITY:
        found = (_find(store, key, other) for other in OFFERED)
        return next((decode(entry) for entry in found if entry is not None), None)
    data = store.get(f"{key}.{coding}")
    return unpack(data) if data is not None else None


def _recode(store: Store, key: str, coding: str) -> Entry | None:
    """From another coding, in which it was asked for before."""
    plain = _find(store, key, IDENTITY)
    return _keep(store, key, plain, coding)[0] if plain is not None else None


def _keep(store: Store, key: str, plain: Entry, coding: str) -> tuple[Entry, int]:
    """The tile in this coding, and how many bytes are kept."""
    kept_as = PLAIN_IS_KEPT_AS if coding == IDENTITY else coding
    entry = encode(plain, kept_as)
    store.put(f"{key}.{kept_as}", pack(entry))
    return plain if coding == IDENTITY else entry, len(entry.body)


def _write_headers(sources: Sequence[TileSource], dropped: Dropped) -> dict[str, str]:
    """`Tile-Built` is a date, in seconds (RFC 9651, 3.3.7)."""
    names = [source.name for source in sources]
    said = {DROPPED: dropped.write_header(names)} if dropped else {}
    return {BUILT: f"@{time.time():.0f}"} | said
