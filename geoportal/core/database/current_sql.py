"""Functions, triggers and views of the database stand in files that say what holds now.

`<app>/sql/current/<subject>.sql` holds `CREATE OR REPLACE` statements and nothing else. They run
after every `migrate` of a wholly migrated app, so a change of a function is a change of its file
and no migration repeats it. A migration calls `read_current` where an index needs a function
already.

What `OR REPLACE` cannot do (another signature of a function, other columns of a view, a name that
goes) is dropped by a migration first; the file then makes it anew.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from geoportal.core.database.named_sql import load_sql

# Two processes that migrate at once write the same rows of the system's tables.
APPLYING = 0x63757272
MADE = re.compile(r"^CREATE OR REPLACE (?:FUNCTION|TRIGGER|VIEW) (\w+)", re.MULTILINE)
_unchecked: ContextVar[bool] = ContextVar("nobody looks for drift", default=False)


def list_current_files(app: AppConfig) -> list[Path]:
    """The app's files by name; none for an app without such a folder."""
    return sorted((Path(app.path) / "sql" / "current").glob("*.sql"))


def read_current(app_label: str, subject: str) -> str:
    """The text of one file, for a migration. Raises `LookupError`, `FileNotFoundError`."""
    folder = Path(apps.get_app_config(app_label).path) / "sql" / "current"
    return (folder / f"{subject}.sql").read_text(encoding="utf-8")


def apply_current(app: AppConfig, using: str) -> None:
    """Run the app's files in one transaction, one process at a time."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPLYING])
        for path in list_current_files(app):
            cursor.execute(path.read_text(encoding="utf-8"))


def apply_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: waits until all migrations of the app are there."""
    if list_current_files(sender) and is_migrated(sender.label, using):
        apply_current(sender, using)


def is_migrated(app_label: str, using: str) -> bool:
    """All migrations of the app have been applied."""
    loader = MigrationLoader(connections[using])
    return all(node in loader.applied_migrations for node in loader.graph.leaf_nodes(app_label))


def find_drift(using: str) -> list[str]:
    """What the database holds otherwise than the files say: `name(arguments)`, `trigger on table`
    or a view's name. The files are run and taken back; waits at most five seconds for a lock.
    """
    with transaction.atomic(using):
        before = _read_definitions(connections[using])
        with connections[using].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            for app in apps.get_app_configs():
                for path in list_current_files(app):
                    cursor.execute(path.read_text(encoding="utf-8"))
        after = _read_definitions(connections[using])
        transaction.set_rollback(True, using)
    return sorted(name for name, text in after.items() if before.get(name) != text)


@contextmanager
def without_drift_check() -> Iterator[None]:
    """`migrate` looks for no drift: it is what mends it."""
    token = _unchecked.set(True)
    try:
        yield
    finally:
        _unchecked.reset(token)


@register(Tags.database)
def check_current_sql(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`manage.py check --database default`: somebody changed a function by hand, or a copy was
    restored from an older version.
    """
    if _unchecked.get():
        return []
    return [
        Error(
            f"The database holds another {name} than its file says.",
            hint="Run manage.py migrate: it writes the functions, triggers and views anew.",
            id="geoportal.E004",
        )
        for using in databases or ()
        for name in find_drift(using)
    ]


def _read_definitions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Definitions of what the files make, by what it is called."""
    names = {
        name
        for app in apps.get_app_configs()
        for path in list_current_files(app)
        for name in MADE.findall(path.read_text(encoding="utf-8"))
    }
    with connection.cursor() as cursor:
        cursor.execute(load_sql("geoportal.core.database", "definitions"), {"names": sorted(names)})
        return dict(cursor.fetchall())
