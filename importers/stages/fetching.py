"""What an import from an address begins with: its dataset becomes a file in its folder."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from importers.models import Import, ImportFetch, RemoteSource
from importers.remote.client import Client
from importers.remote.discovery import choose_dataset, discover, fetch_dataset
from importers.remote.errors import UnusableAddress
from importers.remote.kind import Fetched
from importers.remote.kinds.plain_file import PlainFile
from importers.request import Progress
from importers.stages.files import make_folder, remove_folder
from importers.stages.journal import Tracker

OnRows = Callable[[int, int | None], None]


def fetch_where_needed(import_: Import, tracker: Tracker) -> None:
    """Once: then it is a file like any other. Raises as `fetch_source`, and `Cancelled`."""
    fetch = ImportFetch.objects.select_related("source").filter(of=import_).first()
    if fetch is None or import_.file:
        return
    kept = False
    try:
        fetched = fetch_source(
            fetch.source,
            make_folder(import_.pk),
            lambda rows, total: tracker.show(Progress("fetching", rows, total)),
        )
        kept = True
    finally:
        if not kept:
            remove_folder(import_.pk)
    record_fetched(import_, fetch, fetched)


def fetch_source(
    source: RemoteSource, folder: Path, on_rows: OnRows, known: ImportFetch | None = None
) -> Fetched:
    """`known`: what is here already. Raises `UnusableAddress`, `RemoteFailure`, `Unchanged`."""
    client = Client()
    found = discover(client, source.address)
    if found.kind != source.kind:
        raise UnusableAddress(_("Something else stands at the address than before."))
    # A file may have the day in its name; it is the only one there.
    name = "" if found.kind == PlainFile.slug else source.dataset
    dataset = choose_dataset(found, name)
    return fetch_dataset(
        client,
        found,
        dataset,
        folder,
        etag=known.etag if known else "",
        modified=known.modified if known else "",
        on_rows=on_rows,
    )


def record_fetched(import_: Import, fetch: ImportFetch, fetched: Fetched) -> None:
    import_.file = import_.name = fetched.path.name
    import_.size = fetched.path.stat().st_size
    import_.save(update_fields=["file", "name", "size"])
    fetch.digest, fetch.rows = fetched.digest, fetched.rows
    fetch.etag, fetch.modified = fetched.etag, fetched.modified
    fetch.fetched_at = timezone.now()
    fetch.save()


def tell_licence(import_: Import, questions: Iterable[dict[str, Any]]) -> None:
    """What the source says of it stands beside the question. It is not the answer: with a licence
    the layer is for everyone, which a person decides."""
    fetch = ImportFetch.objects.select_related("source").filter(of=import_).first()
    licence = fetch.source.licence if fetch else ""
    if licence:
        words = _("The source names its licence: %(licence)s.") % {"licence": licence}
        for question in questions:
            if question["code"] == "licence":
                question["reason"] = words
