"""Keeps the log of counted points short."""

from django.db import connection

from geoportal.core.database.named_sql import execute_sql


def fold_cells() -> int:
    """How many cells were added up. What they hold stays as it is, and writers do not wait."""
    with connection.cursor() as cursor:
        execute_sql(cursor, "tiles", "fold_cells")
        return int(cursor.rowcount)
