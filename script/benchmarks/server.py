"""A real web process to ask, and a connection that is kept open as browsers keep it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Visitor:
    """Asks over one kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str]:
        """Status, body and entity tag."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers=named)
        response = self._connection.getresponse()
        return response.status, response.read(), response.headers.get("ETag", "")

    def close(self) -> None:
        """Hang up; the next question opens a new connection."""
        self._connection.close()


@contextmanager
def run_server(**settings: str) -> Iterator[Visitor]:
    """`settings`: variables of its environment beside ours."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    process = subprocess.Popen(
        [*granian, "--workers", "1", "--blocking-threads", "2", "geoportal.wsgi:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | settings,
    )
    visitor = Visitor(port)
    try:
        wait_until_live(visitor)
        yield visitor
    finally:
        visitor.close()
        process.terminate()
        process.wait(timeout=30)


def wait_until_live(visitor: Visitor, path: str = "/livez") -> None:
    for _ in range(150):
        try:
            if visitor.get(path)[0] == 200:
                return
        except OSError:
            visitor.close()
            time.sleep(0.2)
    raise RuntimeError("the web process did not start")
