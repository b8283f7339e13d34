"""Gives back the database as the migrations left it, after a test that committed.

Django's `flush` empties every table, each partition of a layer too, and makes content types and
permissions anew: a second or more after each test in the browser. A test fills a few tables, so
only those are emptied here, partitions of its layers go, and rows of migrations come from a copy.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

from tests.standing import STAGE

COPY = "as_migrated"
PARTITIONS = """
    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'layers_feature'::regclass
"""


def keep_migrated_rows() -> None:
    """Copy what the migrations wrote; called once, before the first test."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {COPY}")
        for table in _list_filled(cursor):
            cursor.execute(f"CREATE TABLE {COPY}.{table} AS TABLE {table}")


@contextmanager
def committed(blocker: Any, write: Callable[[], None]) -> Iterator[None]:
    """What is written stands for all tests of a file that ask another process about it.

    Their own transactions stay empty. None of them commits by itself: all of it would go.
    """
    with blocker.unblock():
        STAGE.clear()
        write()
    yield
    with blocker.unblock():
        restore_migrated_rows()


def commit_aside(write: Callable[[], object]) -> None:
    """Write by another connection, while the test's own transaction is open."""

    def write_and_leave() -> None:
        try:
            write()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(write_and_leave).result()


def restore_migrated_rows(case: TransactionTestCase | None = None) -> None:
    """In place of `TransactionTestCase._fixture_teardown`. Triggers do not see it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(PARTITIONS)
        for (partition,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE {partition}")
        for table in _list_filled(cursor):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [COPY])
        for (table,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {table} TABLE {COPY}.{table}")


def _list_filled(cursor: CursorWrapper) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE {table})" for table in tables)
    )
    return [table for (table,) in cursor.fetchall()]
