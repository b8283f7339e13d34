"""Times and what they are compared with."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """`ours_s` against `theirs_s` (or a bound in seconds), with the target of the design."""

    what: str
    ours_s: float
    theirs_s: float | None = None
    target: str = ""
    note: str = ""

    def render(self, width: int) -> str:
        line = f"{self.what:{width}}  {render_time(self.ours_s):>9}"
        if self.theirs_s is not None:
            ratio = self.ours_s / self.theirs_s
            line += f"  against {render_time(self.theirs_s):>9}  = {ratio:5.2f} x"
        return f"{line}  {self.target}  {self.note}".rstrip()


def render_time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float]:
    """Medians of both, taken by turns so that the machine's moods fall on both."""
    ours(), theirs()
    pairs = [(clock(ours), clock(theirs)) for _ in range(times)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
    )


def describe_machine() -> str:
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
    return f"{os.cpu_count()} cores, {model}"
