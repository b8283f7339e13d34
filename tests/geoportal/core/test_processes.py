"""A program that reads a stranger's file gets no more than it needs."""

import sys

import pytest

from geoportal.core.processes import NICENESS, Limits, TookTooLong, run_limited

LIMITS = Limits(wall_s=20, memory_bytes=512 * 1024**2)


def run(code: str, given: bytes = b"", limits: Limits = LIMITS):
    # The limits are set just after the start: wait for what is given.
    waiting = f"import sys; given = sys.stdin.buffer.read(); {code}"
    return run_limited([sys.executable, "-c", waiting], limits=limits, given=given)


def test_what_is_given_goes_in_and_what_is_said_comes_out():
    done = run("print(len(given)); print('oops', file=sys.stderr)", b"x" * 1_000_000)
    assert done.succeeded
    assert (done.output, done.complaint) == (b"1000000\n", "oops\n")


def test_it_does_not_see_our_secrets(monkeypatch):
    monkeypatch.setenv("GEOPORTAL_SECRET_KEY", "very secret")
    assert b"secret" not in run("import os; print(os.environ)").output.lower()


def test_it_gets_no_more_memory():
    done = run("x = bytearray(600 * 1024**2)")
    assert not done.succeeded
    assert "MemoryError" in done.complaint


def test_it_writes_no_larger_file_than_it_may(tmp_path):
    code = f"import pathlib; pathlib.Path({str(tmp_path / 'file')!r}).write_bytes(b'x' * 1000)"
    assert not run(code).succeeded
    assert run(code, limits=Limits(20, 512 * 1024**2, file_bytes=1000)).succeeded


def test_it_runs_at_low_priority():
    assert run("import os; print(os.nice(0))").output == f"{NICENESS}\n".encode()


def test_it_is_stopped_when_its_time_is_over():
    with pytest.raises(TookTooLong):
        run("import time; time.sleep(60)", limits=Limits(0.5, 512 * 1024**2))


def test_a_crash_is_an_answer_like_any_other():
    done = run("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert (done.succeeded, done.code) == (False, -11)
