"""A file at an address: whatever it is, the formats of the importer tell."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.uploads.file_names import clean_name
from importers.remote.address import name_file
from importers.remote.answer import Answer
from importers.remote.client import Client, require_found
from importers.remote.errors import RemoteFailure
from importers.remote.kind import (
    HTML_STARTS,
    Document,
    Fetched,
    Fetching,
    Found,
    RemoteDataset,
    Unchanged,
)
from importers.remote.xml import get_local

NOT_MODIFIED = 304


class PlainFile:
    slug = "file"
    title = gettext_lazy("File")

    def probe(self, document: Document) -> Iterator[str]:
        return iter(())

    def recognise(self, document: Document, client: Client) -> Found | None:
        """What is no page for people; empty answers are told when they are read."""
        if document.is_html or not document.raw or is_refusal(document):
            return None
        name = document.file_name
        return Found(
            self.slug, document.address, name, (RemoteDataset(name, name, document.address),)
        )

    def fetch(self, fetching: Fetching) -> Fetched:
        return fetching.client.insist(lambda: fetch_file(fetching))


def is_refusal(document: Document) -> bool:
    """A service says that it was asked for nothing it knows."""
    if document.xml is not None:
        return get_local(document.xml.tag) in ("ExceptionReport", "ServiceExceptionReport")
    return set(document.json) in ({"error"}, {"help", "error", "success"})


def fetch_file(fetching: Fetching) -> Fetched:
    """Nothing comes where the server knows that it is what is here already."""
    known = {"If-None-Match": fetching.etag, "If-Modified-Since": fetching.modified}
    headers = {name: value for name, value in known.items() if value}
    with fetching.client.open(fetching.dataset.address, "*/*", headers) as answer:
        if answer.status == NOT_MODIFIED and headers:
            raise Unchanged
        require_found(answer)
        start = answer.head().lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith(HTML_STARTS):
            raise RemoteFailure(_("At the address there is a web page, not a file."), final=True)
        path = fetching.folder / read_file_name(answer)
        answer.save(path, settings.UPLOAD_BYTES_MAX, lambda: fetching.on_rows(0, None))
        return Fetched(
            path,
            digest_file(path),
            etag=answer.headers.get("ETag", "")[:200],
            modified=answer.headers.get("Last-Modified", "")[:100],
        )


def digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_file_name(answer: Answer) -> str:
    """As the server calls it, else by the address."""
    stated = answer.headers.get_filename() or name_file(answer.address)
    name = clean_name(str(stated))
    return name if PurePath(name).stem else "file"
