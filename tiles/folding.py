"""Keeps the record of touched tiles as short as there are tiles, by the clock."""

from django.db import connection, transaction

from geoportal.core.database.named_sql import execute_sql

FOLDING = 0x666F6C64


@transaction.atomic
def fold_touches() -> int:
    """How many tiles were folded; none while another process is at it.

    Versions stay as they are, and nobody waits: writers only add rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLDING])
        if not cursor.fetchone()[0]:
            return 0
        execute_sql(cursor, "tiles", "fold_touches")
        return int(cursor.rowcount)
