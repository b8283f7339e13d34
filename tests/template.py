"""A database with every migration applied, made once and cloned by each process that tests.

Migrations cost seconds in every process; a copy of what they leave costs a fifth of one. The
template's name bears a hash of all that the migrations do, so that a later run finds it too.
Django runs `migrate` on the clone: nothing is left to apply, receivers of `post_migrate` are told.
"""

import inspect
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.signals import post_migrate

ROOT = Path(settings.BASE_DIR)
# What a migration or a receiver of `post_migrate` may read, below the folder of an app.
SOURCES = ("migrations/**/*.py", "**/*.sql", "**/*.md", "**/*.toml")
# Held while the template is looked for and made; one for a cluster of PostgreSQL.
LOCK = 7_415_200_311


def find_template() -> str:
    """The name of the template, which is made now when it is not there; older ones are dropped."""
    family = f"template_of_{connection.settings_dict['NAME']}_"
    name = f"{family}{hash_migrations()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        standing = list_databases(cursor, family)
        if name not in standing:
            for each in standing:
                cursor.execute(f'DROP DATABASE "{each}"')
            make_template(cursor, name)
    return name


def make_template(cursor: CursorWrapper, name: str) -> None:
    """It gets its name when it is whole: one whose making was interrupted is made anew."""
    unfinished = f"{name}_unfinished"
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    connection.close()
    with patch.dict(connection.settings_dict, NAME=unfinished):
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def list_databases(cursor: CursorWrapper, family: str) -> list[str]:
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        " AND substr(datname, length(%s) + 1) ~ '^[0-9a-f]{16}(_unfinished)?$'",
        [family, family],
    )
    return [name for (name,) in cursor.fetchall()]


def hash_migrations() -> str:
    digest = sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(set(list_sources())):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def list_sources() -> Iterator[Path]:
    """Files of ours that decide what stands in a database after `migrate`."""
    for app in apps.get_app_configs():
        if is_ours(folder := Path(app.path)):
            for pattern in SOURCES:
                yield from folder.glob(pattern)
    for receiver in list_receivers():
        if is_ours(path := Path(inspect.getfile(receiver))):
            yield path


def list_receivers() -> Iterator[Any]:
    for app in apps.get_app_configs():
        yield from post_migrate._live_receivers(sender=app)[0]


def is_ours(path: Path) -> bool:
    """Packages of others lie in `.venv`, whose versions `requirements.txt` says."""
    return path.is_relative_to(ROOT) and not path.relative_to(ROOT).parts[0].startswith(".")
