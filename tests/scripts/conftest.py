"""Runs the project's own scripts, each with a data folder of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.running import clean_environment, temporary_data_dir


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    with temporary_data_dir() as folder:
        yield folder


@pytest.fixture
def environment(data_dir: Path) -> dict[str, str]:
    return clean_environment(data_dir)


@pytest.fixture(scope="module", autouse=True)
def scripts_can_run_here() -> None:
    if shutil.which("flock") is None or not Path("/proc/self/environ").exists():
        pytest.skip("the scripts need Linux")
    if os.environ.get("GEOPORTAL_TEST_SKIP_SCRIPTS"):
        pytest.skip("GEOPORTAL_TEST_SKIP_SCRIPTS is set")
