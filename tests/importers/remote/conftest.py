"""A server on loopback, which the setting allows, and no pauses between attempts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.remote import limits
from importers.remote.client import Client
from importers.remote.discovery import choose_dataset, discover, fetch_dataset
from importers.remote.kind import Fetched
from tests.importers.remote.servers import Server, run_server


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch, settings) -> None:
    monkeypatch.setattr(limits, "PAUSES_S", (0, 0, 0))
    settings.REMOTE_ALLOWED = ["127.0.0.0/8"]


@pytest.fixture
def server() -> Iterator[Server]:
    with run_server() as running:
        yield running


@pytest.fixture
def fetch(tmp_path: Path) -> Callable[..., Fetched]:
    """What stands at an address, as a file."""

    def call(address: str, dataset: str = "", **given: Any) -> Fetched:
        asking = Client(30)
        found = discover(asking, address)
        chosen = choose_dataset(found, dataset)
        return fetch_dataset(asking, found, chosen, tmp_path, **given)

    return call
