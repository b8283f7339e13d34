"""Say why a server could not listen on an address and port; print nothing when it could.

Run by the system's own Python, before anything is installed: `free_port.py ADDRESS PORT`.
"""

import errno
import socket
import sys


def reason_not_to_listen(address: str, port: int) -> str:
    reasons = {
        errno.EADDRINUSE: f"port {port} is busy: another program listens there. Stop it,",
        errno.EACCES: f"port {port} may be opened by root only. Run this as root,",
        errno.EADDRNOTAVAIL: f"this machine does not have the address {address}. Correct HOST,",
    }
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            probe.listen()
    except OSError as error:
        return reasons.get(
            error.errno or 0, f"{address}:{port} cannot be opened ({error}). Correct HOST,"
        )
    return ""


if __name__ == "__main__":
    print(reason_not_to_listen(sys.argv[1], int(sys.argv[2])), end="")
