"""One tile as it is kept: its bytes in one content coding, and what a reader must know of them."""

import struct
from dataclasses import dataclass, field

import orjson
from isal import isal_zlib

# Mark of the format, CRC-32 of all that follows, length of the description.
HEAD = struct.Struct("<4sII")
MARK = b"tile"


@dataclass(frozen=True)
class Entry:
    """`coding`: as in `Content-Encoding`, or `identity`; `headers`: further ones of the answer."""

    body: bytes
    coding: str
    headers: dict[str, str] = field(default_factory=dict)


def pack(entry: Entry) -> bytes:
    described = orjson.dumps({"coding": entry.coding, "headers": entry.headers})
    rest = described + entry.body
    return HEAD.pack(MARK, isal_zlib.crc32(rest), len(described)) + rest


def unpack(data: bytes) -> Entry | None:
    """`None` for what was torn, as a file after the power went."""
    if len(data) < HEAD.size:
        return None
    mark, checksum, length = HEAD.unpack_from(data)
    rest = memoryview(data)[HEAD.size :]
    if mark != MARK or isal_zlib.crc32(rest) != checksum:
        return None
    described = orjson.loads(rest[:length])
    return Entry(bytes(rest[length:]), described["coding"], described["headers"])
