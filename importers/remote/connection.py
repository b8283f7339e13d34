"""One request to a server that the guard permits, over a connection to the very number it found."""

import http.client
import socket
import ssl
from contextlib import suppress
from threading import Timer

from django.utils.translation import gettext as _

from importers.remote import limits
from importers.remote.errors import RemoteFailure


class PinnedConnection(http.client.HTTPConnection):
    """Goes to `numbers`, whatever the name of the host means by now; TLS still proves the name.

    After `seconds` it is cut, whatever the server is doing: one byte a minute is no answer.
    """

    def __init__(
        self, host: str, port: int, numbers: list[str], *, secure: bool, seconds: float
    ) -> None:
        super().__init__(host, port)
        self._numbers = numbers
        self._secure = secure
        self._timer = Timer(max(seconds, 0.1), self._cut)
        self._timer.daemon = True
        self.was_cut = False

    def connect(self) -> None:
        self._timer.start()
        self.sock = self._reach()
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def _reach(self) -> socket.socket:
        failure: OSError | None = None
        for number in self._numbers:
            try:
                return socket.create_connection((number, self.port), timeout=limits.CONNECT_S)
            except OSError as error:
                failure = error
        raise failure or RemoteFailure(_("The server does not answer."))

    def wait_at_most(self, seconds: float) -> None:
        """For each piece of the answer."""
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def close(self) -> None:
        self._timer.cancel()
        super().close()

    def _cut(self) -> None:
        self.was_cut = True
        sock = self.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
