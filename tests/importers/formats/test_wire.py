"""A process that has read a stranger's file may say anything: one sentence, and it is gone."""

import os
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from importers.errors import UnusableFile
from importers.formats.opening import OpenOptions, ReadSource, open_source
from importers.formats.process import client, wire
from importers.formats.process.client import Reading, start_reading
from importers.formats.process.facts import ROWS, WKB, read_facts
from importers.formats.process.soundness import require_sound

HEADER = struct.Struct("<IQ")
GOOD = b'{"end": true}'


def pack(text, payload=b"", *, text_bytes=None, payload_bytes=None):
    said = (
        len(text) if text_bytes is None else text_bytes,
        len(payload) if payload_bytes is None else payload_bytes,
    )
    return HEADER.pack(*said) + text + payload


@contextmanager
def upset(monkeypatch, tmp_path, *pieces, pause_s=0.0, hold_s=0.0):
    """A reading whose process, in whose place a thread stands, answers with these bytes."""
    ours, theirs = socket.socketpair()
    over = threading.Event()

    def answer():
        with suppress(OSError), theirs:
            wire.receive(theirs)  # how it is started
            wire.receive(theirs)  # the question
            for piece in pieces:
                theirs.sendall(piece)
                time.sleep(pause_s)
            over.wait(hold_s)

    monkeypatch.setattr(client.zygote, "request", lambda: (ours, None))
    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    reading = Reading(tmp_path / "x.csv", tmp_path, client.find_limits())
    try:
        yield reading
    finally:
        reading.close()
        over.set()
        thread.join(10)


@pytest.mark.parametrize(
    "answer",
    [
        pack(b"{not json"),
        pack(b"\xff\xfe\x00"),
        pack(b"[1, 2]"),
        pack(b"null"),
        pack(b"[" * 200_000),
        pack(b'{"error": ["memory"]}'),
        pack(b'{"error": "UnusableFile"}'),
        pack(b'{"error": "UnusableFile", "message": "m", "extra": {"message": 1}}'),
        pack(b'{"error": "UnusableFile", "message": "m", "extra": 5}'),
    ],
)
def test_an_answer_that_is_none_is_one_sentence(monkeypatch, tmp_path, answer):
    with upset(monkeypatch, tmp_path, answer) as reading:
        with pytest.raises(UnusableFile) as refused:
            reading.ask(do="inspect")
        assert "пошкоджений" in str(refused.value.message)


@pytest.mark.parametrize("said", [{"text_bytes": 2**32 - 1}, {"payload_bytes": 2**63}])
def test_a_size_beyond_what_there_may_be_is_refused_before_memory_is_taken(
    monkeypatch, tmp_path, said
):
    with upset(monkeypatch, tmp_path, pack(GOOD, **said), hold_s=5) as reading:
        started = time.monotonic()
        with pytest.raises(UnusableFile, match="МБ"):
            reading.ask(do="next")
        assert time.monotonic() - started < 3


def test_memory_is_taken_as_bytes_come(monkeypatch, tmp_path):
    taken = []
    monkeypatch.setattr(wire, "STEP_BYTES", 1000)

    class Counted(bytearray):
        def extend(self, more):
            taken.append(len(more))
            super().extend(more)

    monkeypatch.setattr(wire, "bytearray", Counted, raising=False)
    with (
        upset(
            monkeypatch, tmp_path, pack(GOOD, bytes(2500), payload_bytes=wire.PAYLOAD_BYTES_MAX)
        ) as reading,
        pytest.raises(UnusableFile),
    ):
        reading.ask(do="next")
    assert sum(taken) <= 3000


@pytest.mark.parametrize(
    ("pieces", "pause_s"),
    [([], 0), ([pack(GOOD)[:5]], 0), ([bytes([byte]) for byte in pack(GOOD)] * 20, 0.05)],
    ids=["says nothing", "breaks off", "drips"],
)
def test_who_makes_no_progress_is_not_waited_for(monkeypatch, tmp_path, settings, pieces, pause_s):
    settings.IMPORT_SILENCE_S_MAX = 0.2
    monkeypatch.setattr(client, "AFTER_THE_KERNEL_S", 0.1)
    monkeypatch.setattr(wire, "GRACE_S", 0.1)
    with upset(monkeypatch, tmp_path, *pieces, pause_s=pause_s, hold_s=3) as reading:
        started = time.monotonic()
        with pytest.raises(UnusableFile, match="довше"):
            reading.ask(do="next")
        assert time.monotonic() - started < 2


def test_a_process_that_the_kernel_does_not_end_is_killed(write_text, settings, monkeypatch):
    """One that has switched its own clock off, as code of a stranger could."""
    settings.IMPORT_SILENCE_S_MAX = 1.2
    monkeypatch.setattr(client, "AFTER_THE_KERNEL_S", 0.0)
    path = write_text("id,lon,lat\n1,27,50\n")
    with start_reading(path) as reading:
        os.kill(find_process(reading), 19)  # SIGSTOP: it neither works nor ends
        with pytest.raises(UnusableFile, match="довше"):
            reading.ask(do="inspect")
        pid = find_process(reading)
    assert is_dead(pid)
    with open_source(path, OpenOptions()) as source:
        assert sum(len(batch.rows) for batch in source.batches()) == 1


def find_process(reading):
    lines = Path(f"/proc/self/fdinfo/{reading._process}").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("Pid:")]
    return int(line.split()[1])


def is_dead(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] in "ZX"


FACTS: dict[str, Any] = {
    "format": "csv", "name": "x", "columns": [["a", "text"]], "crs": None, "crs_reason": "",
    "crs_binding": False, "encoding": "utf-8", "encoding_reason": "", "has_geometry": True,
    "has_ids": False, "row_count": 1, "ignored": [], "place_names": [], "cuts_names": False,
    "without_places": "", "choices": {},
}  # fmt: skip


def write_table(**columns):
    sink = pa.BufferOutputStream()
    table = pa.RecordBatch.from_pydict(columns)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_batch(table)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    "columns",
    [
        {"0": ["a"], ROWS: [1]},
        {ROWS: [1], WKB: [b"x"]},
        {"0": ["a"], ROWS: ["one"], WKB: [b"x"]},
        {"0": ["a"], ROWS: [1], WKB: ["text"]},
    ],
)
def test_rows_that_are_not_what_the_facts_said_are_refused(monkeypatch, tmp_path, columns):
    payload = write_table(**columns)
    answer = pack(b'{"faults": [], "heights": false}', payload)
    with upset(monkeypatch, tmp_path, pack(b"{}"), answer) as reading:
        source = ReadSource(reading, read_facts(FACTS))
        with pytest.raises(UnusableFile):
            list(source.batches())


EMPTY = pa.BufferOutputStream()
with pa.ipc.new_stream(EMPTY, pa.schema([(ROWS, pa.int64()), (WKB, pa.binary())])):
    pass


@pytest.mark.parametrize(
    "payload", [b"", b"\xff" * 3000, b"\x01" * 3000, bytes(3000), EMPTY.getvalue().to_pybytes()]
)
def test_bytes_that_are_no_table_are_refused(monkeypatch, tmp_path, payload):
    answer = pack(b'{"faults": [], "heights": false}', payload)
    with upset(monkeypatch, tmp_path, pack(b"{}"), answer) as reading:
        source = ReadSource(reading, read_facts(FACTS))
        with pytest.raises(UnusableFile):
            list(source.batches())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_binary()])
def test_offsets_that_lead_out_of_the_memory_of_an_array_are_seen(kind):
    whole = pa.array(["aaaa", "bbbb", "cccc"], pa.string()).cast(kind)
    width = "<i4" if kind == pa.string() else "<i8"
    wrong = np.array([0, 1 << 30, 8, 12], width)
    nulls, _offsets, values = whole.buffers()
    array = pa.Array.from_buffers(kind, 3, [nulls, pa.py_buffer(wrong), values])
    with pytest.raises(pa.ArrowInvalid):
        require_sound(pa.RecordBatch.from_arrays([array], ["0"]))
    require_sound(pa.RecordBatch.from_arrays([whole], ["0"]))
    require_sound(pa.RecordBatch.from_arrays([whole[1:]], ["0"]))
