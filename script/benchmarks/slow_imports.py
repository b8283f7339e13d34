"""An import into a database that is stopped most of the time: nobody may run ahead of it."""

import os
import signal
import threading
import time
from contextlib import suppress

from django.db import connection

from script.benchmarks.data import access_points
from script.benchmarks.imports import NEW, forget_layer, tell, weigh_import
from script.benchmarks.measure import Result

STOPPED_S, GOING_S = 0.4, 0.1


def run(rows: int) -> list[Result]:
    path, changed = access_points(rows), access_points(rows, changed=0.01)
    forget_layer()
    with SlowDatabase():
        first = weigh_import(path, *NEW)
        again = weigh_import(changed, "--key", "uid")
    return [
        Result("first import, slow database", first.seconds, note=tell(first, 500)),
        Result("re-import, slow database", again.seconds, note=tell(again, 500)),
    ]


class SlowDatabase:
    """Stops each server process that copies for four fifths of the time, by signals."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.is_set():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pid FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND query LIKE 'COPY%%' AND state = 'active'"
                )
                copying = [pid for (pid,) in cursor.fetchall()]
            for number, pause_s in ((signal.SIGSTOP, STOPPED_S), (signal.SIGCONT, GOING_S)):
                for pid in copying:
                    with suppress(ProcessLookupError):
                        os.kill(pid, number)
                time.sleep(pause_s)
        connection.close()
