"""Ask a server's /readyz until it answers 200; after the time limit print what it said last.

`await_ready.py ADDRESS PORT TIMEOUT_S ALLOWED_HOSTS`, the last as in GEOPORTAL_ALLOWED_HOSTS.
"""

import http.client
import sys
import time


def ask(address: str, port: int, host: str) -> tuple[int, str]:
    """Return the status, or 0 when nobody answers, and the body or the reason."""
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        response = connection.getresponse()
        return response.status, response.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def main(address: str, port: str, timeout_s: str, allowed_hosts: str) -> int:
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    host = allowed_hosts.split(",")[0].strip().lstrip(".").replace("*", "") or "localhost"
    deadline = time.monotonic() + float(timeout_s)
    status, answer = 0, "no answer"
    while time.monotonic() < deadline:
        status, answer = ask(address, int(port), host)
        if status == 200:
            return 0
        time.sleep(0.1)
    print(f"/readyz says: {status or ''} {answer}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
