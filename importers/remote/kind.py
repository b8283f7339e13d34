"""What the importer knows of a kind of address: how it is recognised, listed and fetched."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree

from django.utils.functional import Promise

from importers.remote.client import Client

Json = Any
HTML_STARTS = (b"<!doctype html", b"<html")


@dataclass(frozen=True)
class Document:
    """What an address answered with. `whole`: `raw` is all of it, not only the beginning."""

    address: str
    raw: bytes
    media_type: str = ""
    whole: bool = True
    file_name: str = ""

    @cached_property
    def json(self) -> dict[str, Json]:
        """Empty where it is no JSON object."""
        if not self.whole or not self.raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return {}
        try:
            found = json.loads(self.raw)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @cached_property
    def xml(self) -> ElementTree.Element | None:
        """`None` where it is no XML, or XML that declares what it consists of."""
        start = self.raw.lstrip(b"\xef\xbb\xbf \t\r\n")
        if not self.whole or not start.startswith(b"<"):
            return None
        if b"<!DOCTYPE" in start.replace(b"\0", b""):  # in whatever encoding
            return None
        try:
            return ElementTree.fromstring(self.raw)  # noqa: S314  nothing is declared in it
        except ElementTree.ParseError:
            return None

    @property
    def is_html(self) -> bool:
        start = self.raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith(HTML_STARTS):
            return True
        return self.media_type in ("text/html", "application/xhtml+xml") and b"<html" in start


@dataclass(frozen=True)
class RemoteDataset:
    """One thing at an address that can be imported alone.

    `name` chooses it, `title` is for people; `address` is where it comes from, `licence` an SPDX
    name or the words of the source. `facts`: what its kind has to know when it fetches it.
    """

    name: str
    title: str
    address: str = ""
    description: str = ""
    licence: str = ""
    format: str = ""
    facts: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What stands at an address. `kind`: slug in the registry; `title`: of the service."""

    kind: str
    address: str
    title: str
    datasets: tuple[RemoteDataset, ...]


@dataclass(frozen=True)
class Fetched:
    """A dataset as a file. `rows` is `None` where nobody counted; `digest`: of its content, equal
    for equal content; `etag`, `modified`: by which a file is asked for next time."""

    path: Path
    digest: str
    rows: int | None = None
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Fetching:
    """What is fetched, and where to. `etag`, `modified`: of the content that is here already.

    `on_rows` is told how many there are by now and, where it is known, of how many; it may raise
    to stop the work.
    """

    client: Client
    dataset: RemoteDataset
    folder: Path
    etag: str = ""
    modified: str = ""
    on_rows: Callable[[int, int | None], None] = lambda rows, total: None


class Unchanged(Exception):
    """The server says that the content is still what it was."""


class RemoteKind(Protocol):
    """One kind of address. `title` is for people."""

    @property
    def slug(self) -> str: ...

    @property
    def title(self) -> str | Promise: ...

    def probe(self, document: Document) -> Iterator[str]:
        """Other addresses at which it would be, given what the address itself answered."""
        ...

    def recognise(self, document: Document, client: Client) -> Found | None:
        """By the content. Raises `UnusableAddress`, `RemoteFailure`."""
        ...

    def fetch(self, fetching: Fetching) -> Fetched:
        """Raises `UnusableAddress`, `RemoteFailure`, `Unchanged`."""
        ...
