"""Tables of one import: its rows as encoded once, and what they would change. Both are unlogged.

Jobs name them by temporary views, so that statements stand in files: `importers_incoming` is the
rows that were not refused, `importers_filling` the partition of differences.
"""

import re

from django.db import connection
from django.db.backends.utils import CursorWrapper

ROWS, DIFFERENCE = "importers_rows", "importers_difference"
INCOMING, FILLING = "importers_incoming", "importers_filling"
OF_IMPORT = re.compile(rf"(?:{ROWS}|{DIFFERENCE})_([0-9]+)")
VIEWS = f"DROP VIEW IF EXISTS pg_temp.{INCOMING}, pg_temp.{FILLING}"


def name_rows(import_id: int) -> str:
    return f"{ROWS}_{int(import_id)}"


def name_difference(import_id: int) -> str:
    return f"{DIFFERENCE}_{int(import_id)}"


def create_rows(cursor: CursorWrapper, import_id: int) -> str:
    """An empty table for rows as text; what was there is gone. Its name."""
    name = name_rows(import_id)
    drop_tables(cursor, import_id)
    cursor.execute(
        f"CREATE UNLOGGED TABLE {name} (key text NOT NULL, geom text, properties text NOT NULL,"
        " internal text, refused boolean NOT NULL DEFAULT false)"
    )
    return name


def create_difference(cursor: CursorWrapper, import_id: int) -> None:
    """An empty table beside the others, to be filled and then attached."""
    name = name_difference(import_id)
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    cursor.execute(
        f"CREATE UNLOGGED TABLE {name} (LIKE {DIFFERENCE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
    )


def attach_difference(cursor: CursorWrapper, import_id: int) -> None:
    """With its indexes, built now."""
    name = name_difference(import_id)
    cursor.execute(f"ALTER TABLE {DIFFERENCE} ATTACH PARTITION {name} FOR VALUES IN ({import_id})")
    cursor.execute(f"ANALYZE {name}")


def open_views(cursor: CursorWrapper, import_id: int) -> None:
    """For this session, until `close_views`."""
    close_views(cursor)
    cursor.execute(
        f"CREATE TEMPORARY VIEW {INCOMING} AS SELECT key, geom, properties, internal"  # noqa: S608
        f" FROM {name_rows(import_id)} WHERE NOT refused"
    )
    cursor.execute(f"CREATE TEMPORARY VIEW {FILLING} AS TABLE {name_difference(import_id)}")


def close_views(cursor: CursorWrapper) -> None:
    cursor.execute(VIEWS)


def count_rows(cursor: CursorWrapper, table: str) -> int:
    """How many there are; 0 where the table is not there."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
    if not cursor.fetchone()[0]:
        return 0
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  a name of ours
    return int(cursor.fetchone()[0])


def drop_tables(cursor: CursorWrapper, import_id: int) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {name_rows(import_id)}, {name_difference(import_id)}")


def list_imports_with_tables() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'importers_%%'"
        )
        found = [OF_IMPORT.fullmatch(name) for (name,) in cursor.fetchall()]
    return {int(match[1]) for match in found if match}
