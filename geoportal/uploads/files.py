"""Where bytes of uploads stand: one file each, in a folder of the data folder."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile

from django.conf import settings

BLOCK_BYTES = 256 * 1024
# A piece in hand is in memory up to here, then in a file.
PIECE_IN_MEMORY_BYTES = 1024**2
# The rest of the disk belongs to the database.
KEPT_FREE_BYTES = 1024**3
Read = Callable[[int], bytes]


def get_folder() -> Path:
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def get_path(upload_id: uuid.UUID) -> Path:
    return get_folder() / upload_id.hex


def has_room(size: int) -> bool:
    return shutil.disk_usage(get_folder()).free - size >= KEPT_FREE_BYTES


def collect(read: Read, most: int) -> SpooledTemporaryFile[bytes]:
    """What a sender gives, `most` bytes of it, at the sender's own pace; rewound.

    Fewer where the sender is gone, however that shows: the bytes that came are worth keeping.
    """
    piece: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=PIECE_IN_MEMORY_BYTES)  # noqa: SIM115
    with suppress(OSError):  # a connection that was reset
        while most > 0 and (block := read(min(BLOCK_BYTES, most))):
            piece.write(block)
            most -= len(block)
    piece.seek(0)
    return piece


def write_at(upload_id: uuid.UUID, offset: int, read: Read, most: int) -> int:
    """Write what `read` gives, `most` bytes of it; how many are on the disk, surely (fsync).

    What an earlier, interrupted writing left beyond `offset` is written over.
    """
    handle = os.open(get_path(upload_id), os.O_WRONLY | os.O_CREAT, 0o600)
    written = 0
    with os.fdopen(handle, "wb") as file:
        file.seek(offset)
        while written < most and (block := read(min(BLOCK_BYTES, most - written))):
            file.write(block)
            written += len(block)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    return written


def give_to(upload_id: uuid.UUID, target: Path) -> None:
    """The same file under a second name; a copy where the other folder is on another disk."""
    try:
        target.hardlink_to(get_path(upload_id))
    except OSError:
        if target.exists():
            raise
        shutil.copyfile(get_path(upload_id), target)


def remove_file(upload_id: uuid.UUID) -> None:
    get_path(upload_id).unlink(missing_ok=True)


def list_files_before(moment: datetime) -> Iterator[uuid.UUID]:
    """Files that nobody has written to since, whether a row knows them or not."""
    for path in get_folder().iterdir():
        if path.stat().st_mtime < moment.timestamp():
            yield uuid.UUID(path.name)
