"""What a vector tile is made of: sources, each one MVT layer of it as one actor sees it.

A source says in SQL how the version of a tile is found and how its bytes are made; both run in one
statement, so in one snapshot: bytes are never kept under a version that is not their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from tiles.grid import Tile


class TileSource(Protocol):
    """One MVT layer of any tile, as one actor sees it."""

    @property
    def name(self) -> str:
        """Of the layer inside the tile; no two sources of one tile share it."""

    @property
    def is_shared(self) -> bool:
        """Caches that many people share may hold its bytes."""

    @property
    def variant(self) -> str:
        """All that the bytes depend on beside name, tile and version: visibilities, a filter."""

    def write_version(self, tile: Tile) -> str:
        """A scalar expression of SQL with its values in it: text, another one as soon as
        anything changed that the tile may show.
        """

    def write_bytes(self, tile: Tile) -> str:
        """A scalar expression of SQL with its values in it: `bytea`, MVT, empty for nothing."""

    def write_left_out(self, tile: Tile) -> str:
        """A scalar expression of SQL with its values in it: how many features that the actor sees
        are not in the tile because it draws no more of them.
        """

    def lighten(self, share: float) -> "TileSource":
        """The same without attributes that nothing is drawn by, and with this share (0 to 1) of
        the features; itself, where tiles cannot be too heavy.
        """


@dataclass(frozen=True)
class BuiltTile:
    """`versions` and `left_out` (numbers of features) by source, in their order; `body`:
    uncompressed MVT, empty for an empty tile.
    """

    versions: tuple[str, ...]
    body: bytes
    left_out: tuple[int, ...]


def read_versions(tile: Tile, sources: Sequence[TileSource], *further: str) -> tuple[str, ...]:
    """The versions of the tile now, by source, and the values of further expressions; one round
    trip, nothing is built.
    """
    return read_expressions([*(source.write_version(tile) for source in sources), *further])


def read_expressions(expressions: Sequence[str]) -> tuple[str, ...]:
    """Scalar expressions of SQL, as text, in one snapshot."""
    return tuple(map(str, _select(expressions)))


def read_tile(
    tile: Tile, sources: Sequence[TileSource], *, seconds_max: float | None = None
) -> BuiltTile:
    """The tile and the versions that it is of, read in one snapshot.

    Layers of a tile are simply put one after another (MVT 2.1, 4.1). Raises `OperationalError`
    where that takes longer than `seconds_max`.
    """
    versions = [source.write_version(tile) for source in sources]
    left_out = [source.write_left_out(tile) for source in sources]
    body = " || ".join(f"({source.write_bytes(tile)})" for source in sources)
    bound = f"SET LOCAL statement_timeout = {seconds_max * 1000:.0f};" if seconds_max else ""
    *found, built = _select([*versions, *left_out, body], bound)
    count = len(sources)
    return BuiltTile(tuple(map(str, found[:count])), bytes(built), tuple(found[count:]))


def _select(expressions: Sequence[str], before: str = "") -> Sequence[Any]:
    """One row. No values are given apart, so a per cent sign stands for itself.

    A statement `before` goes in the same message: in the same transaction and round trip.
    """
    with connection.cursor() as cursor:
        listed = ", ".join(f"({expression})" for expression in expressions)
        cursor.execute(f"{before} SELECT {listed}")
        row: Sequence[Any] = cursor.fetchone()
        return row
