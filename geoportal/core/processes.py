"""Other programs and decoders that read strangers' files: limited in memory and time, and alone.

A decoder of images or video is native code. It runs in a process of its own, so that a crash, an
endless loop or a greedy file harms neither the web server nor the worker.
"""

import os
import resource
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NICENESS = 10


class TookTooLong(Exception):
    """The process did not end in time and was stopped."""


@dataclass(frozen=True)
class Limits:
    """`wall_s` ends the process from outside, the rest is held by the kernel (setrlimit)."""

    wall_s: float
    memory_bytes: int
    file_bytes: int = 0


@dataclass(frozen=True)
class Done:
    code: int
    output: bytes
    complaint: str

    @property
    def succeeded(self) -> bool:
        return self.code == 0


def run_limited(
    command: Sequence[str], *, limits: Limits, given: bytes = b"", folder: Path | None = None
) -> Done:
    """Run without a shell, without our environment (it holds secrets), at low priority.

    `given` goes to standard input. Raises `TookTooLong`; any other failure is in `Done.code`.
    """
    environment = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    with subprocess.Popen(  # noqa: S603  fixed programs, arguments made by the callers here
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | {"LC_ALL": "C.UTF-8"},
        cwd=folder,
    ) as process:
        hold_back(process.pid, limits)
        try:
            output, complaint = process.communicate(given, timeout=limits.wall_s)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise TookTooLong from error
    return Done(process.returncode, output, complaint.decode(errors="replace"))


def hold_back(pid: int, limits: Limits) -> None:
    """Limits of a process that has just started; it may have ended already."""
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_CORE: 0,
    }
    try:
        for kind, most in wanted.items():
            _soft, hard = resource.prlimit(pid, kind)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, kind, (most, most))
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
    except ProcessLookupError:
        return
