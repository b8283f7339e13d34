"""What a command takes: time, processor time with that of the database, memory of all processes."""

import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.db import connection

LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Weight:
    """`memory_mb`: at the highest, pages that processes share counted once; `largest_mb`: most
    that one process had, with what it shares. `busy_s`: of processors, also by the database, which
    on a machine that others use says more than `seconds`."""

    seconds: float
    busy_s: float
    memory_mb: float
    largest_mb: float
    output: str


def weigh(command: Sequence[str]) -> Weight:
    """Raises `CalledProcessError`. Memory of the database's own processes is not counted."""
    database_before_s = measure_database_s()
    busy: dict[int, float] = {}
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        memory_mb = largest_mb = 0.0
        while process.poll() is None:
            table = read_processes()
            family = list_family(process.pid, table)
            busy |= {pid: table[pid].busy_s for pid in family if pid in table}
            sizes = [measure(pid) for pid in family]
            memory_mb = max(memory_mb, sum(shared for shared, _whole in sizes))
            largest_mb = max([largest_mb, *(whole for _shared, whole in sizes)])
            time.sleep(LOOK_EVERY_S)
        seconds = time.perf_counter() - started
        output.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        busy_s = sum(busy.values()) + measure_database_s() - database_before_s
        return Weight(seconds, busy_s, memory_mb, largest_mb, output.read())


class Process(NamedTuple):
    """A row of the kernel's table. `children_s`: of processors, by children that have ended."""

    parent: int
    busy_s: float
    children_s: float


def read_processes() -> dict[int, Process]:
    tick_s = 1 / os.sysconf("SC_CLK_TCK")
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = Path(folder, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it has ended
            cells = status.rpartition(")")[2].split()
            own, theirs = (sum(map(int, cells[at : at + 2])) * tick_s for at in (11, 13))
            found[int(folder.name)] = Process(int(cells[1]), own, theirs)
    return found


def measure_database_s() -> float:
    """Of processors, by the server and all its processes since it started."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    table = read_processes()
    if backend not in table:
        return 0.0  # on another machine
    server = table[backend].parent
    living = sum(each.busy_s for each in table.values() if each.parent == server)
    return table[server].busy_s + table[server].children_s + living


def list_family(root: int, table: dict[int, Process]) -> list[int]:
    """A process, its children, theirs, and so on."""
    children = defaultdict(list)
    for pid, each in table.items():
        children[each.parent].append(pid)
    family = [root]
    for pid in family:
        family += children[pid]
    return family


def measure(pid: int) -> tuple[float, float]:
    """Megabytes: its share of the pages that it has, and all of them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return 0.0, 0.0  # it has ended
    sizes = {
        name: int(rest.split()[0]) / 1024 for name, _, rest in (x.partition(":") for x in lines)
    }
    return sizes.get("Pss", 0.0), sizes.get("Rss", 0.0)
