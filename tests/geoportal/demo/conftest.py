"""The invented community, built once for all its tests."""

import pytest

from geoportal.demo.dataset import Dataset
from geoportal.demo.registers.every import build_datasets
from geoportal.demo.town.town import Town, build_town


@pytest.fixture(scope="session")
def town() -> Town:
    return build_town()


@pytest.fixture(scope="session")
def datasets() -> dict[str, Dataset]:
    """Every layer with its rows, by slug."""
    return {dataset.spec.slug: dataset for dataset in build_datasets()}
