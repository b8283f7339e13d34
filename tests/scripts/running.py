"""Start scripts as an operator does, and see what they leave behind."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "script" / "server"
CLUSTER = ROOT / "script" / "cluster"
START_TIMEOUT_S = 420
STOP_TIMEOUT_S = 60


def clean_environment(data_dir: Path, **extra: str) -> dict[str, str]:
    """The environment of a new shell: nothing of the tests' own database and settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GEOPORTAL_", "PG", "DJANGO_")) and name not in {"PORT", "HOST"}
    }
    return kept | {"GEOPORTAL_DATA_DIR": str(data_dir), "CLUSTER_FSYNC": "off"} | extra


def run(
    script: Path, *arguments: str, env: dict[str, str], timeout_s: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a script to its end; its two outputs come back as one text in `stdout`."""
    return subprocess.run(
        [script, *arguments],
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout_s,
        check=False,
    )


@contextmanager
def temporary_data_dir() -> Iterator[Path]:
    """An empty data folder, directly in the system's temporary folder: the database's own user
    must be able to reach it, and the path of its socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="geoportal-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        run(CLUSTER, "remove", env=clean_environment(folder))
        shutil.rmtree(folder)


def database_url() -> str:
    """The test database as programs beside the tests are told of it."""
    given = connection.settings_dict
    query = {"host": given["HOST"], "user": given["USER"], "port": given["PORT"]}
    password = {"password": given["PASSWORD"]}
    stated = urlencode({name: value for name, value in (query | password).items() if value})
    return f"postgis:///{quote(given['NAME'])}?{stated}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_of(data_dir: Path) -> dict[int, str]:
    """Every process that was started for this data folder, with its command line."""
    mark = f"GEOPORTAL_DATA_DIR={data_dir}\0".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes() + b"\0":
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = command.decode(errors="replace")
        except OSError:
            continue
    return found


class RunningServer:
    """script/server on a free port; `output` grows as it speaks."""

    def __init__(self, data_dir: Path, **extra: str) -> None:
        self.data_dir = data_dir
        self.port = int(extra.setdefault("PORT", str(free_port())))
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [SERVER],
            env=clean_environment(data_dir, **extra),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.output = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line

    def wait_for(self, words: str) -> None:
        """Wait until the server has said these words; raises with its output when it does not."""
        deadline = self.started_at + START_TIMEOUT_S
        while words not in self.output:
            if self.process.poll() is not None:
                self._reader.join(STOP_TIMEOUT_S)
                if words in self.output:
                    return
                raise AssertionError(f"script/server has ended:\n{self.output}")
            if time.monotonic() > deadline:
                raise AssertionError(f"script/server does not say {words!r}:\n{self.output}")
            time.sleep(0.05)

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def child(self, words: str) -> int:
        """The process id of the program whose command line holds these words; it may come yet."""
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while time.monotonic() < deadline:
            running = processes_of(self.data_dir)
            if found := [pid for pid, command in running.items() if words in command]:
                return min(found)
            time.sleep(0.01)
        raise AssertionError(f"nothing runs like {words!r}")

    def stop(self, signal_number: int) -> int:
        """Send a signal to the script alone and return its exit code."""
        self.process.send_signal(signal_number)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(STOP_TIMEOUT_S)
        self._reader.join(STOP_TIMEOUT_S)
        return code

    def close(self) -> None:
        """End whatever is left, however the test went."""
        if self.process.poll() is None:
            self.process.terminate()
            self.wait()
