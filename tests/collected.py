"""Static files as `collectstatic` leaves them, for tests in a browser: what towns get is tested.

They are collected once for all processes of a run, and kept for the next one while no source has
changed.
"""

import fcntl
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
# Served files, and what decides what becomes of them; packages from npm are as their lock says.
SOURCES = (
    "package-lock.json",
    "requirements.txt",
    "geoportal/settings.py",
    "geoportal/core/static_files/*.*",
    "geoportal/mapkit/*.mjs",
    "*/static/**/*.*",
    "geoportal/*/static/**/*.*",
)


def find_collected() -> Path:
    """The folder, which is filled now when it is not there or older than its sources."""
    folder = Path(settings.STATIC_ROOT).with_name("collected")
    folder.mkdir(parents=True, exist_ok=True)
    stamp, digest = folder.with_name("collected.stamp"), hash_sources()
    with folder.with_name("collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text(encoding="ascii") != digest:
            with override_settings(STATIC_ROOT=folder):
                call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(digest, encoding="ascii")
    return folder


def hash_sources() -> str:
    digest = sha256()
    for path in sorted(set(list_sources())):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def list_sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from (path for path in ROOT.glob(pattern) if path.is_file())
