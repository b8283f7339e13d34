"""The guide to back-ups works: its commands run as they are written, and what was lost is back.

The machine's own programs are played by small stand-ins: `systemctl` starts programs that hold a
connection of the database, as the services do; `runuser` becomes `postgres` where the tests may.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point

from layers.models import Layer
from layers.schema.specs import FieldSpec, LayerSpec
from tests.browser.community import add_layer
from tests.house import markdown
from tests.scripts.running import (
    CLUSTER,
    ROOT,
    clean_environment,
    database_url,
    free_port,
    run,
    temporary_data_dir,
)

pytestmark = pytest.mark.slow

GUIDE = ROOT / "docs" / "how-to" / "back-up-and-restore.md"
UNITS = {path.stem for path in (ROOT / "deploy" / "systemd").glob("*.service")}
SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
TIMEOUT_S = 240
LOOK = "curl -fsS -o /dev/null --retry 60 --retry-delay 1 --retry-connrefused"
SYSTEMCTL = """#!/usr/bin/env bash
set -eu
verb=$1; shift
for unit; do
  if [[ $verb == stop ]]; then
    kill "$(<"$UNITS_DIR/$unit")" 2>/dev/null || true
  elif [[ $unit == geoportal-web ]]; then
    "$PYTHON" -m granian --interface wsgi --port "$PORT" --log-level error \\
      --working-dir "$CHECKOUT" geoportal.wsgi:application </dev/null >"$UNITS_DIR/web.log" 2>&1 &
    echo $! >"$UNITS_DIR/$unit"
  else
    psql -d geoportal -c 'SELECT pg_sleep(600)' </dev/null >/dev/null 2>&1 &
    echo $! >"$UNITS_DIR/$unit"
  fi
done
"""
RUNUSER = """#!/usr/bin/env bash
[[ $1 == -u && $3 == -- ]] || exit 64
user=$2; shift 3
if [[ $EUID == 0 && $user == postgres ]]; then
  cd / && exec /usr/sbin/runuser -u postgres -- "$@"
fi
exec "$@"
"""
INSTALL = """#!/usr/bin/env bash
# Owners and groups of a server are not on this machine.
given=()
while (($#)); do
  case $1 in -o | -g) shift ;; *) given+=("$1") ;; esac
  shift
done
exec /usr/bin/install "${given[@]}"
"""


@dataclass(frozen=True)
class Machine:
    """A server on which the guide is followed, in one folder."""

    folder: Path
    environment: dict[str, str]
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "var/lib/geoportal"

    def follow(self, commands: str) -> str:
        """Run commands of the guide, with the paths and the port of this machine."""
        for path in ("/var/backups/", "/var/lib/", "/var/cache/", "/etc/geoportal.env"):
            commands = commands.replace(path, f"{self.folder}{path}")
        commands = commands.replace("/opt/geoportal", str(ROOT))
        return self.run(commands.replace("localhost:8000", f"127.0.0.1:{self.port}"))

    def run(self, commands: str) -> str:
        """Run commands in what is the checkout here; what they printed."""
        done = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{commands}"],
            cwd=self.folder / "checkout",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            text=True,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def sql(self, statement: str) -> str:
        return self.run(f'psql -X -A -t -d geoportal -c "{statement}"').strip()

    def count_features(self) -> str:
        return self.sql("SELECT count(*) FROM layers_feature")


@pytest.fixture
def machine(transactional_db, tmp_path: Path) -> Iterator[Machine]:
    """Three services run on a portal with a layer, a photo and its settings."""
    add_layer(
        LayerSpec(
            slug="trees",
            title_uk="Дерева",
            visibility="public",
            geometry_type=Layer.GeometryType.POINT,
            fields=(FieldSpec(name="name", title_uk="Назва", searchable=True),),
        ),
        [(str(row), Point(30.5, 50.4), {"name": "Дуб"}) for row in range(5)],
    )
    with temporary_data_dir() as folder:
        machine = build_machine(folder)
        fill_machine(machine)
        units = " ".join(sorted(UNITS))
        machine.run(f"systemctl start {units}")
        try:
            # Told to stop while it begins, granian goes on, and would outlive the test.
            machine.run(f"{LOOK} http://127.0.0.1:{machine.port}/livez")
            yield machine
        finally:
            machine.run(f"systemctl stop {units}")
            run(CLUSTER, "stop", env=clean_environment(machine.data))


def build_machine(folder: Path) -> Machine:
    data = folder / "var/lib/geoportal"
    for each in (data, folder / "etc", folder / "var/cache/nginx/geoportal", folder / "units"):
        each.mkdir(parents=True)
    programs, scripts = folder / "bin", folder / "checkout/script"
    for path, text in (
        (programs / "systemctl", SYSTEMCTL),
        (programs / "runuser", RUNUSER),
        (programs / "install", INSTALL),
        (scripts / "cluster", f'#!/bin/sh\nexec {CLUSTER} "$@"\n'),
    ):
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
        path.chmod(0o755)
    (folder / "checkout/.local").symlink_to(data)
    port = free_port()
    environment = clean_environment(
        data,
        PATH=f"{programs}:{os.environ['PATH']}",
        PYTHON=str(ROOT / ".venv/bin/python"),
        CHECKOUT=str(ROOT),
        UNITS_DIR=str(folder / "units"),
        PORT=str(port),
        PGHOST=str(data / "run"),
        PGUSER="geoportal",
    )
    return Machine(folder, environment, port)


def fill_machine(machine: Machine) -> None:
    """The rows of this test's database, a photo, the settings."""
    environment = clean_environment(machine.data)
    assert run(CLUSTER, "start", env=environment).returncode == 0
    url = run(CLUSTER, "url", env=environment).stdout.strip()
    (machine.folder / "etc/geoportal.env").write_text(
        f"GEOPORTAL_SECRET_KEY={SECRET}\nGEOPORTAL_DEMO=0\nGEOPORTAL_HTTPS=0\n"
        f"GEOPORTAL_DATA_DIR={machine.data}\nGEOPORTAL_DATABASE_URL='{url}'\n"
    )
    for name, value in machine_environment(machine).items():
        machine.environment[name] = value
    machine.run("dropdb geoportal\ncreatedb --template=template0 geoportal")
    source = database_url().replace("postgis://", "postgresql://")
    machine.run(
        f"pg_dump --schema=public --extension='*' --format=custom '{source}' "
        "| pg_restore --exit-on-error --clean --if-exists --dbname=geoportal --no-owner"
    )
    (machine.data / "media/problems").mkdir(parents=True)
    (machine.data / "media/problems/photo.webp").write_bytes(b"photo")


def machine_environment(machine: Machine) -> dict[str, str]:
    """What systemd gives to the services."""
    lines = (machine.folder / "etc/geoportal.env").read_text().splitlines()
    parts = (line.partition("=") for line in lines)
    return {name: value.strip("'") for name, _, value in parts}


def list_commands() -> list[str]:
    blocks = markdown.split_blocks(GUIDE.read_text(encoding="utf-8"))[1]
    return [block.text for block in blocks if block.language == "sh"]


def test_the_guide_stops_and_starts_every_service() -> None:
    text = "".join(list_commands())
    for verb in ("stop", "start"):
        stated = re.findall(rf"systemctl {verb} (.+)", text)
        assert [set(units.split()) for units in stated] == [UNITS]


@pytest.mark.skipif(shutil.which("curl") is None, reason="the guide uses curl")
def test_what_is_lost_comes_back_by_the_commands_of_the_guide(machine: Machine) -> None:
    server, private, database, files, services, again, trial = list_commands()
    settings = (machine.folder / "etc/geoportal.env").read_text()
    photo = machine.data / "media/problems/photo.webp"
    machine.follow(server)
    machine.follow(private)

    machine.sql("DELETE FROM layers_feature; DELETE FROM layers_featureversion")
    photo.write_bytes(b"overwritten")
    (machine.folder / "etc/geoportal.env").write_text("lost")
    stale = machine.data / "downloads/trees.gpkg"
    stale.parent.mkdir()
    stale.write_bytes(b"of a revision that is to come")

    day = database.splitlines()[0]
    machine.follow(database)
    assert machine.count_features() == "5"
    machine.follow(f"{day}\n{files}")
    assert photo.read_bytes() == b"photo"
    assert (machine.data / "media.before/problems/photo.webp").read_bytes() == b"overwritten"
    assert not stale.exists()
    assert '"status": "ok"' in machine.follow(services)
    assert (machine.folder / "etc/geoportal.env").read_text() == settings
    printed = machine.follow(trial).split()
    assert printed[: len(printed) // 2] == printed[len(printed) // 2 : -1]
    assert "trees|5" in printed
    assert machine.run("psql -X -A -t -l").count("geoportal_trial") == 0

    machine.sql("DELETE FROM layers_feature")
    photo.unlink()
    machine.follow(again)
    assert machine.count_features() == "5"
    assert photo.read_bytes() == b"photo"
