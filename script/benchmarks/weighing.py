"""How long a command takes, and how much memory all its processes hold at once."""

import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Weight:
    """`memory_mb`: at the highest, pages that processes share counted once; `largest_mb`: most
    that one process had, with what it shares."""

    seconds: float
    memory_mb: float
    largest_mb: float
    output: str


def weigh(command: Sequence[str]) -> Weight:
    """Raises `CalledProcessError`. The database's own processes are none of the command's."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        memory_mb = largest_mb = 0.0
        while process.poll() is None:
            sizes = [measure(pid) for pid in list_family(process.pid)]
            memory_mb = max(memory_mb, sum(shared for shared, _whole in sizes))
            largest_mb = max([largest_mb, *(whole for _shared, whole in sizes)])
            time.sleep(LOOK_EVERY_S)
        seconds = time.perf_counter() - started
        output.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Weight(seconds, memory_mb, largest_mb, output.read())


def list_family(root: int) -> list[int]:
    """A process, its children, theirs, and so on."""
    children = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = Path(folder, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it has ended
            children[int(status.rpartition(")")[2].split()[1])].append(int(folder.name))
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
