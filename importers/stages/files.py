"""Where files of imports stand: a folder for each, in the data folder."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from importers.formats.registry import FORMATS


def get_root() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def get_folder(import_id: int) -> Path:
    return get_root() / str(import_id)


def get_sketch_path(import_id: int) -> Path:
    """Where the sketch of the file stands, once it was read; no upload has a dot in front."""
    return get_folder(import_id) / ".sketch" / "places.arrow"


def get_seen_path(import_id: int) -> Path:
    """Where digests of the rows stand that the check has seen."""
    return get_folder(import_id) / ".seen" / "digests.npz"


def make_folder(import_id: int) -> Path:
    folder = get_folder(import_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def choose_main(paths: Sequence[Path]) -> Path:
    """Of the files of one import the one that is opened; the others are parts of it."""
    ranks = {extension: one.rank for one in FORMATS for extension in one.extensions}
    return min(paths, key=lambda path: ranks.get(path.suffix.lower(), len(ranks)))


def remove_folder(import_id: int) -> None:
    shutil.rmtree(get_folder(import_id), ignore_errors=True)


def list_folders_before(moment: datetime) -> Iterator[int]:
    """Numbers of imports that have a folder to which nothing has come since."""
    root = get_root()
    if root.is_dir():
        for path in root.iterdir():
            if path.name.isdigit() and path.stat().st_mtime < moment.timestamp():
                yield int(path.name)
