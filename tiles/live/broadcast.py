"""One question to the database for all who listen, however many they are."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import Error, connection

from tiles.live.changes import Changes, read_changes

log = logging.getLogger(__name__)
# A change is told at most so much later than it was committed.
INTERVAL_S = 0.5
AFTER_FAILURE_S = 5.0
# Who takes nothing while so many events wait is cut off; he comes again with his cursor.
WAITING_MAX = 32

Read = Callable[[str | None], Changes]


def read_for_visitors(since: str | None) -> Changes:
    return read_changes(None, since)


class Broadcaster:
    """Asks what has changed while anybody listens, and hands it to everybody.

    All questions go through one thread, so through one connection of the database.
    """

    def __init__(self, read: Read = read_for_visitors, interval_s: float = INTERVAL_S) -> None:
        self._read = read
        self._interval_s = interval_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="changes")
        self._listeners: set[asyncio.Queue[Changes | None]] = set()
        self._anybody = asyncio.Event()
        self._latest: Changes | None = None
        self._read_at = 0.0

    @property
    def count(self) -> int:
        return len(self._listeners)

    async def ask(self, since: str | None) -> Changes:
        """What is told first: nothing but the cursor to who comes without one. Raises
        `Error` of the database.
        """
        fresh = time.monotonic() - self._read_at < self._interval_s
        if since is None and self._latest is not None and fresh:
            return Changes(self._latest.cursor, {}, self._latest.look)
        first = await self._ask(since)
        # From here on the next question goes, so that nothing is between the two.
        self._latest = self._latest or first
        return first

    def join(self) -> asyncio.Queue[Changes | None]:
        """What comes from now on; `None`: you were too slow, or the database is away."""
        queue: asyncio.Queue[Changes | None] = asyncio.Queue(WAITING_MAX)
        self._listeners.add(queue)
        self._anybody.set()
        return queue

    def leave(self, queue: "asyncio.Queue[Changes | None]") -> None:
        self._listeners.discard(queue)
        if not self._listeners:
            self._anybody.clear()
            self._latest = None

    async def run(self) -> None:
        """For ever; nobody listening, nothing is asked."""
        while True:
            await self._anybody.wait()
            last = self._latest
            try:
                news = await self._ask(last.cursor if last else None)
            except Error as error:
                log.warning("what has changed on the map cannot be read: %s", error)
                self._send_away()
                await asyncio.sleep(AFTER_FAILURE_S)
                continue
            if last is None and self._latest is not None:
                continue
            self._latest, self._read_at = news, time.monotonic()
            if news.layers or news.is_reset or (last is not None and last.look != news.look):
                self._tell(news)
            await asyncio.sleep(self._interval_s)

    def _tell(self, news: Changes) -> None:
        for queue in list(self._listeners):
            if queue.full():
                queue.get_nowait()
                queue.put_nowait(None)
                self._listeners.discard(queue)
            else:
                queue.put_nowait(news)

    def _send_away(self) -> None:
        for queue in list(self._listeners):
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)
        self._listeners.clear()
        self._anybody.clear()
        self._latest = None

    async def _ask(self, since: str | None) -> Changes:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guard, since)

    def _guard(self, since: str | None) -> Changes:
        """A connection that the server has closed is opened anew, once."""
        if connection.connection is not None and not connection.is_usable():
            connection.close()
        try:
            return self._read(since)
        except Error:
            connection.close()
            raise
