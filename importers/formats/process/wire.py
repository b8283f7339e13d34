"""Messages between the importer and the process that reads: a JSON document and bytes beside it.

What comes from the reading process is never unpickled: it has read a stranger's file. Nor is any
number of it believed: memory is taken as bytes come, and who sends nothing is not waited for.
"""

import json
import socket
import struct
import time
from typing import Any

HEADER = struct.Struct("<IQ")
DOCUMENT_BYTES_MAX = 256 << 20
PAYLOAD_BYTES_MAX = 1 << 30
STEP_BYTES = 32 << 20
# A message that has begun comes from memory: slower than this, nobody is sending it.
GRACE_S = 60.0
SLOWEST_BYTES_S = 1 << 20
Document = dict[str, Any]


class Broken(Exception):
    """There is no going on with the other side."""


class Closed(Broken):
    """It is gone."""


class Stalled(Broken):
    """It is there and sends nothing, or next to nothing."""


class Malformed(Broken):
    """What it sent is no message."""


class Oversized(Broken):
    """It says that it is going to send more than there may be."""


def send(channel: socket.socket, document: Document, payload: bytes | memoryview = b"") -> None:
    text = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    try:
        channel.sendall(HEADER.pack(len(text), len(payload)))
        channel.sendall(text)
        if len(payload):
            channel.sendall(payload)
    except OSError as error:
        raise Closed from error


def receive(channel: socket.socket, wait_s: float | None = None) -> tuple[Document, memoryview]:
    """The next message. Raises `Broken`, of which kind it was.

    `wait_s`: how long it may take to begin; without it the other side is trusted.
    """
    text_bytes, payload_bytes = HEADER.unpack(take(channel, HEADER.size, find_end(wait_s)))
    if text_bytes > DOCUMENT_BYTES_MAX or payload_bytes > PAYLOAD_BYTES_MAX:
        raise Oversized
    size = text_bytes + payload_bytes
    until = find_end(None if wait_s is None else GRACE_S + size / SLOWEST_BYTES_S)
    text = take(channel, text_bytes, until)
    try:
        document = json.loads(bytes(text))
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(document, dict):
        raise Malformed
    return document, take(channel, payload_bytes, until)


def find_end(wait_s: float | None) -> float | None:
    return None if wait_s is None else time.monotonic() + wait_s


def take(channel: socket.socket, size: int, until: float | None) -> memoryview:
    """Exactly so many bytes."""
    place = bytearray(min(size, STEP_BYTES))
    filled = 0
    while filled < size:
        if filled == len(place):
            place.extend(bytes(min(STEP_BYTES, size - filled)))
        filled += fill(channel, place, filled, until)
    return memoryview(place)


def fill(channel: socket.socket, place: bytearray, filled: int, until: float | None) -> int:
    left = None if until is None else until - time.monotonic()
    if left is not None and left <= 0:
        raise Stalled
    channel.settimeout(left)
    try:
        with memoryview(place) as whole, whole[filled:] as rest:
            count = channel.recv_into(rest)
    except TimeoutError as error:
        raise Stalled from error
    except OSError as error:
        raise Closed from error
    finally:
        channel.settimeout(None)
    if not count:
        raise Closed
    return count
