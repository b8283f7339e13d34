"""Pages of GML become one file: members of all, byte for byte, in the frame of the first one.

What GDAL reads afterwards is what the server wrote, with its own order of axes.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _

from importers.remote import limits
from importers.remote.address import show_address
from importers.remote.answer import require_size
from importers.remote.client import Client
from importers.remote.errors import RemoteFailure
from importers.remote.kind import HTML_STARTS
from importers.remote.pages import SPACE, refuse_page, require_end, require_new
from importers.remote.xml import get_local

MEMBERS = ("member", "featureMember", "featureMembers")
COUNTS = ("numberMatched", "numberOfFeatures")
WORDS_MAX = 200


@dataclass
class Page:
    """What one page holds. `members`: from and to which byte; `names`: ids of its features;
    `promised`: how many there are in all, where the server says it."""

    root: str = ""
    spaces: dict[str, str] = field(default_factory=dict)
    members: list[tuple[int, int]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    count: int = 0
    promised: int | None = None
    words: str = ""


class GmlFile:
    """A feature collection that pages are added to."""

    def __init__(self, path: Path, client: Client) -> None:
        self.path = path
        self.rows = 0
        self._client = client
        self._digest = hashlib.sha256()
        self._pages = 0
        self._size = 0
        self._spaces: dict[str, str] = {}
        self._tail = b""
        self._seen: set[str] = set()
        self._last = b""

    def __enter__(self) -> Self:
        self._file = self.path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.write(self._tail)
        self._file.close()

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def add_page(self, address: str, accept: str) -> Page:
        """Raises `RemoteFailure` where it cannot be read or brings what is here already."""
        self._pages += 1
        require_end(self._pages)
        raw, page = self._client.insist(lambda: fetch_page(self._client, address, accept))
        if self._pages == 1:
            start, end = frame(raw, page)
            self._file.write(raw[:start])
            self._tail, self._spaces = raw[end:], page.spaces
        elif page.spaces != self._spaces:
            raise RemoteFailure(_("Pages of the service differ from one another."), final=True)
        digest = hashlib.sha256()
        for start, end in page.members:
            digest.update(raw[start:end])
            self._size += end - start
            require_size(self._size, settings.UPLOAD_BYTES_MAX)
            self._file.write(raw[start:end] + b"\n")
        same = page.count if page.count and digest.digest() == self._last else 0
        require_new(len(page.names & self._seen) or same)
        self._seen |= page.names
        self._last = digest.digest()
        self._digest.update(self._last)
        self.rows += page.count
        return page


def frame(raw: bytes, page: Page) -> tuple[int, int]:
    """Where the members begin and where the last one ends."""
    if page.members:
        return page.members[0][0], page.members[-1][1]
    end = raw.rfind(b"</")
    return (end, end) if end >= 0 else (len(raw), len(raw))


def fetch_page(client: Client, address: str, accept: str) -> tuple[bytes, Page]:
    with client.open_found(address, accept) as answer:
        raw = answer.read(limits.PAGE_BYTES_MAX)
    start = raw.lstrip(SPACE)[:100]
    if not start.startswith(b"<") or start.lower().startswith(HTML_STARTS):
        raise refuse_page(address, start)
    page = read_page(raw, address)
    if page.root.endswith("ExceptionReport"):
        raise RemoteFailure(
            _("The server answers with an error: %(words)s") % {"words": page.words[:WORDS_MAX]}
        )
    if page.root != "FeatureCollection":
        raise refuse_page(address, start)
    return raw, page


def read_page(raw: bytes, address: str) -> Page:
    """Raises `RemoteFailure` for what is no whole XML, or declares what it consists of."""
    reader = PageReader(raw)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise RemoteFailure(
            _("The answer broke off before its end: %(address)s.")
            % {"address": show_address(address)}
        ) from error
    return reader.page


class PageReader:
    """Follows the elements of a page down to its features."""

    def __init__(self, raw: bytes) -> None:
        self.page = Page()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._declare
        self._raw = raw
        self._depth = 0
        self._from = -1
        self._said = ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = get_local(tag)
        if self._depth == 0:
            self._begin(name, attributes)
        elif self._depth == 1 and name in MEMBERS:
            self._from = self.parser.CurrentByteIndex
        elif self._depth == 2 and self._from >= 0:
            self.page.count += 1
            named = [value for key, value in attributes.items() if get_local(key) in ("id", "fid")]
            self.page.names.update(named[:1])
        self._said = name
        self._depth += 1

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.page.root = name
        self.page.spaces = {k: v for k, v in attributes.items() if k.startswith("xmlns")}
        counts = [attributes[each] for each in COUNTS if attributes.get(each, "").isdigit()]
        self.page.promised = int(counts[0]) if counts else None

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 1 and self._from >= 0:
            end = self._raw.index(b">", self.parser.CurrentByteIndex) + 1
            self.page.members.append((self._from, end))
            self._from = -1

    def _text(self, text: str) -> None:
        if self._said in ("ExceptionText", "ServiceException") and len(self.page.words) < WORDS_MAX:
            self.page.words += text

    def _declare(self, *args: object) -> None:
        raise RemoteFailure(
            _("The XML file defines entities of its own; save it without them."), final=True
        )
