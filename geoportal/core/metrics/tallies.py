"""Sums by key over all processes of a machine, at the cost of one write to a file each.

Each process keeps its sums in memory and in a file of its own (`process_files`), where they are
written over in place; a reader adds up the files. Plain writes, no mapped memory: on a full disk a
write fails and is passed over, where a mapped page would end the process (SIGBUS).
"""

import logging
import os
import struct
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from django.conf import settings

from geoportal.core.metrics.process_files import open_place, read_all

log = logging.getLogger(__name__)
Key = tuple[str, ...]
# Before each row: how long its key is; after the key come the sums.
LENGTH = struct.Struct("<H")
SEPARATOR = "\x1f"
# A disk that takes nothing is asked again after this.
PAUSE_S = 60


class Tally:
    """`width` sums for each key. Keys come from bounded sets: none is ever forgotten."""

    def __init__(self, name: str, width: int) -> None:
        self._name, self._width = name, width
        self._sums = struct.Struct(f"<{width}d")
        self._lock = Lock()
        self._owner: tuple[int, Path] | None = None
        self._file = -1
        self._end = 0
        # Where the sums of a key stand in the file, and what they are.
        self._rows: dict[Key, tuple[int, list[float]]] = {}
        self._paused_until = 0.0

    def add(self, key: Key, *amounts: float) -> None:
        """Never fails: what cannot be written down is not counted."""
        with self._lock:
            try:
                self._add(key, amounts)
            except OSError as error:
                log.warning("%s are not counted for %s s: %s", self._name, PAUSE_S, error)
                self._paused_until = time.monotonic() + PAUSE_S
                self._close()

    def read(self) -> dict[Key, tuple[float, ...]]:
        """The sums of all processes."""
        found: defaultdict[Key, tuple[float, ...]] = defaultdict(lambda: (0.0,) * self._width)
        for data in read_all(self._name):
            for key, _, sums in self._parse(data):
                found[key] = tuple(map(sum, zip(found[key], sums, strict=True)))
        return dict(found)

    def _add(self, key: Key, amounts: tuple[float, ...]) -> None:
        if self._owner != (os.getpid(), settings.DATA_DIR):
            if time.monotonic() < self._paused_until:
                return
            self._open()
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._append(key)
        place, sums = row
        for number, amount in enumerate(amounts):
            sums[number] += amount
        self._write(self._sums.pack(*sums), place)

    def _open(self) -> None:
        """Goes on with the file of an earlier process of this number, if there is one."""
        self._close()
        place = open_place(self._name)
        self._file = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        data = place.read_bytes()
        for key, offset, sums in self._parse(data):
            self._rows[key] = (offset, list(sums))
            self._end = offset + self._sums.size
        self._owner = (os.getpid(), settings.DATA_DIR)

    def _close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._file, self._end, self._owner = -1, 0, None
        self._rows.clear()

    def _append(self, key: Key) -> tuple[int, list[float]]:
        name = SEPARATOR.join(key).encode()
        head = LENGTH.pack(len(name)) + name
        sums = [0.0] * self._width
        self._write(head + self._sums.pack(*sums), self._end)
        place = self._end + len(head)
        self._end = place + self._sums.size
        return place, sums

    def _write(self, data: bytes, place: int) -> None:
        if os.pwrite(self._file, data, place) < len(data):
            raise OSError("the disk is full")

    def _parse(self, data: bytes) -> Iterator[tuple[Key, int, tuple[float, ...]]]:
        """Keys, where their sums begin, and these; a row that is being written is not there yet."""
        start = 0
        while start + LENGTH.size <= len(data):
            (length,) = LENGTH.unpack_from(data, start)
            place = start + LENGTH.size + length
            start = place + self._sums.size
            if start > len(data):
                return
            key = tuple(data[place - length : place].decode().split(SEPARATOR))
            yield key, place, self._sums.unpack_from(data, place)
