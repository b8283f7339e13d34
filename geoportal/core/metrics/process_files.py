"""Files of which each process writes its own and whoever asks reads all: `metrics/<name>.<pid>`.

They live as long as the service. The first process of a new start finds only files of the dead, and
takes them away; what one leaves that ended among others stays with the sums, so that none falls.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "metrics"


def open_place(name: str) -> Path:
    """Where this process writes; raises `OSError`."""
    folder = settings.DATA_DIR / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / f"{name}.{os.getpid()}"
    others = [path for path in folder.glob(f"{name}.*") if path != own]
    if not any(_is_alive(path) for path in others):
        for path in others:
            path.unlink(missing_ok=True)
    return own


def read_all(name: str) -> Iterator[bytes]:
    """What each process has written."""
    for path in sorted((settings.DATA_DIR / FOLDER).glob(f"{name}.*")):
        with suppress(FileNotFoundError):
            yield path.read_bytes()


def _is_alive(path: Path) -> bool:
    try:
        os.kill(int(path.suffix[1:]), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return True
