"""A photo from a stranger becomes two clean JPEGs, or is refused in words.

What leaves is made of pixels alone: EXIF, XMP, IPTC, comments, colour profiles and whatever stood
behind the image are not copied. The place is read first, only to offer a pin.
"""

import hashlib
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.core.processes import Limits, TookTooLong, run_limited
from geoportal.media.photo_messages import Answer
from geoportal.media.signatures import PhotoFormat, recognise_photo

log = logging.getLogger(__name__)

WALL_S = 30.0
# Address space. Enough for 60 million pixels of JPEG or PNG and for 48 of HEIC (470 MB, measured).
MEMORY_BYTES = 640 * 1024**2
PROGRAM = "geoportal.media.photo_process"


@dataclass(frozen=True)
class CleanPhoto:
    """Both images are JPEG in sRGB without metadata; sizes in pixels.

    `thumbnail` is cut to 4:3 around the middle, at most 480 × 360. `taken_lonlat` comes from the
    original (WGS 84) and is private until its owner takes it as the place. `sha256` is the
    original's, in hexadecimal.
    """

    large: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_lonlat: tuple[float, float] | None
    sha256: str


def clean_photo(file: BinaryIO, *, name: str = "") -> CleanPhoto:
    """Raises `InvalidInput` whose `extra` holds `file` (its name) and `reason`."""
    name = name or find_name(file)
    original = read_original(file, name)
    answer, rest = open_photo(original, recognise(original, name), name)
    large_bytes, thumbnail_bytes = answer["lengths"]
    width, height = answer["size"]
    lonlat = answer.get("lonlat")
    return CleanPhoto(
        large=rest[:large_bytes],
        thumbnail=rest[large_bytes : large_bytes + thumbnail_bytes],
        width=width,
        height=height,
        taken_lonlat=(lonlat[0], lonlat[1]) if lonlat else None,
        sha256=hashlib.sha256(original).hexdigest(),
    )


def find_name(file: BinaryIO) -> str:
    """The name that the sender gave, without folders; never trusted for anything but words."""
    name = getattr(file, "name", "")
    return PurePath(name).name if isinstance(name, str) else ""


def read_original(file: BinaryIO, name: str) -> bytes:
    most = settings.PHOTO_BYTES_MAX
    file.seek(0)
    original = file.read(most + 1)
    if len(original) > most:
        words = _("“%(file)s” is larger than %(limit)s. Choose a smaller photo.")
        raise refuse(words % {"file": name, "limit": filesizeformat(most)}, name, "too-large")
    return original


def recognise(original: bytes, name: str) -> PhotoFormat:
    found = recognise_photo(original)
    if found is None:
        words = _(
            "“%(file)s” is not a photo. Photos are files of the kinds JPEG, PNG, WebP, HEIC or "
            "GIF; what counts is what is in the file, not its name."
        )
        raise refuse(words % {"file": name}, name, "not-a-photo")
    return found


def open_photo(original: bytes, found: PhotoFormat, name: str) -> tuple[Answer, bytes]:
    """The process's answer and the bytes of the images."""
    order = {
        "format": found,
        "pixels_max": settings.PHOTO_PIXELS_MAX,
        "side_px": settings.PHOTO_SIDE_PX,
        "thumbnail_px": settings.PHOTO_THUMBNAIL_PX,
    }
    command = [sys.executable, "-B", "-m", PROGRAM, json.dumps(order)]
    limits = Limits(wall_s=WALL_S, memory_bytes=MEMORY_BYTES)
    try:
        done = run_limited(command, limits=limits, given=original, folder=settings.BASE_DIR)
    except TookTooLong:
        raise refuse(describe_refusal("unreadable", name), name, "unreadable") from None
    line, _newline, rest = done.output.partition(b"\n")
    if not done.succeeded:
        log.info("a photo could not be read: %s", done.complaint[-500:])
        raise refuse(describe_refusal("unreadable", name), name, "unreadable")
    answer: Answer = json.loads(line)
    if reason := answer.get("refused"):
        raise refuse(describe_refusal(reason, name), name, reason)
    return answer, rest


def describe_refusal(reason: str, name: str) -> str:
    if reason == "too-many-pixels":
        words = _(
            "“%(file)s” has more than %(limit)s million pixels. Make it smaller or take a "
            "screenshot of it."
        )
    elif reason == "too-much-memory":
        words = _("“%(file)s” needs too much memory to open. Save it smaller or as JPEG.")
    else:
        words = _("“%(file)s” cannot be opened: it is damaged or incomplete. Choose another photo.")
    return words % {"file": name, "limit": settings.PHOTO_PIXELS_MAX // 1_000_000}


def refuse(words: str | Promise, name: str, reason: str) -> InvalidInput:
    return InvalidInput(words, file=name, reason=reason)
