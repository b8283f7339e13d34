"""A lock of the session on something with a number, as a process holds it while it works."""

from typing import ClassVar

from django.db import connection


class SessionLock:
    """An advisory lock of PostgreSQL; it falls with the process, however that ends.

    `SPACE`: of the subject, four letters as a number, so that subjects do not meet.
    """

    SPACE: ClassVar[int]

    def __init__(self, number: int) -> None:
        self._names = [self.SPACE, number]

    def take(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self._names)
            return bool(cursor.fetchone()[0])

    def release(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._names)
