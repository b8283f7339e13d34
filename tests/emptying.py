"""Gives back the database as it was kept, after a test that committed.

Django's `flush` empties every table, each partition of a layer too, and makes content types and
permissions anew: a second or more after each test in the browser. A test fills a few tables, so
only those are emptied here, partitions of its layers go, and rows that stood before come from a
copy: those of migrations, or of the worlds that the test has asked for.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

PARTITIONS = """
    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'layers_feature'::regclass
"""
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


@dataclass(frozen=True)
class KeptRows:
    """A copy of all rows, in a schema of its own, and the partitions of layers that stood then.

    `columns`: of each table in it, but for those that the database computes.
    """

    schema: str
    partitions: frozenset[str]
    columns: dict[str, str]

    @classmethod
    def keep(cls, schema: str) -> "KeptRows":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}")
            columns = {table: _list_columns(cursor, table) for table in _list_filled(cursor)}
            for table, named in columns.items():
                cursor.execute(f"CREATE TABLE {schema}.{table} AS SELECT {named} FROM {table}")
            return cls(schema, _list_partitions(cursor), columns)

    def restore(self) -> bool:
        """False where that cannot be, as a layer is gone with its partition; none of the rows is
        then left. Triggers do not see it."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            standing = _list_partitions(cursor)
            for partition in standing - self.partitions:
                cursor.execute(f"DROP TABLE {partition}")
            for table in _list_filled(cursor):
                cursor.execute(f"DELETE FROM {table}")
            if not standing >= self.partitions:
                return False
            for table, named in self.columns.items():
                cursor.execute(f"INSERT INTO {table} ({named}) TABLE {self.schema}.{table}")
        return True

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {self.schema} CASCADE")


def commit_aside(write: Callable[[], object]) -> None:
    """Write by another connection, while the test's own transaction is open."""

    def write_and_leave() -> None:
        try:
            write()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(write_and_leave).result()


def _list_partitions(cursor: CursorWrapper) -> frozenset[str]:
    cursor.execute(PARTITIONS)
    return frozenset(name for (name,) in cursor.fetchall())


def _list_columns(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(COLUMNS, [table])
    (named,) = cursor.fetchone()
    return str(named)


def _list_filled(cursor: CursorWrapper) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE {table})" for table in tables)
    )
    return [table for (table,) in cursor.fetchall()]
