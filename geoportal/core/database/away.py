"""Whether the database is gone, or only one question to it went wrong."""

from django.db import Error, connection


def is_database_away() -> bool:
    """Asked after an error outside of a transaction: a new connection cannot be had."""
    if connection.in_atomic_block:
        return False
    try:
        connection.close()
        connection.ensure_connection()
    except Error:
        return True
    return False
