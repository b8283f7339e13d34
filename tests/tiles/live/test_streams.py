"""Streams that stay open: one question for all, first what was missed; nobody waits for others."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import InterfaceError, OperationalError

from tiles.live import streams as module
from tiles.live.broadcast import WAITING_MAX, Broadcaster
from tiles.live.changes import Changes
from tiles.live.streams import Streams

PATIENCE_S = 10


class Town:
    """What the database would say: `touched` in steps, the cursor counts them."""

    def __init__(self):
        self.steps = []
        self.asked = 0
        self.is_away = False
        self.fault = OperationalError

    def read(self, since):
        self.asked += 1
        if self.is_away:
            raise self.fault("away")
        first = len(self.steps) if since is None else int(since.split(":")[0]) - 1
        tiles = sorted({tile for step in self.steps[first:] for tile in step})
        now = len(self.steps) + 1
        return Changes(f"{now}:{now}:", {"trees": tiles} if tiles else {}, "look")


class Listener:
    """A client of the application."""

    def __init__(self, streams, path="/tiles/changes", method="GET", query="", **headers):
        self.sent: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.leaving = asyncio.Event()
        self.holds = asyncio.Event()
        self.holds.set()
        scope = {
            "type": "http",
            "path": path,
            "method": method,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        self.task = asyncio.create_task(streams(scope, self.receive, self.send))

    async def receive(self):
        await self.leaving.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        await self.holds.wait()
        await self.sent.put(message)

    async def take(self):
        return await asyncio.wait_for(self.sent.get(), PATIENCE_S)

    async def status(self):
        return (await self.take())["status"]

    async def hear(self):
        while True:
            body = (await self.take())["body"].decode()
            for line in body.split("\n"):
                if line.startswith("data: "):
                    return json.loads(line.removeprefix("data: "))["layers"]


def play(scene, town, interval_s=0.01):
    async def run():
        broadcaster = Broadcaster(town.read, interval_s)
        streams = Streams(broadcaster)
        await asyncio.wait_for(scene(streams, broadcaster), PATIENCE_S)

    # Not in this thread, where the loop of a browser may run.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(run())).result()


def test_all_hear_of_a_change_by_one_question():
    town = Town()

    async def scene(streams, broadcaster):
        listeners = [Listener(streams) for _ in range(200)]
        for listener in listeners:
            assert await listener.status() == 200
            assert await listener.hear() == {}
        before = town.asked
        town.steps.append(["14/1/1"])
        for listener in listeners:
            assert await listener.hear() == {"trees": ["14/1/1"]}
        assert town.asked - before < 50
        for listener in listeners:
            listener.leaving.set()
            await listener.task
        assert broadcaster.count == 0
        await asyncio.sleep(0.05)
        rested = town.asked
        await asyncio.sleep(0.1)
        assert town.asked == rested, "nobody listens, and the database is asked"

    play(scene, town)


def test_nothing_is_lost_between_the_first_answer_and_the_first_question_for_all():
    town = Town()
    read = town.read

    def read_and_change(since):
        if town.asked == 1:
            town.steps.append(["14/9/9"])
        return read(since)

    town.read = read_and_change

    async def scene(streams, _broadcaster):
        listener = Listener(streams)
        await listener.status()
        assert await listener.hear() == {}
        assert await listener.hear() == {"trees": ["14/9/9"]}

    play(scene, town)


@pytest.mark.parametrize("by", ["query", "header"])
def test_who_comes_back_hears_what_he_missed(by):
    town = Town()
    town.steps = [["14/1/1"], ["14/2/2"]]

    async def scene(streams, _broadcaster):
        given = {"query": "since=2:2:"} if by == "query" else {"last-event-id": "2:2:"}
        listener = Listener(streams, **given)
        assert await listener.status() == 200
        assert await listener.hear() == {"trees": ["14/2/2"]}

    play(scene, town)


def test_a_silence_is_broken_by_a_comment(monkeypatch):
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.05)

    async def scene(streams, _broadcaster):
        listener = Listener(streams)
        await listener.status()
        await listener.hear()
        assert (await listener.take())["body"] == b":\n\n"

    play(scene, Town())


def test_who_takes_nothing_is_cut_off_and_the_others_are_not():
    town = Town()

    async def scene(streams, broadcaster):
        slow, quick = Listener(streams), Listener(streams)
        for listener in (slow, quick):
            await listener.status()
            await listener.hear()
        slow.holds.clear()
        for step in range(WAITING_MAX + 5):
            town.steps.append([f"14/{step}/0"])
            assert await quick.hear() == {"trees": [f"14/{step}/0"]}
        assert broadcaster.count == 1
        slow.holds.set()
        await slow.task

    play(scene, town)


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_without_the_database_streams_end_and_come_back(monkeypatch, fault):
    """A connection that is closed already fails by an error that is no `DatabaseError`."""
    monkeypatch.setattr("tiles.live.broadcast.AFTER_FAILURE_S", 0.05)
    town = Town()
    town.fault = fault

    async def scene(streams, broadcaster):
        listener = Listener(streams)
        await listener.status()
        await listener.hear()
        town.is_away = True
        await listener.task
        assert await Listener(streams).status() == 503
        town.is_away = False
        assert await Listener(streams).status() == 200
        assert broadcaster.count == 1

    play(scene, town)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/livez"}, 200),
        ({"path": "/tiles/style.json"}, 404),
        ({"method": "POST"}, 405),
        ({"query": "since=1:x"}, 400),
    ],
)
def test_what_is_no_stream_is_refused(asked, status):
    async def scene(streams, broadcaster):
        assert await Listener(streams, **asked).status() == status
        assert broadcaster.count == 0

    play(scene, Town())


def test_there_is_an_end_to_how_many_listen(monkeypatch):
    monkeypatch.setattr(module, "STREAMS_MAX", 1)

    async def scene(streams, _broadcaster):
        listener = Listener(streams)
        await listener.status()
        assert await Listener(streams).status() == 503

    play(scene, Town())
