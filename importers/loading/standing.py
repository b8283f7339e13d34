"""Rows of a file that stand in the layer already, recognised before they are loaded.

Most of a re-import is unchanged. PostgreSQL prints the rows of the layer as COPY does, the file's
rows are spelled the same way, and lines are compared by 64-bit hashes with a key of their own in
each process: a million rows take 8 MB. Two different lines share a hash once in 10⁷ imports of a
million rows. A line that is spelled differently is compared by the database, exactly.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from importers.loading.digests import Digests
from importers.sources import BoolArray, IntArray

# Smaller files, and files much smaller than the layer, are looked up by the index of keys.
RECOGNISED_FROM_ROWS = 20_000
SHARE_OF_LAYER = 0.2
ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
ESCAPED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


@dataclass
class StandingRows:
    """What a layer holds; psycopg2 writes its lines here. Keys are kept where asked for.

    Until `read` was called nothing is known to stand.
    """

    with_keys: bool = False
    was_read: bool = False
    keys: list[bytes] = field(default_factory=list)
    unchanged: int = 0

    def __post_init__(self) -> None:
        self._hashes = array("q")
        self._sorted = np.empty(0, np.int64)
        self._named: list[IntArray] = []

    def write(self, line: bytes) -> None:
        self._hashes.append(hash(line))
        if self.with_keys:
            self.keys.append(line[: line.index(b"\t")])

    def read(self, partition: str, columns: str) -> None:
        """All rows of a layer. `columns`: those that lines of a file hold, key first."""
        table = connection.ops.quote_name(partition)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", self)
        self._sorted = np.sort(np.frombuffer(self._hashes, dtype=np.int64))
        self.was_read = True

    def drop_from(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Lines of a file that do not stand as they are; the others are counted."""
        if not self.was_read:
            yield from pieces
            return
        for piece in pieces:
            lines = piece.splitlines(keepends=True)
            hashes = np.fromiter(map(hash, lines), np.int64, len(lines))
            known = is_among(hashes, self._sorted)
            self.unchanged += int(known.sum())
            if self.with_keys:
                keys = (hash(line[: line.index(b"\t")]) for line in lines)
                self._named.append(np.fromiter(keys, np.int64, len(lines)))
            yield b"".join([lines[place] for place in np.flatnonzero(~known)])

    def list_unnamed_keys(self) -> list[str]:
        """Once the file was read: keys that stand and that it does not name."""
        named = np.sort(np.concatenate([np.empty(0, np.int64), *self._named]))
        hashes = np.fromiter(map(hash, self.keys), np.int64, len(self.keys))
        places = np.flatnonzero(~is_among(hashes, named))
        return [unescape(self.keys[place]) for place in places]


def is_worth_recognising(partition: str, rows: int) -> bool:
    """Whether reading the whole layer costs less than looking the file's rows up."""
    if rows < RECOGNISED_FROM_ROWS:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [partition])
        return bool(0 < cursor.fetchone()[0] <= rows / SHARE_OF_LAYER)


def is_among(values: IntArray | Digests, ordered: IntArray | Digests) -> BoolArray:
    """Which values are among the sorted ones."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    # In their order, so that each look is near the last one: ten times as fast.
    order = np.argsort(values)
    sought = values[order]
    places = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found = np.empty(len(values), np.bool_)
    found[order] = ordered[places] == sought
    return found


def unescape(cell: bytes) -> str:
    """A cell of COPY's text format as text."""
    return ESCAPE.sub(lambda match: ESCAPED.get(match[1], match[1]), cell).decode()
