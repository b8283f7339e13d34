"""Iterators that work ahead in a thread, so that reading overlaps with what is done with it."""

import contextvars
import os
import queue
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connections

Item = TypeVar("Item")
POLL_S = 0.1


@dataclass
class Failed:
    """What the iterable raised."""

    error: BaseException


class Ended:
    """The iterable came to its end."""


class Prefetch(Generic[Item]):
    """At most `depth` items wait (0: any number). What the iterable raises reaches the reader.

    The thread sees the caller's context (language). Use as a context manager: leaving it stops
    the thread.
    """

    def __init__(self, items: Iterable[Item], depth: int = 2) -> None:
        self._queue: queue.Queue[Item | Failed | Ended] = queue.Queue(depth)
        self._stopped = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._work, items), daemon=True)

    def __enter__(self) -> Iterator[Item]:
        self._thread.start()
        return self._read()

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _work(self, items: Iterable[Item]) -> None:
        last: Failed | Ended = Ended()
        try:
            for item in items:
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001 - handed to the reader whole
            last = Failed(error)
        finally:
            connections.close_all()  # those of this thread
        self._put(last)

    def _put(self, item: "Item | Failed | Ended") -> bool:
        while not self._stopped.is_set():
            try:
                self._queue.put(item, timeout=POLL_S)
            except queue.Full:
                continue
            return True
        return False

    def _read(self) -> Iterator[Item]:
        while True:
            item = self._queue.get()
            if isinstance(item, Ended):
                return
            if isinstance(item, Failed):
                raise item.error
            yield item


class Spool(Prefetch[int]):
    """Pieces of bytes that wait in a temporary file, however many; `pieces` gives them in order."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed in __exit__
        super().__init__(self._write(pieces), depth=0)

    def _write(self, pieces: Iterable[bytes]) -> Iterator[int]:
        for piece in pieces:
            self._file.write(piece)
            yield len(piece)

    def __exit__(self, *exception: object) -> None:
        super().__exit__(*exception)
        self._file.close()

    def pieces(self, sizes: Iterable[int]) -> Iterator[bytes]:
        """`sizes`: what entering the context gave."""
        offset = 0
        for size in sizes:
            yield os.pread(self._file.fileno(), size, offset)
            offset += size
