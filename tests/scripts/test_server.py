"""`script/server` from an empty data folder to Ctrl-C, as an operator meets it."""

import os
import shutil
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
STARTS = "Starting the web server"
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


@pytest.fixture(scope="module")
def later(first_start: RunningServer) -> Iterator[RunningServer]:
    """A later start on the same data folder, asked to listen to everybody; it runs until a test
    ends it."""
    again = RunningServer(first_start.data_dir, HOST="0.0.0.0")  # noqa: S104
    try:
        again.wait_for(STOPS)
        yield again
    finally:
        again.close()


@pytest.fixture
def server(first_start: RunningServer) -> Iterator[RunningServer]:
    """For one test that ends it: a start that will be ready in some seconds."""
    again = RunningServer(first_start.data_dir)
    try:
        again.wait_for(STARTS)
        yield again
    finally:
        again.close()


def wait_until_gone(data_dir: Path) -> None:
    """The children of a killed program notice it within a moment."""
    deadline = time.monotonic() + 20
    while found := processes_of(data_dir):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def copy_collected(source: Path, target: Path) -> None:
    """Static files of this checkout are the same for every data folder; to collect them is dear."""
    shutil.copytree(source / "static", target / "static")
    (target / "stamps").mkdir()
    shutil.copy2(source / "stamps/static", target / "stamps/static")


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


def test_second_start_repeats_no_step(later: RunningServer) -> None:
    assert later.get("/readyz")[0] == 200
    for word in ("Installing", "Creating", "Collecting", "Seeding"):
        assert word not in later.output


def test_demo_does_not_listen_to_others(later: RunningServer) -> None:
    """Its passwords are printed, so HOST does not open it to the network."""
    assert READY in later.output
    assert f"http://127.0.0.1:{later.port}/" in later.output
    assert "listens on 127.0.0.1 only" in later.output


def test_two_copies_run_side_by_side_and_one_on_a_database_that_is_named(
    later: RunningServer,
) -> None:
    """The second one is no demo: nothing is seeded, nobody's password is printed. Its database is
    the private cluster of a third folder, started until further notice. Its web server dies."""
    with temporary_data_dir() as folder, temporary_data_dir() as elsewhere:
        environment = clean_environment(elsewhere)
        assert run(CLUSTER, "start", env=environment).returncode == 0
        url = run(CLUSTER, "url", env=environment).stdout.strip()
        copy_collected(later.data_dir, folder)
        other = RunningServer(folder, GEOPORTAL_DEMO="0", GEOPORTAL_DATABASE_URL=url)
        try:
            other.wait_for(STOPS)
            assert other.get("/readyz")[0] == later.get("/readyz")[0] == 200
            assert "password" not in other.output
            assert [one for one in processes_of(folder).values() if "postgres -D" in one] == []
            os.kill(other.child("granian"), signal.SIGKILL)
            assert other.wait() == 1
            assert "the web server has ended by itself" in other.output
            wait_until_gone(folder)
            assert later.get("/readyz")[0] == 200
            assert run(CLUSTER, "status", env=environment).returncode == 0
        finally:
            other.close()


def test_when_the_script_is_killed_its_programs_end_and_the_next_start_works(
    later: RunningServer,
) -> None:
    """And what has started so is stopped by TERM."""
    later.process.kill()
    later.wait()
    again = RunningServer(later.data_dir)
    try:
        again.wait_for(READY)
        assert again.get("/readyz")[0] == 200
        assert again.stop(signal.SIGTERM) == 143
    finally:
        again.close()
    assert processes_of(later.data_dir) == {}


def test_when_the_database_dies_everything_stops_and_says_so(server: RunningServer) -> None:
    server.wait_for(STOPS)
    os.kill(server.child("bin/postgres -D"), signal.SIGKILL)
    assert server.wait() == 1
    assert "the database has ended by itself" in server.output
    wait_until_gone(server.data_dir)


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("db_worker --skip-checks --queue-name *", "job worker"),
        ("db_worker --skip-checks --queue-name bulk", "worker of long jobs"),
        ("watch_deadlines", "watch over deadlines"),
    ],
)
def test_when_a_program_dies_as_it_starts_everything_stops_and_says_so(
    server: RunningServer, program: str, name: str
) -> None:
    """They are waited for together from the beginning, the web server as well."""
    os.kill(server.child(program), signal.SIGKILL)
    assert server.wait() == 1
    assert f"the {name} has ended by itself" in server.output
    assert READY not in server.output
    wait_until_gone(server.data_dir)


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
