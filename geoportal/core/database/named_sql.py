"""Named SQL: one statement a file in `<package>/sql/<name>.sql`, read once, values bound."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, cast

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


@cache
def load_sql(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`; raises `FileNotFoundError` for a wrong name."""
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def execute_sql(
    cursor: CursorWrapper, package: str, name: str, values: Mapping[str, object] | None = None
) -> None:
    """Run named SQL; what the file's head lists as its inputs is bound from `values`."""
    cursor.execute(load_sql(package, name), cast("Mapping[str, Any] | None", values))


def write_sql(package: str, name: str, values: Mapping[str, object]) -> str:
    """Named SQL with its values in it, to stand inside another statement."""
    with connection.cursor() as cursor:
        return str(cursor.mogrify(load_sql(package, name), values).decode())


@contextmanager
def bounded_cursor(seconds: int) -> Iterator[CursorWrapper]:
    """A cursor whose statements the server ends after so many seconds (`OperationalError`)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        yield cursor
