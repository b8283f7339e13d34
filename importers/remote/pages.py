"""Pages of a service become one file: feature after feature, each once, as many as promised."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _

from importers.formats.geojson.stream import BrokenJson, JsonStream, iterate_features
from importers.remote import limits
from importers.remote.address import show_address
from importers.remote.answer import require_size
from importers.remote.client import Client
from importers.remote.errors import RemoteFailure
from importers.remote.kind import HTML_STARTS

Json = Any
ERROR_BYTES_MAX = 1 << 16
SPACE = b"\xef\xbb\xbf \t\r\n"
# What is done with a feature before it is kept, and with what stands beside the features.
Change = Callable[[Json], Json]


def keep_as_is(found: Json) -> Json:
    return found


def keep_crs(members: Json) -> Json:
    """The head of a collection of GeoJSON."""
    crs = {"crs": members["crs"]} if members.get("crs") else {}
    return {"type": "FeatureCollection", **crs}


class FeatureFile:
    """A collection of features that pages are added to; their beginning is what `head` makes of
    the members of the first."""

    def __init__(self, path: Path, client: Client, head: Change = keep_crs) -> None:
        self.path = path
        self.rows = 0
        self._client = client
        self._build_head = head
        self._head: Json = None
        self._page = path.with_name(f".{path.name}.page")
        self._digest = hashlib.sha256()
        self._last = b""
        self._size = 0
        self._pages = 0
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        self._file = self.path.open("w", encoding="utf-8", errors="replace")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._head is not None:
            self._file.write("\n]}\n")
        self._file.close()
        self._page.unlink(missing_ok=True)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def add_page(self, address: str, accept: str, change: Change = keep_as_is) -> Json:
        """The other members of its collection, and as `count` how many features it brought.

        Raises `RemoteFailure` where it cannot be read or brings what is here already.
        """
        self._pages += 1
        require_end(self._pages)
        members = self._client.insist(lambda: self._fetch(address, accept))
        self._begin(members)
        before, digest, names = self.rows, hashlib.sha256(), set[str]()
        for feature in self._parse(address, {}):
            text = json.dumps(change(feature), ensure_ascii=False).encode(errors="replace")
            digest.update(text)
            self._keep(text.decode())
            names.add(find_name(feature))
        count = self.rows - before
        names.discard("")
        same = count if count and digest.digest() == self._last else 0
        require_new(len(names & self._seen) or same)
        self._seen |= names
        self._last = digest.digest()
        self._digest.update(self._last)
        return members | {"count": count}

    def _begin(self, members: Json) -> None:
        head = self._build_head(members)
        if self._head is None:
            opened = json.dumps(head, ensure_ascii=False).removesuffix("}")
            comma = ", " if head else ""
            self._file.write(f'{opened}{comma}"features": [')
        elif head != self._head:
            raise RemoteFailure(_("Pages of the service differ from one another."), final=True)
        self._head = head

    def _fetch(self, address: str, accept: str) -> Json:
        """Whole: a page that breaks off is asked for again before anything of it is kept."""
        with self._client.open_found(address, accept) as answer:
            start = answer.head().lstrip(SPACE)
            if not start.startswith(b"{"):
                raise refuse_page(address, start)
            size = answer.save(self._page, limits.PAGE_BYTES_MAX)
        members: dict[str, Json] = {}
        for _feature in self._parse(address, members):
            pass
        if size < ERROR_BYTES_MAX and b'"features"' not in self._page.read_bytes():
            raise refuse_members(address, read_short(self._page))
        return members

    def _parse(self, address: str, members: dict[str, Json]) -> Iterator[Json]:
        with self._page.open(encoding="utf-8", errors="replace") as file:
            try:
                yield from iterate_features(JsonStream(file), members)
            except (BrokenJson, RecursionError) as error:
                raise RemoteFailure(
                    _("The answer broke off before its end: %(address)s.")
                    % {"address": show_address(address)}
                ) from error

    def _keep(self, text: str) -> None:
        self._size += len(text) + 2
        require_size(self._size, settings.UPLOAD_BYTES_MAX)
        self._file.write(f",\n{text}" if self.rows else f"\n{text}")
        self.rows += 1


def read_short(path: Path) -> dict[str, Json]:
    """Empty where it is no JSON object, or not quite."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def find_name(feature: Json) -> str:
    """The id by which it is known again; "" where it has none."""
    name = feature.get("id") if isinstance(feature, dict) else None
    return "" if name is None else str(name)


def require_end(pages: int) -> None:
    if pages > limits.PAGES_MAX:
        raise RemoteFailure(_("The pages of the service have no end."), final=True)


def require_new(repeated: int) -> None:
    """Raises `RemoteFailure` where so many objects came on a page before."""
    if repeated:
        raise RemoteFailure(
            _(
                "Pages of the service overlap: %(count)s objects came a second time, so others"
                " may be missing. Nothing was taken."
            )
            % {"count": repeated},
            final=True,
        )


def refuse_page(address: str, start: bytes) -> RemoteFailure:
    shown = {"address": show_address(address)}
    if start.lower().startswith(HTML_STARTS):
        return RemoteFailure(_("The server sent a web page instead of data: %(address)s.") % shown)
    return RemoteFailure(_("The server sent something else than data: %(address)s.") % shown)


def refuse_members(address: str, members: dict[str, Json]) -> RemoteFailure:
    error = members.get("error")
    said = error.get("message") if isinstance(error, dict) else members.get("description")
    words = " ".join(str(said or "").split())[:200]
    if words:
        return RemoteFailure(_("The server answers with an error: %(words)s") % {"words": words})
    return refuse_page(address, b"")


def require_all(rows: int, promised: int | None) -> None:
    """Raises `RemoteFailure` where fewer came: what is missing would look like removed."""
    if promised is not None and rows < promised:
        raise RemoteFailure(
            _("The service promised %(promised)s objects and gave %(rows)s. Nothing was taken.")
            % {"promised": promised, "rows": rows}
        )


def name_plainly(name: str) -> str:
    """As the name of a file."""
    plain = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
    return plain.strip("._")[:80] or "features"
