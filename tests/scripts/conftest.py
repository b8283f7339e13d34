"""Runs the project's own scripts, each with a data folder of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.running import CLUSTER, clean_environment, run


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """An empty data folder, directly in the system's temporary folder: the database's own user
    must be able to reach it, and the path of its socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="geoportal-test-"))
    folder.chmod(0o755)
    yield folder
    run(CLUSTER, "remove", env=clean_environment(folder))
    shutil.rmtree(folder)


@pytest.fixture
def environment(data_dir: Path) -> dict[str, str]:
    return clean_environment(data_dir)


@pytest.fixture(scope="module", autouse=True)
def scripts_can_run_here() -> None:
    if shutil.which("flock") is None or not Path("/proc/self/environ").exists():
        pytest.skip("the scripts need Linux")
    if os.environ.get("GEOPORTAL_TEST_SKIP_SCRIPTS"):
        pytest.skip("GEOPORTAL_TEST_SKIP_SCRIPTS is set")
