"""`script/server` from an empty data folder to Ctrl-C, as an operator meets it."""

import os
import signal
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.running import (
    CLUSTER,
    SERVER,
    RunningServer,
    clean_environment,
    processes_of,
    run,
    temporary_data_dir,
)

pytestmark = pytest.mark.slow

READY = "The geoportal is ready"
STOPS = "Ctrl-C stops everything"


@pytest.fixture(scope="module")
def first_start(data_dir: Path) -> Iterator[RunningServer]:
    """The first start on this data folder, answering, then stopped by Ctrl-C."""
    server = RunningServer(data_dir)
    try:
        server.wait_for(STOPS)
        assert server.get("/readyz")[0] == 200
        assert server.get("/")[0] == 200
        assert server.stop(signal.SIGINT) == 130
        yield server
    finally:
        server.close()


@pytest.fixture
def server(first_start: RunningServer) -> Iterator[RunningServer]:
    """A later start on the same data folder."""
    again = RunningServer(first_start.data_dir)
    try:
        again.wait_for(STOPS)
        yield again
    finally:
        again.close()


def wait_until_gone(data_dir: Path) -> None:
    """The children of a killed program notice it within a moment."""
    deadline = time.monotonic() + 20
    while found := processes_of(data_dir):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def test_first_start_prints_the_address_and_the_demo_accounts(first_start: RunningServer) -> None:
    assert f"http://127.0.0.1:{first_start.port}/" in first_start.output
    accounts = first_start.output.partition(READY)[2]
    assert "@" in accounts


def test_ctrl_c_leaves_no_process_and_no_cluster(first_start: RunningServer) -> None:
    assert processes_of(first_start.data_dir) == {}
    assert not (first_start.data_dir / "postgres" / "postmaster.pid").exists()


def test_secret_key_is_made_once_and_only_its_owner_reads_it(first_start: RunningServer) -> None:
    key = first_start.data_dir / "secret_key"
    assert len(key.read_text().strip()) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_second_start_repeats_no_step_and_term_stops_it(server: RunningServer) -> None:
    assert server.get("/readyz")[0] == 200
    for word in ("Installing", "Creating", "Collecting", "Seeding"):
        assert word not in server.output
    assert server.stop(signal.SIGTERM) == 143
    assert processes_of(server.data_dir) == {}


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("db_worker", "job worker"),
        ("watch_deadlines", "watch over deadlines"),
        ("granian", "web server"),
        ("bin/postgres -D", "database"),
    ],
)
def test_when_a_program_dies_everything_stops_and_says_so(
    server: RunningServer, program: str, name: str
) -> None:
    os.kill(server.child(program), signal.SIGKILL)
    assert server.wait() == 1
    assert f"the {name} has ended by itself" in server.output
    wait_until_gone(server.data_dir)


def test_when_the_script_is_killed_its_programs_end_and_the_next_start_works(
    server: RunningServer,
) -> None:
    server.process.kill()
    server.wait()
    again = RunningServer(server.data_dir)
    try:
        again.wait_for(READY)
        assert again.stop(signal.SIGINT) == 130
    finally:
        again.close()
    assert processes_of(server.data_dir) == {}


def test_busy_port_is_named_and_nothing_is_started(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = run(SERVER, env=clean_environment(data_dir, PORT=port))
    assert ended.returncode == 1
    assert f"port {port} is busy" in ended.stdout
    assert "PORT=8001 script/server" in ended.stdout
    assert processes_of(data_dir) == {}


@pytest.mark.parametrize("port", ["0", "eight", "70000", "80 80"])
def test_port_that_is_none_is_refused(data_dir: Path, port: str) -> None:
    ended = run(SERVER, env=clean_environment(data_dir, PORT=port))
    assert ended.returncode == 1
    assert "PORT must be a number" in ended.stdout


def test_data_folder_that_cannot_be_written_is_named() -> None:
    ended = run(SERVER, env=clean_environment(Path("/proc/geoportal")))
    assert ended.returncode == 1
    assert "/proc/geoportal cannot be written" in ended.stdout


def test_demo_does_not_listen_to_others(first_start: RunningServer) -> None:
    """Its passwords are printed, so HOST does not open it to the network."""
    server = RunningServer(first_start.data_dir, HOST="0.0.0.0")  # noqa: S104
    try:
        server.wait_for(READY)
        assert f"http://127.0.0.1:{server.port}/" in server.output
        assert "listens on 127.0.0.1 only" in server.output
        assert server.stop(signal.SIGINT) == 130
    finally:
        server.close()


def test_two_copies_run_side_by_side(server: RunningServer) -> None:
    """The second one is no demo: nothing is seeded, nobody's password is printed."""
    with temporary_data_dir() as folder:
        other = RunningServer(folder, GEOPORTAL_DEMO="0")
        try:
            other.wait_for(STOPS)
            assert other.get("/readyz")[0] == server.get("/readyz")[0] == 200
            assert "password" not in other.output
            assert other.stop(signal.SIGINT) == 130
            assert server.get("/readyz")[0] == 200
        finally:
            other.close()


def test_another_database_is_used_instead_of_the_private_cluster(data_dir: Path) -> None:
    """Here it is the private cluster of another folder, started until further notice."""
    with temporary_data_dir() as folder:
        environment = clean_environment(folder)
        assert run(CLUSTER, "start", env=environment).returncode == 0
        url = run(CLUSTER, "url", env=environment).stdout.strip()
        server = RunningServer(data_dir, GEOPORTAL_DEMO="0", GEOPORTAL_DATABASE_URL=url)
        try:
            server.wait_for(STOPS)
            assert server.get("/readyz")[0] == 200
            assert [one for one in processes_of(data_dir).values() if "postgres -D" in one] == []
            assert server.stop(signal.SIGINT) == 130
            assert run(CLUSTER, "status", env=environment).returncode == 0
        finally:
            server.close()
