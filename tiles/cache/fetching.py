"""The bytes of a tile: kept ones, or built once for all who ask at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from geoportal.core.http.codings import IDENTITY
from tiles.budget import build_tile
from tiles.cache.compression import OFFERED, decode, encode
from tiles.cache.entries import Entry, pack, unpack
from tiles.cache.keys import build_key
from tiles.cache.stores import Store, get_store
from tiles.grid import Tile
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
        built, headers = build_tile(tile, sources, seconds_max=settings.TILE_BUILD_S_MAX)
        key = build_key(tile, sources, built.versions)
        entry = _keep(store, key, Entry(built.body, IDENTITY, headers), coding)
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
    return _keep(store, key, plain, coding) if plain is not None else None


def _keep(store: Store, key: str, plain: Entry, coding: str) -> Entry:
    kept_as = PLAIN_IS_KEPT_AS if coding == IDENTITY else coding
    entry = encode(plain, kept_as)
    store.put(f"{key}.{kept_as}", pack(entry))
    return plain if coding == IDENTITY else entry
