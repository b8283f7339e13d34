"""The private PostgreSQL cluster: who starts it, who stops it, who may enter."""

import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.running import CLUSTER, processes_of, run

pytestmark = pytest.mark.slow


def sql(statement: str, env: dict[str, str]) -> str:
    ended = run(CLUSTER, "psql", "-XAtqc", statement, env=env)
    assert ended.returncode == 0, ended.stdout
    return ended.stdout.rstrip("\n").rpartition("\n")[2]


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture
def kept_cluster(data_dir: Path, environment: dict[str, str]) -> Iterator[int]:
    """The process id of a cluster that was started until further notice."""
    ended = run(CLUSTER, "start", env=environment)
    assert ended.returncode == 0, ended.stdout
    yield postmaster(data_dir)
    run(CLUSTER, "stop", env=environment)


def test_database_sorts_by_the_ukrainian_alphabet(environment: dict[str, str]) -> None:
    """By code points і and ґ would come after я."""
    ordered = sql(
        "SELECT string_agg(word, ' ' ORDER BY word)"
        " FROM unnest('{яр,ґанок,гай,дім,іній,ірій,їжак,йод,ива}'::text[]) AS word",
        environment,
    )
    assert ordered == "гай ґанок дім ива іній ірій їжак йод яр"


def test_database_has_the_extensions_and_no_open_port(environment: dict[str, str]) -> None:
    names = sql("SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension", environment)
    assert {"postgis", "btree_gist", "pg_trgm"} <= set(names.split())
    assert sql("SHOW listen_addresses", environment) == ""


def test_nobody_else_can_enter_its_folders(data_dir: Path, environment: dict[str, str]) -> None:
    sql("SELECT 1", environment)
    for name in ("postgres", "run"):
        assert stat.S_IMODE((data_dir / name).stat().st_mode) == 0o700


def test_it_stops_with_the_last_command_that_uses_it(
    data_dir: Path, environment: dict[str, str]
) -> None:
    first = subprocess.Popen(
        [CLUSTER, "run", "sh", "-c", "echo started; read line"],
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert first.stdout is not None
    while "started" not in first.stdout.readline():
        continue
    assert sql("SELECT 1", environment) == "1"
    assert run(CLUSTER, "status", env=environment).returncode == 0
    first.communicate("\n", timeout=60)
    assert run(CLUSTER, "status", env=environment).returncode == 3
    assert processes_of(data_dir) == {}


def test_a_kept_cluster_outlives_the_commands_that_use_it(
    data_dir: Path, environment: dict[str, str], kept_cluster: int
) -> None:
    assert sql("SELECT 1", environment) == "1"
    assert postmaster(data_dir) == kept_cluster


def test_it_starts_again_after_its_server_was_killed(
    data_dir: Path, environment: dict[str, str], kept_cluster: int
) -> None:
    os.kill(kept_cluster, signal.SIGKILL)
    while kept_cluster in processes_of(data_dir):
        time.sleep(0.05)
    assert run(CLUSTER, "status", env=environment).returncode == 3
    assert sql("SELECT 1", environment) == "1"
    assert run(CLUSTER, "status", env=environment).returncode == 3


def test_a_command_keeps_its_exit_code(environment: dict[str, str]) -> None:
    assert run(CLUSTER, "run", "sh", "-c", "exit 7", env=environment).returncode == 7


def test_another_database_is_never_touched(environment: dict[str, str]) -> None:
    named = environment | {"GEOPORTAL_DATABASE_URL": "postgis://someone@db.example/city"}
    ended = run(CLUSTER, "remove", env=named)
    assert ended.returncode == 1
    assert "names another database" in ended.stdout
