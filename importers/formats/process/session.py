"""One reading, in a process of its own: limits first, then the file, then answers to questions."""

import os
import shutil
import socket
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
from django.utils import translation

from geoportal.core.errors import DomainError
from importers.formats.hygiene import clean_batches
from importers.formats.locating import Located, choose_located, locate
from importers.formats.process.facts import write_batch, write_dataset, write_facts
from importers.formats.process.limits import ReadingLimits, answer_in_time, hold_back
from importers.formats.process.wire import Closed, Document, receive, send
from importers.formats.registry import FORMATS, choose_own
from importers.sources import Source, SourceBatch

Answer = tuple[Document, bytes | memoryview]
OUT_OF_MEMORY = (MemoryError, pa.ArrowMemoryError)

for each in FORMATS:  # before the fork, so that every reading finds them loaded
    each.load_engine()


def serve(channel: socket.socket) -> None:
    """Until the other side closes; what was unpacked is removed."""
    handles: list[int] = []
    with suppress(OSError):  # a kernel or a container may not give it
        handles.append(os.pidfd_open(os.getpid()))
    socket.send_fds(channel, [b"h"], handles)
    start, _nothing = receive(channel)
    limits = ReadingLimits(**start["limits"])
    hold_back(limits)
    translation.activate(start["language"])
    session = Session(start)
    try:
        while True:
            question, _nothing = receive(channel)
            with answer_in_time(limits.silence_s):
                document, payload = session.answer(question)
            send(channel, document, payload)
    except Closed:
        return
    finally:
        shutil.rmtree(session.scratch, ignore_errors=True)


class Session:
    """The file that this process is for."""

    def __init__(self, start: Document) -> None:
        self.path = Path(start["path"])
        self.scratch = Path(start["scratch"])
        self._source: Source | None = None
        self._batches: Iterator[SourceBatch] = iter(())

    def answer(self, question: Document) -> Answer:
        """Every failure is an answer too; the file may have anything in it."""
        try:
            return getattr(self, f"do_{question['do']}")(question)  # type: ignore[no-any-return]
        except DomainError as error:
            told = {"error": type(error).__name__, "message": str(error.message)}
            return told | {"extra": error.extra}, b""
        except OUT_OF_MEMORY:
            self._source = None
            return {"error": "memory"}, b""
        except Exception:  # noqa: BLE001 - told to the log of who asked
            return {"error": "crash", "trace": traceback.format_exc()}, b""

    def do_inspect(self, question: Document) -> Answer:
        found = locate(self.path, self.scratch)
        listed = [{"dataset": write_dataset(one.dataset), "format": one.kind.name} for one in found]
        default = choose_located(found, "", strict=False)
        return {"found": listed, "default": default.dataset.name if default else ""}, b""

    def do_open(self, question: Document) -> Answer:
        found = locate(self.path, self.scratch)
        chosen = choose_located(found, question["dataset"])
        assert chosen is not None  # noqa: S101 - strict
        self._source = self._open(chosen, question)
        return write_facts(self._source) | {"name": chosen.dataset.title}, b""

    def _open(self, chosen: Located, question: Document) -> Source:
        own = choose_own(chosen.kind, question["own"])
        opening = chosen.open_with(self.scratch, question["encoding"], own)
        return chosen.kind.load_engine().open_dataset(opening)

    def do_restart(self, question: Document) -> Answer:
        assert self._source is not None  # noqa: S101 - opened before
        self._batches = clean_batches(self._source)
        return {}, b""

    def do_next(self, question: Document) -> Answer:
        batch = next(self._batches, None)
        if batch is None:
            return {"end": True}, b""
        document, buffer = write_batch(batch)
        return document, memoryview(buffer)
