"""Sums of several processes: added up, kept when one of them ends, begun anew with the service."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from geoportal.core.metrics.tallies import Tally

OTHER = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(DATA_DIR=Path(sys.argv[1]))
from geoportal.core.metrics.tallies import Tally
tally = Tally("things", 2)
for _ in range(10):
    tally.add(("seen", "дуб"), 1, 0.5)
print("added", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(settings):
    """It has added ten times, and lives until the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(settings.DATA_DIR)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"added\n"
        yield process


def count_files(settings):
    return len(list((settings.DATA_DIR / "metrics").iterdir()))


def test_numbers_are_those_of_all_processes_also_of_one_that_has_ended(settings):
    tally = Tally("things", 2)
    assert tally.read() == {}
    with another_process(settings):
        with another_process(settings) as killed:
            tally.add(("seen", "дуб"), 1, 0.25)
            tally.add(("gone", ""), 2)
            assert tally.read() == {("seen", "дуб"): (21, 10.25), ("gone", ""): (2, 0)}
            killed.kill()
        with another_process(settings):
            assert tally.read()["seen", "дуб"] == (31, 15.25)
    assert count_files(settings) == 4


def test_a_new_start_begins_with_nothing(settings):
    for _ in range(2):
        with another_process(settings):
            pass
    assert count_files(settings) == 1
    tally = Tally("things", 2)
    tally.add(("new",), 1)
    assert tally.read() == {("new",): (1, 0)}
    # A process of the same number goes on with what stands there.
    again = Tally("things", 2)
    again.add(("new",), 1)
    again.add(("newer",), 1)
    assert tally.read() == {("new",): (2, 0), ("newer",): (1, 0)}


def test_threads_lose_nothing(settings):
    tally = Tally("things", 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: tally.add((str(n % 7),), 1), range(2000)))
    assert sum(count for (count,) in tally.read().values()) == 2000


@pytest.fixture
def full_disk(monkeypatch):
    """A file takes 40 bytes and no more."""
    write = os.pwrite

    def write_what_fits(file, data, place):
        if place >= 40:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data[: 40 - place], place)

    monkeypatch.setattr(os, "pwrite", write_what_fits)


def test_a_full_disk_stops_counting_and_nothing_else(full_disk):
    tally = Tally("things", 1)
    for _ in range(3):
        tally.add(("a" * 20,), 1)
    tally.add(("b" * 20,), 1)
    assert tally.read() == {("a" * 20,): (3,)}
    tally.add(("a" * 20,), 1)
    assert tally.read() == {("a" * 20,): (3,)}
    tally._paused_until = 0
    tally.add(("a" * 20,), 1)
    assert tally.read() == {("a" * 20,): (4,)}


def test_a_folder_that_cannot_be_made_stops_counting_and_nothing_else(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("in the way")
    tally = Tally("things", 1)
    tally.add(("a",), 1)
    assert tally.read() == {}
