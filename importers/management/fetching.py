"""`import_layer https://…`: what stands at the address is a file before it is imported."""

import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from importers.formats.format import Dataset
from importers.management.datasets import Chosen, choose
from importers.models import Import, ImportFetch
from importers.remote.address import is_address, read_address, show_address
from importers.remote.client import Client
from importers.remote.discovery import choose_dataset, discover, fetch_dataset
from importers.remote.kind import Fetched, Found
from importers.request import ImportResult, Progress
from importers.stages.from_address import RemoteChoice, make_source


@dataclass(frozen=True)
class ShellFetch:
    """What was fetched, and from where."""

    choice: RemoteChoice
    fetched: Fetched

    def remember(self, result: ImportResult) -> None:
        """Beside the import that it became, so that a schedule can repeat that."""
        made = Import.objects.filter(changeset=result.changeset).first()
        if result.changeset is None or made is None:
            return
        fetched = self.fetched
        ImportFetch.objects.create(
            of=made,
            source=make_source(self.choice),
            digest=fetched.digest,
            etag=fetched.etag,
            modified=fetched.modified,
            rows=fetched.rows,
            fetched_at=timezone.now(),
        )


@contextmanager
def fetch_where_needed(
    options: Mapping[str, Any], on_progress: Callable[[Progress], None]
) -> Iterator[dict[str, Any]]:
    """The options with a file that is here as long. Raises what reading an address raises."""
    text = str(options["file"])
    if not is_address(text):
        part = next(iter(options["dataset"]), options["source_layer"])
        yield {**options, "source_layer": part}
        return
    client = Client()
    found = discover(client, text)
    name = next(iter(options["dataset"]), "")
    with fetch_one(options, client, found, name, on_progress) as given:
        yield given


def choose_remote_datasets(options: Mapping[str, Any], found: Found) -> list[Chosen]:
    """In the order of the service. Raises `UnusableOption`."""
    known = [Dataset(one.name, one.title or one.name) for one in found.datasets]
    return choose(options, found.title or "data", known)


@contextmanager
def fetch_one(
    options: Mapping[str, Any],
    client: Client,
    found: Found,
    name: str,
    on_progress: Callable[[Progress], None],
) -> Iterator[dict[str, Any]]:
    """The dataset of that name as a file, as long as that is here."""
    text = str(options["file"])
    dataset = choose_dataset(found, name)
    with tempfile.TemporaryDirectory(prefix="fetched-") as folder:
        fetched = fetch_dataset(
            client,
            found,
            dataset,
            Path(folder),
            on_rows=lambda rows, total: on_progress(Progress("fetching", rows, total)),
        )
        source = {"address": show_address(text), "kind": found.kind, "dataset": dataset.name}
        yield {
            **options,
            "file": fetched.path,
            "name": fetched.path.name,
            "details": {"source": source},
            "fetched": ShellFetch(RemoteChoice(read_address(text), found, dataset), fetched),
        }


def render_datasets(extra: Mapping[str, Any]) -> Iterator[str]:
    """Lines below the sentence of a `DatasetUnchosen`; none for other errors."""
    for dataset in extra.get("datasets", ()):
        title = "" if dataset["title"] == dataset["name"] else f"  {dataset['title']}"
        yield f"  --dataset {shlex.quote(dataset['name'])}{title}"
