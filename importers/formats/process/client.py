"""The importer's side of a reading: starts the process, asks it, says in words how it failed."""

import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile, UnusableOption
from importers.formats.process.limits import ReadingLimits
from importers.formats.process.wire import (
    Broken,
    Closed,
    Document,
    Malformed,
    Oversized,
    Stalled,
    receive,
    send,
)

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]
ERRORS = {error.__name__: error for error in (UnusableFile, UnusableOption)}
DEATH_S = 5.0
# The kernel ends a reading that is silent too long; this is for one that the kernel does not end.
AFTER_THE_KERNEL_S = 15.0
START_S = 60.0
# What comes of an answer that is none.
WRONG = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    StopIteration,
    TypeError,
    ValueError,
    pa.ArrowException,
    CRSError,
)


class Zygote:
    """The process that forks readings; one for each process of ours, started when it is needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._owner = 0

    def start_early(self) -> None:
        """For who will read a file soon and has something else to do until then."""
        with self._lock:
            if self._control is None or self._owner != os.getpid():
                self._control = self._start()

    def request(self) -> tuple[socket.socket, int | None]:
        """A channel to a new process, and a descriptor of it, where the kernel gives one."""
        for _attempt in range(2):
            with self._lock:
                channel = self._send_channel()
            channel.settimeout(START_S)
            try:
                _hello, found, _flags, _sender = socket.recv_fds(channel, 1, 1)
            except OSError:
                found, _hello = [], b""
            if _hello:
                channel.settimeout(None)
                return channel, (found[0] if found else None)
            channel.close()
            with self._lock:
                self._control = None  # it had ended; another is started
        raise OSError

    def _send_channel(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            if self._control is None or self._owner != os.getpid():
                self._control = self._start()
            try:
                socket.send_fds(self._control, [b"r"], [theirs.fileno()])
            except OSError:
                self._control = self._start()
                socket.send_fds(self._control, [b"r"], [theirs.fileno()])
        return ours

    def _start(self) -> socket.socket:
        """Without our environment, which holds secrets."""
        ours, theirs = socket.socketpair()
        self._owner = os.getpid()
        environment = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        with theirs:
            subprocess.Popen(
                [sys.executable, "-m", "importers.formats.process.zygote"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                env=environment | QUIET | {"READING_LOCALE": str(settings.LOCALE_PATHS[0])},
                start_new_session=True,  # Ctrl-C is for the importer, which then closes the channel
            )
        return ours


# No threads before the fork, no libraries that keep memory, words in UTF-8.
QUIET = {
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PROJ_NETWORK": "OFF",
}
zygote = Zygote()


class Reading:
    """A process that reads one file. Questions are answered in their order."""

    def __init__(self, path: Path, scratch: Path, limits: ReadingLimits) -> None:
        self._limits = limits
        self._channel, self._process = zygote.request()
        self._owed = 0
        start = {
            "path": str(path.absolute()),
            "scratch": str(scratch),
            "language": get_language() or "en",
            "limits": asdict(limits),
        }
        with suppress(Closed):
            send(self._channel, start)

    def ask(self, **question: object) -> tuple[Document, memoryview]:
        """Raises `UnusableFile`, `UnusableOption`."""
        while self._owed:
            with suppress(UnusableFile, UnusableOption):  # nobody waits for it any more
                self.answer()
        self.post(**question)
        return self.answer()

    def post(self, **question: object) -> None:
        """Without waiting: `answer` gives what is owed."""
        self._owed += 1
        with suppress(Closed):  # told by `answer`
            send(self._channel, question)

    def answer(self) -> tuple[Document, memoryview]:
        """Raises `UnusableFile`, `UnusableOption`."""
        started = time.monotonic()
        self._owed -= 1
        try:
            document, payload = receive(self._channel, self._limits.silence_s + AFTER_THE_KERNEL_S)
        except Broken as broken:
            self._end()
            raise self._explain_end(broken, time.monotonic() - started) from None
        if "error" in document:
            self._owed = 0
            with self.understood():
                raise self._explain(document)
        return document, payload

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Around what is made of an answer. Raises `UnusableFile` where nothing can be."""
        try:
            yield
        except (UnusableFile, UnusableOption):
            raise
        except WRONG as error:
            log.warning("The process that reads a file has answered what is none", exc_info=error)
            self._end()
            raise self._explain_end(Malformed(), 0) from error

    def _explain_end(self, broken: Broken, waited_s: float) -> UnusableFile:
        if isinstance(broken, Stalled) or waited_s >= self._limits.silence_s - 1:
            return UnusableFile(
                _("Reading the file took longer than %(limit)s s; it is too large or damaged.")
                % {"limit": round(self._limits.silence_s)}
            )
        if isinstance(broken, Oversized):
            return self._explain_memory()
        if isinstance(broken, Malformed):
            return UnusableFile(
                _(
                    "The file has upset the program that reads it; it is damaged or made to do"
                    " harm. Save it anew in another format."
                )
            )
        return UnusableFile(
            _(
                "The file stopped the program that reads it: it is damaged, or needs more memory"
                " than is allowed. Save it anew or import it in parts."
            )
        )

    def _explain(self, document: Document) -> UnusableFile | UnusableOption:
        if document["error"] in ERRORS:
            return ERRORS[document["error"]](document["message"], **document["extra"])
        if document["error"] == "memory":
            return self._explain_memory()
        log.error("Reading a file failed: %s", document.get("trace", ""))
        return UnusableFile(_("The file cannot be read; it may be damaged."))

    def _explain_memory(self) -> UnusableFile:
        return UnusableFile(
            _("The file needs more memory than %(limit)s MB; import it in parts.")
            % {"limit": self._limits.memory_bytes >> 20}
        )

    def _end(self) -> None:
        """Nothing more is asked, and nothing goes on being read."""
        self._owed = 0
        if self._process is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Whatever the process is doing, it is gone afterwards."""
        self._channel.close()
        self._end()
        if self._process is not None:
            select.select([self._process], [], [], DEATH_S)
            os.close(self._process)


@contextmanager
def start_reading(path: Path) -> Iterator[Reading]:
    """What had to be unpacked or restored is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="import-", ignore_cleanup_errors=True) as scratch:
        reading = Reading(path, Path(scratch), find_limits())
        try:
            yield reading
        finally:
            reading.close()


def find_limits() -> ReadingLimits:
    return ReadingLimits(
        memory_bytes=settings.IMPORT_MEMORY_BYTES_MAX,
        silence_s=settings.IMPORT_SILENCE_S_MAX,
        cpu_s=settings.IMPORT_CPU_S_MAX,
        files=settings.IMPORT_FILES_MAX,
        file_bytes=settings.IMPORT_FILE_BYTES_MAX,
    )
