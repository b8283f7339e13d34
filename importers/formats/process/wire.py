"""Messages between the importer and the process that reads: a JSON document and bytes beside it.

What comes from the reading process is never unpickled: it has read a stranger's file.
"""

import json
import socket
import struct
from typing import Any

HEADER = struct.Struct("<IQ")
DOCUMENT_BYTES_MAX = 256 << 20
PAYLOAD_BYTES_MAX = 4 << 30
Document = dict[str, Any]


class Closed(Exception):
    """The other side is gone."""


def send(channel: socket.socket, document: Document, payload: bytes | memoryview = b"") -> None:
    text = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    try:
        channel.sendall(HEADER.pack(len(text), len(payload)))
        channel.sendall(text)
        if len(payload):
            channel.sendall(payload)
    except OSError as error:
        raise Closed from error


def receive(channel: socket.socket) -> tuple[Document, memoryview]:
    """Waits for the next message. Raises `Closed`, also for what is none."""
    text_bytes, payload_bytes = HEADER.unpack(take(channel, HEADER.size))
    if text_bytes > DOCUMENT_BYTES_MAX or payload_bytes > PAYLOAD_BYTES_MAX:
        raise Closed
    document = json.loads(bytes(take(channel, text_bytes)))
    return document, take(channel, payload_bytes)


def take(channel: socket.socket, size: int) -> memoryview:
    """Exactly so many bytes."""
    place = memoryview(bytearray(size))
    filled = 0
    while filled < size:
        try:
            count = channel.recv_into(place[filled:])
        except OSError as error:
            raise Closed from error
        if not count:
            raise Closed
        filled += count
    return place
