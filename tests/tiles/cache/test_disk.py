"""Files of tiles: whole or not there, bounded, and built by one at a time."""

import os
import secrets
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tiles.cache.disk import FOLDERS, USED_STEP_S, DiskStore
from tiles.cache.entries import HEAD, Entry, pack, unpack
from tiles.cache.waiting import TookTooLong

ROOT = Path(__file__).resolve().parents[3]
KEY = "ab" + 30 * "0"
MEGABYTE = 1024**2


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path, 64 * MEGABYTE)


def run_aside(folder: Path, code: str) -> subprocess.Popen[str]:
    """Another process with the same store."""
    start = f"""
import sys
from pathlib import Path
from tiles.cache.disk import DiskStore
store = DiskStore(Path({str(folder)!r}), 64 * {MEGABYTE})
"""
    return subprocess.Popen(
        [sys.executable, "-c", start + code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def count_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_what_is_put_is_got_by_others_and_after_a_restart(store, tmp_path):
    assert store.get(KEY) is None
    store.put(KEY, b"bytes")
    store.put(KEY, b"others")
    assert store.get(KEY) == DiskStore(tmp_path, MEGABYTE).get(KEY) == b"others"


def test_the_bytes_are_bounded_and_those_unused_for_longest_go(tmp_path):
    store = DiskStore(tmp_path, FOLDERS * 64 * 1024)
    keys = [f"ab{secrets.token_hex(15)}" for _ in range(12)]
    long_ago = time.time() - 3 * USED_STEP_S
    for age, key in enumerate(keys):
        store.put(key, 4096 * b"x")
        os.utime(tmp_path / "ab" / key, (long_ago + age, long_ago + age))
    assert store.get(keys[0]) is not None
    for _ in range(40):
        store.put(f"ab{secrets.token_hex(15)}", 4096 * b"y")
    assert count_bytes(tmp_path) <= 64 * 1024
    kept = {key for key in keys if (tmp_path / "ab" / key).exists()}
    assert keys[1] not in kept


def test_one_used_just_now_outlives_those_before_it(tmp_path):
    store = DiskStore(tmp_path, FOLDERS * 64 * 1024)
    keys = [f"ab{secrets.token_hex(15)}" for _ in range(12)]
    long_ago = time.time() - 3 * USED_STEP_S
    for age, key in enumerate(keys):
        store.put(key, 4096 * b"x")
        os.utime(tmp_path / "ab" / key, (long_ago + age, long_ago + age))
    store.get(keys[0])
    store.put(f"ab{secrets.token_hex(15)}", 8192 * b"y")
    assert store.get(keys[0]) is not None
    assert store.get(keys[1]) is None


def test_what_would_fill_a_folder_alone_is_not_kept(tmp_path):
    store = DiskStore(tmp_path, FOLDERS * 4096)
    store.put(KEY, 5000 * b"x")
    assert store.get(KEY) is None


def test_eight_processes_stay_within_the_bound(tmp_path):
    code = f"""
import secrets
store = DiskStore(Path({str(tmp_path)!r}), {FOLDERS} * 256 * 1024)
for _ in range(60):
    store.put("ab" + secrets.token_hex(15), 12000 * b"x")
"""
    started = [run_aside(tmp_path, code) for _ in range(8)]
    assert [process.wait(60) for process in started] == 8 * [0]
    assert 128 * 1024 < count_bytes(tmp_path) <= 256 * 1024


def test_a_writer_that_died_leaves_nothing_to_read_and_its_file_goes(store, tmp_path):
    left = tmp_path / "ab" / f"{KEY}.1.1.unfinished"
    left.parent.mkdir()
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    assert store.get(KEY) is None
    store.put(KEY, b"whole")
    assert not left.exists()


@pytest.mark.parametrize("damage", [slice(0, 3), slice(0, HEAD.size + 5), slice(1, None)])
def test_a_torn_file_is_as_none(damage):
    data = pack(Entry(b"tile", "gzip", {"X-Note": "a"}))
    assert unpack(data) == Entry(b"tile", "gzip", {"X-Note": "a"})
    assert unpack(data[damage]) is None
    assert unpack(data[:-1] + b"?") is None


def test_readers_never_see_half_of_what_is_written(store):
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(store.put, KEY, bytes([n]) * 300_000) for n in range(60)]
        while not all(write.done() for write in writes):
            seen = store.get(KEY)
            assert seen is None or (len(seen) == 300_000 and len(set(seen)) == 1)


def test_a_disk_that_takes_nothing_costs_a_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    store = DiskStore(tmp_path / "file", MEGABYTE)
    store.put(KEY, b"bytes")
    assert store.get(KEY) is None
    with store.alone(KEY, 1):
        pass
    assert "tile cache" in caplog.text


def test_threads_build_one_after_another(store):
    inside, most = [], []

    def build() -> None:
        with store.alone(KEY, 10):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.002)
            inside.pop()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(build) for _ in range(16)]:
            done.result()
    assert (len(most), max(most)) == (16, 1)


def test_another_tile_waits_for_nobody(store):
    with store.alone(KEY, 1), store.alone("ff" + KEY[2:], 0):
        pass


def test_processes_exclude_each_other_and_a_killed_one_lets_go(store, tmp_path):
    holder = run_aside(
        tmp_path,
        f"""
with store.alone({KEY!r}, 1):
    print("held", flush=True)
    sys.stdin.read()
""",
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(TookTooLong), store.alone(KEY, 0.01):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with store.alone(KEY, 1):
        pass
