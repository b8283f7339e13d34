"""Rows on their way into a layer: the stage, a temporary table filled by COPY."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import psycopg2
from django.db import connection
from django.db.backends.utils import CursorWrapper

from geoportal.core.sql import execute_sql

STAGE = "layers_stage"
COLUMNS = "key, geom, properties, internal, visibility"
ROWS_A_CHUNK = 2000
NULL = "\\N"


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


class CopyStream:
    """What psycopg2 reads from while it copies: the encoded rows, a chunk at a time."""

    def __init__(self, rows: Iterable[StagedRow], unstated_visibility: str) -> None:
        self._rows = iter(rows)
        self._unstated_visibility = unstated_visibility
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = list(islice(self._rows, ROWS_A_CHUNK))
        except Exception as error:
            self.error = error
            raise
        return "".join([encode_row(row, self._unstated_visibility) for row in chunk]).encode()


def copy_rows(
    cursor: CursorWrapper,
    table: str,
    rows: Iterable[StagedRow],
    unstated_visibility: str = NULL,
) -> None:
    """COPY rows into the stage or a partition being built; `cursor.rowcount` tells how many.

    What reading the rows raises is raised here as it is (psycopg2 would hide it in its own).
    """
    stream = CopyStream(rows, unstated_visibility)
    quoted = connection.ops.quote_name(table)
    try:
        cursor.copy_expert(f"COPY {quoted} ({COLUMNS}) FROM STDIN", stream)
    except psycopg2.Error as error:
        raise (stream.error or error) from None


@dataclass(frozen=True)
class StageQuery:
    """Rows that are in the database: `layers/sql/<name>.sql` inserts them into the stage."""

    name: str
    values: Mapping[str, object]


RowSource = Iterable[StagedRow] | StageQuery


def fill_stage(cursor: CursorWrapper, rows: RowSource, removed_keys: Iterable[str] = ()) -> int:
    """Empty stage, filled and analysed; it lives until the transaction ends. Returns rows put."""
    execute_sql(cursor, "layers", "create_stage")
    if isinstance(rows, StageQuery):
        execute_sql(cursor, "layers", rows.name, rows.values)
    else:
        copy_rows(cursor, STAGE, rows)
    execute_sql(cursor, "layers", "stage_removed", {"keys": list(removed_keys)})
    cursor.execute("ANALYZE layers_stage")
    cursor.execute("SELECT count(*) FROM layers_stage WHERE NOT removed")
    return int(cursor.fetchone()[0])


def list_repeated_keys(cursor: CursorWrapper) -> list[str]:
    """Some keys that stand in the stage more than once."""
    execute_sql(cursor, "layers", "repeated_keys")
    return [key for (key,) in cursor.fetchall()]
