"""Tiles in files: shared by the processes of a machine, bounded in bytes, kept over restarts.

A file is written beside its place and renamed into it, so a reader sees all of it or nothing, and
who dies in between leaves only a file that goes with the next clearing. Files lie in 256 folders by
the first two digits of their key, each of which may hold a 256th of the bound. The process that
adds to a folder clears it, the files unused for longest first, when it has added a 32nd of what the
folder may hold since it looked last; a clearing leaves three quarters. So the bound holds for up to
eight processes that add at once, and needs no lock.
"""

import fcntl
import logging
import os
import struct
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from tiles.cache.waiting import wait_until

log = logging.getLogger(__name__)
FOLDERS = 256
FOLDER_DIGITS = 2
LOOKED_AT_AFTER = 1 / 32
LEFT_BY_A_CLEARING = 3 / 4
# The time of a file says when it was last used, to the hour: so reading seldom writes.
USED_STEP_S = 3600
UNFINISHED = ".unfinished"
UNFINISHED_S = 60
LOCKS = "building"
# A byte of the file of locks for each key: 60 bits of it, so two keys hardly ever share one.
LOCK_DIGITS = 15
BLOCK_BYTES = 4096


class DiskStore:
    def __init__(self, folder: Path, bytes_max: int) -> None:
        self._folder = folder
        self._folder_bytes_max = bytes_max // FOLDERS
        # Bytes added to a folder since this process looked at it; all wait for a first look.
        self._added: defaultdict[str, float] = defaultdict(lambda: self._folder_bytes_max)

    def get(self, key: str) -> bytes | None:
        try:
            file = os.open(self._place(key), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("the tile cache cannot be read: %s", error)
            return None
        try:
            known = os.fstat(file)
            if time.time() - known.st_mtime > USED_STEP_S:
                os.utime(file)
            return os.read(file, known.st_size)
        except OSError as error:
            log.warning("the tile cache cannot be read: %s", error)
            return None
        finally:
            os.close(file)

    def put(self, key: str, data: bytes) -> None:
        if len(data) > self._folder_bytes_max * LEFT_BY_A_CLEARING:
            return
        place = Path(self._place(key))
        written = place.with_name(f"{key}.{os.getpid()}.{get_ident()}{UNFINISHED}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(data)
            written.replace(place)
        except OSError as error:
            log.warning("the tile cache cannot be written: %s", error)
            with suppress(OSError):
                written.unlink(missing_ok=True)
            return
        self._make_room(place.parent, len(data))

    @contextmanager
    def alone(self, key: str, wait_s: float) -> Iterator[None]:
        """By a lock of the open file (fcntl(2), F_OFD_SETLK): it excludes threads too, and is gone
        with who holds it.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = os.open(self._folder / LOCKS, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            log.warning("the tile cache cannot be locked: %s", error)
            yield
            return
        start = int(key[:LOCK_DIGITS], 16)
        wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, start, 1, 0)

        def lock() -> bool:
            try:
                fcntl.fcntl(file, fcntl.F_OFD_SETLK, wanted)
            except BlockingIOError:
                return False
            return True

        try:
            wait_until(lock, wait_s)
            yield
        finally:
            os.close(file)

    def _place(self, key: str) -> str:
        return f"{self._folder}/{key[:FOLDER_DIGITS]}/{key}"

    def _make_room(self, folder: Path, added: int) -> None:
        self._added[folder.name] += count_on_disk(added)
        if self._added[folder.name] < self._folder_bytes_max * LOOKED_AT_AFTER:
            return
        self._added[folder.name] = 0
        try:
            clear(folder, self._folder_bytes_max)
        except OSError as error:
            log.warning("the tile cache cannot be cleared: %s", error)


def count_on_disk(length: int) -> int:
    """Bytes that a file of this length takes."""
    return -(-length // BLOCK_BYTES) * BLOCK_BYTES


def clear(folder: Path, bytes_max: int) -> None:
    """Delete what is left unfinished, then the files unused for longest, until three quarters of
    the bound are left; another process may do the same.
    """
    now = time.time()
    known = []
    for item in os.scandir(folder):
        try:
            found = item.stat()
        except FileNotFoundError:
            continue
        if item.name.endswith(UNFINISHED) and now - found.st_mtime > UNFINISHED_S:
            Path(item.path).unlink(missing_ok=True)
        else:
            known.append((found.st_mtime, count_on_disk(found.st_size), item.path))
    held = sum(size for _, size, _ in known)
    if held <= bytes_max * LEFT_BY_A_CLEARING:
        return
    for _, size, path in sorted(known):
        Path(path).unlink(missing_ok=True)
        held -= size
        if held <= bytes_max * LEFT_BY_A_CLEARING:
            return
