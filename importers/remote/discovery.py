"""What stands at an address, and one dataset of it as a file."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from django.utils.translation import gettext as _

from importers.remote import limits
from importers.remote.address import read_address, show_address
from importers.remote.client import Client, require_found
from importers.remote.errors import DatasetUnchosen, RemoteFailure, UnusableAddress
from importers.remote.kind import Document, Fetched, Fetching, Found, RemoteDataset
from importers.remote.kinds.plain_file import read_file_name
from importers.remote.registry import KINDS, get_kind

log = logging.getLogger(__name__)


class DatasetJson(TypedDict):
    """One thing that can be imported alone; `name` chooses it."""

    name: str
    title: str
    description: str
    licence: str
    format: str


def discover(client: Client, address: str) -> Found:
    """Raises `UnusableAddress` where nothing there can be imported, `RemoteFailure`."""
    address = read_address(address)
    first: Document | None = None
    failure: RemoteFailure | None = None
    try:
        first = read_document(client, address)
    except RemoteFailure as error:
        failure = error  # a service that wants parameters, perhaps
    if first is not None and (found := recognise(client, first)):
        return found
    asked = first or Document(address, b"")
    for other in list_probes(asked):
        try:
            document = read_document(client, other)
        except RemoteFailure:
            continue
        if found := recognise(client, document):
            return found
    if failure is not None:
        raise failure
    raise UnusableAddress(
        _(
            "At the address there is a web page, not data. Give the address of a file, of an"
            " OGC API, WFS or ArcGIS service, or of a CKAN dataset."
        )
    )


def read_document(client: Client, address: str) -> Document:
    """As much of it as tells what it is."""

    def read() -> Document:
        with client.open(address) as answer:
            require_found(answer)
            raw, whole = answer.read_at_most(limits.DOCUMENT_BYTES_MAX)
            return Document(answer.address, raw, answer.media_type, whole, read_file_name(answer))

    return client.insist(read)


@contextmanager
def believing_nothing(address: str) -> Iterator[None]:
    """What no service of its kind would say is a failure of the server, not of ours."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        log.warning("strange answer at %s", show_address(address), exc_info=True)
        raise RemoteFailure(
            _("The server sent something else than data: %(address)s.")
            % {"address": show_address(address)},
            final=True,
        ) from error


def recognise(client: Client, document: Document) -> Found | None:
    with believing_nothing(document.address):
        return find_kind(client, document)


def find_kind(client: Client, document: Document) -> Found | None:
    return next((found for kind in KINDS if (found := kind.recognise(document, client))), None)


def list_probes(document: Document) -> Iterator[str]:
    seen = {document.address}
    for kind in KINDS:
        for address in kind.probe(document):
            if address not in seen:
                seen.add(address)
                yield address


def choose_dataset(found: Found, name: str) -> RemoteDataset:
    """By its name, or the only one. Raises `DatasetUnchosen`, `UnusableAddress`."""
    if not found.datasets:
        raise UnusableAddress(_("The service at the address has nothing that can be imported."))
    if not name:
        if len(found.datasets) == 1:
            return found.datasets[0]
        raise DatasetUnchosen(
            _("Several datasets stand at the address; choose one."),
            datasets=[describe_dataset(one) for one in found.datasets],
        )
    chosen = next((one for one in found.datasets if one.name == name), None)
    if chosen is None:
        raise UnusableAddress(
            _("There is no dataset “%(name)s” at the address; there are: %(names)s.")
            % {"name": name, "names": list_names(found.datasets)}
        )
    return chosen


NAMES_SHOWN = 20


def list_names(datasets: Sequence[RemoteDataset]) -> str:
    names = [one.name for one in datasets[:NAMES_SHOWN]]
    return ", ".join([*names, "…"] if len(datasets) > NAMES_SHOWN else names)


def describe_dataset(dataset: RemoteDataset) -> DatasetJson:
    return {
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.description,
        "licence": dataset.licence,
        "format": dataset.format,
    }


def fetch_dataset(
    client: Client,
    found: Found,
    dataset: RemoteDataset,
    folder: Path,
    *,
    etag: str = "",
    modified: str = "",
    on_rows: Callable[[int, int | None], None] = lambda rows, total: None,
) -> Fetched:
    """Into `folder`. Raises `UnusableAddress`, `RemoteFailure`, `Unchanged`."""
    fetching = Fetching(client, dataset, folder, etag, modified, on_rows)
    with believing_nothing(dataset.address):
        return get_kind(found.kind).fetch(fetching)
