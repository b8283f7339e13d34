"""Asks servers for one purpose: within a time, politely, again where it may help, never inside."""

import http.client
import ssl
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from importers.remote import limits
from importers.remote.address import PORTS, join_address, read_address, show_address
from importers.remote.answer import Answer
from importers.remote.connection import PinnedConnection
from importers.remote.errors import RemoteFailure, UnusableAddress
from importers.remote.guard import resolve

T = TypeVar("T")
ACCEPT = (
    "application/geo+json, application/json;q=0.9, application/gml+xml;q=0.8,"
    " application/xml;q=0.7, text/xml;q=0.7, */*;q=0.5"
)
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (408, 425, 429)


class Client:
    """`seconds` are for all its requests together."""

    def __init__(self, seconds: float | None = None) -> None:
        self._ends_at = time.monotonic() + (seconds or limits.SECONDS_MAX)

    @contextmanager
    def open(
        self, address: str, accept: str = ACCEPT, headers: Mapping[str, str] | None = None
    ) -> Iterator[Answer]:
        """The answer after redirects, whatever its status.

        Raises `UnusableAddress` for what may not be asked, `RemoteFailure` for who cannot answer.
        """
        address = read_address(address)
        for _hop in range(limits.REDIRECTS_MAX + 1):
            answer = self._request(address, {"Accept": accept} | dict(headers or {}))
            location = answer.headers.get("Location")
            if answer.status not in REDIRECTS or not location:
                try:
                    yield answer
                finally:
                    answer.close()
                return
            answer.close()
            address = join_address(answer.address, location)
        raise UnusableAddress(_("The server sends from one address to another without end."))

    @contextmanager
    def open_found(
        self, address: str, accept: str = ACCEPT, headers: Mapping[str, str] | None = None
    ) -> Iterator[Answer]:
        """As `open`; raises also where the answer is an error."""
        with self.open(address, accept, headers) as answer:
            require_found(answer)
            yield answer

    def read(self, address: str, accept: str = ACCEPT) -> bytes:
        """A short document; asked for again where the server fails."""

        def read() -> bytes:
            with self.open_found(address, accept) as answer:
                return answer.read(limits.DOCUMENT_BYTES_MAX)

        return self.insist(read)

    def insist(self, attempt: Callable[[], T]) -> T:
        """Again after a pause while the server fails; the last failure is raised."""
        for pause_s in limits.PAUSES_S:
            try:
                return attempt()
            except RemoteFailure as failure:
                if failure.extra.get("final"):
                    raise
                wanted = failure.extra.get("retry_after_s")
                self._rest(float(wanted) if isinstance(wanted, int) else pause_s, failure)
        return attempt()

    def _rest(self, pause_s: float, failure: RemoteFailure) -> None:
        if time.monotonic() + pause_s >= self._ends_at:
            raise failure
        time.sleep(pause_s)

    def _request(self, address: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port or PORTS[parts.scheme]
        left_s = self._ends_at - time.monotonic()
        if left_s <= 0:
            raise RemoteFailure(
                _("The server takes too long to answer: %(address)s.")
                % {"address": show_address(address)},
                final=True,
            )
        connection = PinnedConnection(
            host, port, resolve(host, port), secure=parts.scheme == "https", seconds=left_s
        )
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        try:
            connection.connect()
            connection.wait_at_most(limits.SILENCE_S)
            connection.request("GET", target, headers=build_headers(headers))
            return Answer(address, connection, connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise explain(error, address, late=connection.was_cut) from error


def build_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        "User-Agent": f"OpenCity-geoportal/{get_version()} (+{settings.SITE_URL})",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **headers,
    }


@cache
def get_version() -> str:
    path = Path(settings.BASE_DIR) / "pyproject.toml"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])


def explain(error: Exception, address: str, *, late: bool) -> RemoteFailure:
    shown = {"address": show_address(address)}
    if isinstance(error, ssl.SSLCertVerificationError):
        return RemoteFailure(
            _("The certificate of the server is not valid: %(address)s.") % shown, final=True
        )
    if late or isinstance(error, TimeoutError):
        return RemoteFailure(_("The server takes too long to answer: %(address)s.") % shown)
    return RemoteFailure(_("The server cannot be reached: %(address)s.") % shown)


def require_found(answer: Answer) -> None:
    """Raises `RemoteFailure` for what is no success; asking again helps where the server fails."""
    if 200 <= answer.status < 300:
        return
    shown = {"status": answer.status, "address": show_address(answer.address)}
    if answer.status >= 500 or answer.status in BUSY:
        given = answer.headers.get("Retry-After", "")
        wait_s = min(int(given), limits.RETRY_AFTER_S_MAX) if given.isdigit() else None
        raise RemoteFailure(
            _("The server answers with an error (%(status)s): %(address)s.") % shown,
            retry_after_s=wait_s,
        )
    if answer.status in (401, 403):
        words = _("The server lets nobody in without a key (%(status)s): %(address)s.")
    elif answer.status in (404, 410):
        words = _("There is nothing at the address (%(status)s): %(address)s.")
    else:
        words = _("The server answers with an error (%(status)s): %(address)s.")
    raise RemoteFailure(words % shown, final=True)
