"""What a process that reads a stranger's file may use; the kernel holds it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReadingLimits:
    """`memory_bytes` beyond what the process has when it starts; `silence_s` for one answer."""

    memory_bytes: int
    silence_s: float
    cpu_s: int
    files: int
    file_bytes: int


def hold_back(limits: ReadingLimits) -> None:
    """This process, from now on."""
    for kind, most in (
        (resource.RLIMIT_AS, measure_address_space() + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def measure_address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


@contextmanager
def answer_in_time(silence_s: float) -> Iterator[None]:
    """The kernel ends the process otherwise, whatever native code it is in."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, silence_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
