"""Where tiles are kept: in files of this machine, or in a Redis that several machines share."""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from tiles.cache.disk import DiskStore
from tiles.cache.shared import RedisStore

FOLDER = "tiles"


class Store(Protocol):
    """Bytes by key (letters, digits and dots). A store that fails holds nothing: it is a warning
    in the log, never an error of the request.
    """

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None:
        """Kept until room is needed, if it fits at all."""

    def alone(self, key: str, wait_s: float) -> AbstractContextManager[None]:
        """One holder of a key at a time, over threads, processes and, where the store is shared,
        machines; raises `TookTooLong` after `wait_s`. Whoever dies lets go.
        """


def get_store() -> Store:
    """That of this process, by the settings."""
    if settings.TILE_REDIS_URL:
        return _share(settings.TILE_REDIS_URL)
    return _open(settings.DATA_DIR / FOLDER, settings.TILE_CACHE_BYTES)


@cache
def _share(url: str) -> RedisStore:
    return RedisStore(url)


@cache
def _open(folder: Path, bytes_max: int) -> DiskStore:
    return DiskStore(folder, bytes_max)
