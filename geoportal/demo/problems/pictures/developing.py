"""Pictures drawn and cleaned by the code that cleans residents' photos, in processes beside.

Nothing here needs Django, so that a process starts at once.
"""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image

from geoportal.demo.problems.pictures.drawing import draw_picture
from geoportal.problems.media.photo_process import Order, obey


@dataclass(frozen=True)
class Wanted:
    """What to draw: the scene, and the month and hour that set its light."""

    scene: str
    subject: str
    month: int
    hour: int
    is_mended: bool
    pixels_max: int
    side_px: int
    thumbnail_px: tuple[int, int]


@dataclass(frozen=True)
class Developed:
    """Clean JPEGs; sizes in pixels; `sha256` is the original's."""

    large: bytes
    thumbnail: bytes
    width: int
    height: int
    sha256: str


def develop(wanted: Wanted) -> Developed:
    """The picture as it would stand after an upload."""
    original = draw_picture(
        wanted.scene,
        subject=wanted.subject,
        month=wanted.month,
        hour=wanted.hour,
        is_mended=wanted.is_mended,
    )
    order: Order = {
        "format": "JPEG",
        "pixels_max": wanted.pixels_max,
        "side_px": wanted.side_px,
        "thumbnail_px": wanted.thumbnail_px,
    }
    images: list[bytes] = []
    obey(order, original, images)
    large, thumbnail = images
    with Image.open(io.BytesIO(large)) as image:
        width, height = image.size
    return Developed(large, thumbnail, width, height, hashlib.sha256(original).hexdigest())
