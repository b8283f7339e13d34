"""Rows on their way into a layer: the stage, a temporary table filled by COPY."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

import psycopg2
from django.db import connection
from django.db.backends.utils import CursorWrapper

from geoportal.core.database.named_sql import execute_sql

STAGE = "layers_stage"
COLUMNS = "key, geom, properties, internal, visibility"
TABLE_COLUMNS = "key, geom, properties, internal, removed"
TABLE_VALUES = "key, geom, coalesce(properties, '{}'), coalesce(internal, '{}'), removed"
ROWS_A_CHUNK = 2000
NULL = "\\N"
# Before the first tuple (signature, no flags, no extension) and after the last one.
BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
BINARY_END = b"\xff\xff"


class StagedRow(NamedTuple):
    """One row as it shall stand.

    `wkb_hex`: hexadecimal (E)WKB, 2-D, EPSG:4326, lon/lat; `None`: without a place.
    `properties`, `internal`: JSON objects as text, without U+0000.
    `visibility`: `None` keeps what stands (`public` for a new row).
    """

    key: str
    wkb_hex: str | None
    properties: str
    internal: str = "{}"
    visibility: str | None = None


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def encode_row(row: StagedRow, unstated_visibility: str) -> str:
    """One line of COPY's text format (PostgreSQL manual, COPY, File Formats)."""
    key, wkb_hex, properties, internal, visibility = row
    return (
        f"{key.translate(_ESCAPES)}\t{wkb_hex or NULL}\t{properties.translate(_ESCAPES)}\t"
        f"{internal.translate(_ESCAPES)}\t{visibility or unstated_visibility}\n"
    )


@dataclass(frozen=True)
class EncodedRows:
    """Rows that are lines of COPY's text format already, in pieces cut anywhere.

    `columns`: what the cells are, as in `COLUMNS`; those left out get the table's defaults.
    `is_binary`: they are tuples of the binary format, of the table's own types.
    """

    pieces: Iterable[bytes]
    columns: str = COLUMNS
    is_binary: bool = False

    def stream(self) -> Iterator[bytes]:
        """All that COPY reads."""
        if self.is_binary:
            return chain([BINARY_HEAD], self.pieces, [BINARY_END])
        return iter(self.pieces)


def encode_rows(rows: Iterable[StagedRow], unstated_visibility: str) -> Iterator[bytes]:
    """Lines of COPY's text format, a chunk at a time."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_A_CHUNK)):
        yield "".join([encode_row(row, unstated_visibility) for row in chunk]).encode()


class CopyStream:
    """What psycopg2 reads from while it copies; an empty piece does not end it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = filter(None, pieces)
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return next(self._pieces, b"")
        except (Exception, KeyboardInterrupt) as error:
            self.error = error
            raise


def copy_rows(
    cursor: CursorWrapper,
    table: str,
    rows: Iterable[StagedRow] | EncodedRows,
    unstated_visibility: str = NULL,
) -> None:
    """COPY rows into the stage or a partition being built; `cursor.rowcount` tells how many.

    What reading the rows raises is raised here as it is (psycopg2 would hide it in its own).
    """
    encoded = (
        rows
        if isinstance(rows, EncodedRows)
        else EncodedRows(encode_rows(rows, unstated_visibility))
    )
    stream = CopyStream(encoded.stream())
    quoted = connection.ops.quote_name(table)
    options = " (FORMAT binary)" if encoded.is_binary else ""
    try:
        cursor.copy_expert(f"COPY {quoted} ({encoded.columns}) FROM STDIN{options}", stream)
    except psycopg2.Error as error:
        raise (stream.error or error) from None


@dataclass(frozen=True)
class StageQuery:
    """Rows that are in the database: `<package>/sql/<name>.sql` inserts them into the stage."""

    name: str
    values: Mapping[str, object]
    package: str = "layers"


@dataclass(frozen=True)
class TableRows:
    """Rows that wait in a table of their own, with the columns of `TABLE_COLUMNS`.

    `geom` is EPSG:4326; `properties` and `internal` may be null where `removed` is true.
    """

    table: str


RowSource = Iterable[StagedRow] | EncodedRows | StageQuery | TableRows


def fill_stage(cursor: CursorWrapper, rows: RowSource, removed_keys: Iterable[str] = ()) -> int:
    """Empty stage, filled and analysed; it lives until the transaction ends. Returns rows put."""
    execute_sql(cursor, "layers", "create_stage")
    if isinstance(rows, StageQuery):
        execute_sql(cursor, rows.package, rows.name, rows.values)
    elif isinstance(rows, TableRows):
        table = connection.ops.quote_name(rows.table)
        cursor.execute(
            f"INSERT INTO {STAGE} ({TABLE_COLUMNS})"  # noqa: S608  names are quoted
            f" SELECT {TABLE_VALUES} FROM {table}"
        )
    else:
        copy_rows(cursor, STAGE, rows)
    execute_sql(cursor, "layers", "stage_removed", {"keys": list(removed_keys)})
    cursor.execute("ANALYZE layers_stage")
    cursor.execute("SELECT count(*) FROM layers_stage WHERE NOT removed")
    return int(cursor.fetchone()[0])


def insert_rows(cursor: CursorWrapper, partition: str, rows: TableRows) -> None:
    """Into a partition that is being built; `cursor.rowcount` tells how many."""
    into, table = map(connection.ops.quote_name, (partition, rows.table))
    cursor.execute(
        f"INSERT INTO {into} (key, geom, properties, internal)"  # noqa: S608  names are quoted
        f" SELECT key, geom, properties, internal FROM {table} WHERE NOT removed"
    )


def list_repeated_keys(cursor: CursorWrapper) -> list[str]:
    """Some keys that stand in the stage more than once."""
    execute_sql(cursor, "layers", "repeated_keys")
    return [key for (key,) in cursor.fetchall()]
