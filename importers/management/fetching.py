"""`import_layer https://…`: what stands at the address is a file before it is imported."""

import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from importers.remote.address import is_address, show_address
from importers.remote.client import Client
from importers.remote.discovery import choose_dataset, discover, fetch_dataset
from importers.request import Progress


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
    dataset = choose_dataset(found, next(iter(options["dataset"]), ""))
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
        }


def render_datasets(extra: Mapping[str, Any]) -> Iterator[str]:
    """Lines below the sentence of a `DatasetUnchosen`; none for other errors."""
    for dataset in extra.get("datasets", ()):
        title = "" if dataset["title"] == dataset["name"] else f"  {dataset['title']}"
        yield f"  --dataset {shlex.quote(dataset['name'])}{title}"
