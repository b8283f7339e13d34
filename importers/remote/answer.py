"""The answer of a server: read once, piece by piece, never more than is allowed."""

import http.client
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

from django.utils.translation import gettext as _

from importers.remote.address import show_address
from importers.remote.connection import PinnedConnection
from importers.remote.errors import RemoteFailure, UnusableAddress

PIECE = 1 << 16
HEAD_BYTES = 4096
GZIP = 16 + zlib.MAX_WBITS


class Answer:
    """`address`: where it came from, after redirects. Closed by whoever opened it."""

    def __init__(
        self, address: str, connection: PinnedConnection, response: http.client.HTTPResponse
    ) -> None:
        self.address = address
        self.status = response.status
        self.headers: Message = response.headers
        self._connection = connection
        self._response = response
        self._started = b""

    @property
    def media_type(self) -> str:
        return str(self.headers.get_content_type())

    def head(self) -> bytes:
        """The first bytes, which `pieces` still gives."""
        if not self._started:
            self._pieces = self._read()
            while len(self._started) < HEAD_BYTES and (piece := next(self._pieces, b"")):
                self._started += piece
        return self._started

    def pieces(self) -> Iterator[bytes]:
        """All of it, as it was before it was packed for the way.

        Raises `RemoteFailure` where the answer ends too early or too late.
        """
        yield self.head()
        yield from self._pieces

    def read(self, limit: int) -> bytes:
        """Raises `UnusableAddress` where it is longer."""
        found = bytearray()
        for piece in self.pieces():
            found += piece
            require_size(len(found), limit)
        return bytes(found)

    def read_at_most(self, limit: int) -> tuple[bytes, bool]:
        """As much of it, and whether that is all."""
        found = bytearray()
        for piece in self.pieces():
            found += piece
            if len(found) > limit:
                return bytes(found[:limit]), False
        return bytes(found), True

    def save(self, path: Path, limit: int, on_piece: Callable[[], None] = lambda: None) -> int:
        """Into a file; its size. `on_piece` may raise to stop it. Raises as `read`."""
        size = 0
        with path.open("wb") as file:
            for piece in self.pieces():
                on_piece()
                size += len(piece)
                require_size(size, limit)
                file.write(piece)
        return size

    def close(self) -> None:
        self._response.close()
        self._connection.close()

    def _read(self) -> Iterator[bytes]:
        packed = self.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
        try:
            yield from unpack(self._receive()) if packed else self._receive()
        except TimeoutError as error:
            raise self._fail_late() from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if self._connection.was_cut:
                raise self._fail_late() from error
            raise self._fail_short() from error

    def _receive(self) -> Iterator[bytes]:
        while piece := self._response.read1(PIECE):
            yield piece
        if self._connection.was_cut:
            raise self._fail_late()
        if self._response.length:  # of what was promised so much is missing
            raise self._fail_short()

    def _fail_late(self) -> RemoteFailure:
        return RemoteFailure(
            _("The server takes too long to answer: %(address)s.")
            % {"address": show_address(self.address)}
        )

    def _fail_short(self) -> RemoteFailure:
        return RemoteFailure(
            _("The answer broke off before its end: %(address)s.")
            % {"address": show_address(self.address)}
        )


def unpack(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Never much at once, however well it was packed."""
    unpacker = zlib.decompressobj(GZIP)
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            if more := unpacker.decompress(rest, PIECE):
                yield more
            rest = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise zlib.error


def require_size(size: int, limit: int) -> None:
    if size > limit:
        raise UnusableAddress(
            _("The answer is larger than the %(limit)s MB that are taken.")
            % {"limit": max(limit >> 20, 1)}
        )
