"""Two machines with one Redis, as two web processes that share nothing else but the database."""

import base64
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.conf import global_settings
from django.test import override_settings
from mapbox_vector_tile import decode
from redis import Redis, RedisError

from tests.conftest import plant_tree, write_council, write_layer, write_officer
from tests.scripts.installed_site import SECRET, adapt_unit
from tests.scripts.running import ROOT, clean_environment, database_url, free_port
from tests.standing import committed

REDIS = shutil.which("redis-server")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(REDIS is None, reason="redis-server is not installed"),
]
START_TIMEOUT_S = 60
TILE = "/tiles/trees/14/9579/5527.mvt"
TREE = "/api/v1/layers/trees/features/t1/"
BASIC = "Basic " + base64.b64encode(b"officer@example.org:correct horse").decode()


@dataclass(frozen=True)
class Machine:
    port: int

    def ask(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[dict[str, str], bytes]:
        """Headers and body; underscores of header names are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            f"http://localhost:{self.port}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers=named | {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(answer.headers), answer.read()

    def read_species(self) -> tuple[str, str, str]:
        """Of the only tree, how the tile came about, and its tag."""
        headers, body = self.ask(TILE)
        (tree,) = decode(body)["trees"]["features"]
        outcome = headers["server-timing"].partition(";")[0]
        return tree["properties"]["species"], outcome, headers["etag"]


def seed_tree() -> None:
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        council = write_council()
        write_officer(council)
    plant_tree(write_layer(council), "t1", lon=30.48, lat=50.405)


@contextmanager
def started(command: list[str], **environment: str) -> Iterator[None]:
    folder = Path(environment.pop("folder"))
    process = subprocess.Popen(command, cwd=ROOT, env=clean_environment(folder, **environment))
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(answers: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            answers()
            return
        except (OSError, RedisError):
            assert time.monotonic() < deadline, "a server does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory) -> Iterator[int]:
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    words = f"--port {port} --bind 127.0.0.1 --dir {folder} --maxmemory 64mb"
    assert REDIS is not None
    with started([REDIS, *words.split(), "--save", ""], folder=str(folder)):
        wait_for(Redis(port=port).ping)
        yield port


@pytest.fixture(scope="module")
def machines(
    django_db_setup, django_db_blocker, redis_port, tmp_path_factory
) -> Iterator[list[Machine]]:
    with ExitStack() as stack:
        stack.enter_context(committed(django_db_blocker, seed_tree))
        found = [Machine(free_port()) for _ in range(2)]
        for machine in found:
            stack.enter_context(
                started(
                    adapt_unit("geoportal-web", machine.port),
                    folder=str(tmp_path_factory.mktemp("machine")),
                    GEOPORTAL_DATABASE_URL=database_url(),
                    GEOPORTAL_SECRET_KEY=SECRET,
                    GEOPORTAL_HTTPS="0",
                    GEOPORTAL_SITE_URL="http://localhost",
                    GEOPORTAL_EMAIL_URL="dummymail://",
                    GEOPORTAL_TILE_REDIS_URL=f"redis://127.0.0.1:{redis_port}/0",
                )
            )
        for machine in found:
            wait_for(partial(machine.ask, "/livez"))
        yield found


def test_an_edit_through_one_is_fresh_through_the_other_at_once(machines):
    one, other = machines
    assert one.read_species()[:2] == ("Дуб", "built")
    _, _, tag = other.read_species()
    assert other.read_species()[1] == "kept"
    for species in ("Ясен", "Липа", "Клен"):
        version, _ = one.ask(TREE, Authorization=BASIC)
        values = {"type": "Feature", "properties": {"species": species}}
        one.ask(TREE, "PATCH", values, Authorization=BASIC, If_Match=version["etag"])
        seen, outcome, fresh = other.read_species()
        assert (seen, outcome) == (species, "built")
        assert fresh != tag
        assert one.read_species() == (species, "kept", fresh)
        tag = fresh


def test_a_tile_is_built_once_by_both(machines, redis_port):
    Redis(port=redis_port).flushall()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: machines[n % 2].read_species()[1], range(8)))
    assert sorted(answers) == ["built"] + 7 * ["kept"]


def test_without_redis_tiles_are_built_for_each(machines, redis_port):
    Redis(port=redis_port).shutdown(nosave=True)
    for machine in machines:
        assert {machine.read_species()[1] for _ in range(2)} == {"built"}
