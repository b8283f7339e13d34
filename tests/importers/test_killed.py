"""Killing the process at any moment leaves the layer as it was.

It is a child of the test that runs the command as `manage.py` does: Django has started already.
"""

import multiprocessing
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from django.core.management import execute_from_command_line
from django.db import connection, connections

from importers.formats.process.client import zygote
from layers.models import Changeset, Feature, Layer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 40_000

# How the statement begins that runs when the process is killed.
COPYING = "COPY"
NEW_LAYER_MOMENTS = (COPYING, "SELECT layers_attach_partition")
UPDATE_MOMENTS = (COPYING, "-- Put into the stage", "-- Keep what is about to be replaced")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A table, and the same with every row changed."""
    folder = tmp_path_factory.mktemp("killed")
    rng = np.random.default_rng(1)
    lon, lat = 30 + rng.random(ROWS), 50 + rng.random(ROWS)
    for name, species in (("first.csv", "Дуб"), ("second.csv", "Клен")):
        with (folder / name).open("w") as file:
            file.write("uid,lon,lat,species\n")
            file.writelines(
                f"t{i},{x},{y},{species}\n" for i, (x, y) in enumerate(zip(lon, lat, strict=True))
            )
    return folder


@dataclass
class Running:
    """A command in a process of its own, and the files of what it says."""

    process: multiprocessing.process.BaseProcess
    out: Path
    err: Path

    def wait(self):
        self.process.join()
        return self.process.exitcode


@pytest.fixture
def start(tmp_path):
    """Begin the import of a file."""
    begun = 0

    def call(path, *options):
        nonlocal begun
        begun += 1
        out, err = tmp_path / f"{begun}.out", tmp_path / f"{begun}.err"
        arguments = ["manage.py", "import_layer", str(path), "--layer", "things", *options]
        connections.close_all()
        process = multiprocessing.get_context("fork").Process(
            target=run_command, args=(arguments, out, err)
        )
        process.start()
        return Running(process, out, err)

    return call


def run_command(arguments, out, err):
    zygote._owner = os.getpid()
    with out.open("w") as sys.stdout, err.open("w") as sys.stderr:
        execute_from_command_line(arguments)


def finish(running):
    assert running.wait() == 0, running.err.read_text()
    return running.out.read_text()


def list_partitions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname ~ '^layers_feature_[0-9]+' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def wait_for(running, statement, timeout_s=60):
    """Until another session of this database runs the statement; false when it was too quick."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline and running.process.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE %s",
                [f"{statement}%"],
            )
            if cursor.fetchone():
                return True
        time.sleep(0.002)
    return False


def wait_until_alone():
    for _attempt in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    pytest.fail("the killed session is still there")


def kill_at(running, statement):
    seen = wait_for(running, statement)
    running.process.kill()
    running.wait()
    wait_until_alone()
    return seen


@pytest.mark.parametrize("moment", NEW_LAYER_MOMENTS)
def test_a_new_layer_is_there_whole_or_not_at_all(files, start, moment):
    before = list_partitions()
    assert kill_at(start(files / "first.csv", "--create"), moment)
    assert not Layer.objects.exists()
    assert list_partitions() == before
    finish(start(files / "first.csv", "--create"))
    assert Feature.objects.count() == ROWS


def test_two_that_make_one_layer_at_once_do_not_hurt_each_other(files, start):
    """The second waits for the first, and is told in a sentence that the layer is there."""
    both = [start(files / "first.csv", "--create") for _time in range(2)]
    codes = [running.wait() for running in both]
    assert sorted(codes) in ([0, 2], [0, 0])
    refused = [running.err.read_text().strip() for running in both if running.wait()]
    assert all("things" in err and len(err.splitlines()) == 1 for err in refused)
    assert Layer.objects.count() == 1
    assert Feature.objects.count() == ROWS


def test_an_update_is_there_whole_or_not_at_all(files, start):
    finish(start(files / "first.csv", "--create"))
    for moment in UPDATE_MOMENTS:
        assert kill_at(start(files / "second.csv"), moment)
        assert Changeset.objects.count() == 1
        assert list_species() == ["Дуб"]
    assert f'"changed": {ROWS}' in finish(start(files / "second.csv", "--json"))
    assert list_species() == ["Клен"]


def list_species():
    return list(Feature.objects.values_list("properties__species", flat=True).distinct())
