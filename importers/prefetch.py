"""An iterator that works ahead in a thread, so that reading overlaps with what is done with it."""

import contextvars
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
POLL_S = 0.1


@dataclass
class Failed:
    error: BaseException


class Ended:
    pass


class Prefetch(Generic[Item]):
    """At most `depth` items wait. What the iterable raises is raised to the reader.

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
