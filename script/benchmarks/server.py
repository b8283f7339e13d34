"""A real web process to ask, and a connection that is kept open as browsers keep it."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIB = Path(__file__).resolve().parent.parent / "lib"


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


@contextmanager
def run_server() -> Iterator[Visitor]:
    port = int(
        subprocess.run(
            [sys.executable, LIB / "free_port.py"], check=True, capture_output=True, text=True
        ).stdout
    )
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    process = subprocess.Popen(
        [*granian, "--workers", "1", "--blocking-threads", "2", "geoportal.wsgi:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        visitor = Visitor(port)
        wait_until_ready(visitor)
        yield visitor
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_ready(visitor: Visitor) -> None:
    for _ in range(150):
        try:
            if visitor.get("/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web process did not start")
