"""Streams of changes that stay open: one small program beside the web processes.

`geoportal.asgi` answers `/tiles/changes` to visitors, to whom all streams are the same; whoever is
signed in is answered by the web processes (`tiles.live.views`), as everybody is where this program
does not run.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.db import Error

from geoportal.core.errors import InvalidInput
from tiles.live.broadcast import Broadcaster
from tiles.live.changes import Changes, read_cursor

PATH = "/tiles/changes"
# An open connection that says nothing is closed by proxies and mobile networks.
HEARTBEAT_S = 15.0
RETRY_MS = 1500
STREAMS_MAX = 5000
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
    # nginx hands each event on at once.
    (b"x-accel-buffering", b"no"),
]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Streams:
    """An ASGI 3 application."""

    def __init__(self, broadcaster: Broadcaster | None = None) -> None:
        self._broadcaster = broadcaster
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> Broadcaster:
        """Inside of the loop that will run it."""
        if self._broadcaster is None:
            self._broadcaster = Broadcaster()
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._broadcaster.run())
        return self._broadcaster

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        broadcaster = self._start()
        if scope["path"] == "/livez":
            await refuse(send, 200, b"ok\n")
        elif scope["path"] != PATH:
            await refuse(send, 404, b"")
        elif scope["method"] != "GET":
            await refuse(send, 405, b"")
        elif broadcaster.count >= STREAMS_MAX:
            await refuse(send, 503, b"")
        else:
            await self._stream(scope, receive, send)

    async def _stream(self, scope: Message, receive: Receive, send: Send) -> None:
        """What was missed, then what comes, until one of the two ends it."""
        broadcaster = self._start()
        try:
            since = find_since(scope)
        except InvalidInput:
            await refuse(send, 400, b"")
            return
        queue = broadcaster.join()
        gone = asyncio.create_task(wait_until_gone(receive))
        try:
            first = await broadcaster.ask(since)
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await send_part(send, first.write_event(retry_ms=RETRY_MS))
            while (part := await next_part(queue, gone)) is not None:
                await send_part(send, part)
            await send({"type": "http.response.body", "body": b""})
        except Error:
            await refuse(send, 503, b"")
        except OSError:
            pass
        finally:
            broadcaster.leave(queue)
            gone.cancel()


async def next_part(
    queue: "asyncio.Queue[Changes | None]", gone: "asyncio.Task[None]"
) -> bytes | None:
    """The next event, or a comment after a silence; `None` at the end."""
    taking = asyncio.create_task(queue.get())
    await asyncio.wait({taking, gone}, timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED)
    if not taking.done():
        taking.cancel()
        return None if gone.done() else b":\n\n"
    news = taking.result()
    return None if news is None else news.write_event()


async def wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def find_since(scope: Message) -> str | None:
    """Raises `InvalidInput`."""
    headers = dict(scope["headers"])
    heard = headers.get(b"last-event-id", b"").decode("latin-1")
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return read_cursor(heard or query.get("since", [""])[0])


async def send_part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def refuse(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"access-control-allow-origin", b"*")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
