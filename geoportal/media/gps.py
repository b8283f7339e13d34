"""The place that a camera wrote into a photo, read from the EXIF block (CIPA DC-008, 4.6.6)."""

import math
import struct
from collections.abc import Mapping
from typing import SupportsFloat

from PIL import ExifTags, Image

GPS = ExifTags.GPS
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def find_lonlat(exif_block: object) -> tuple[float, float] | None:
    """Longitude and latitude in degrees (WGS 84); `None` when absent, odd or impossible."""
    if not isinstance(exif_block, bytes):
        return None
    exif = Image.Exif()
    try:
        exif.load(exif_block)
        tags = exif.get_ifd(ExifTags.IFD.GPSInfo)
        lon = read_angle(tags, GPS.GPSLongitude, GPS.GPSLongitudeRef, "EW", 180)
        lat = read_angle(tags, GPS.GPSLatitude, GPS.GPSLatitudeRef, "NS", 90)
    except UNREADABLE:  # whatever a broken block brings Pillow to
        return None
    if lon is None or lat is None or lon == lat == 0:
        return None  # 0° 0° is what cameras without a fix write
    return lon, lat


def find_orientation(image: Image.Image) -> int:
    """1 to 8 (CIPA DC-008, 4.6.4); 1 when absent or odd. The pixels must be loaded."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except UNREADABLE:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def read_angle(
    tags: Mapping[int, object], angle_tag: int, reference_tag: int, signs: str, most: int
) -> float | None:
    """Degrees from degrees, minutes and seconds; the first of `signs` is positive."""
    angle, reference = tags.get(angle_tag), tags.get(reference_tag)
    parts = angle if isinstance(angle, tuple) else (angle,)
    if isinstance(reference, bytes):
        reference = reference.decode("ascii", "replace")
    sign = str(reference).strip("\0 ").upper()[:1] if reference else ""
    if not sign or sign not in signs or not 1 <= len(parts) <= 3:
        return None
    values = [read_number(part) for part in parts]
    if any(not math.isfinite(value) or value < 0 for value in values):
        return None
    degrees = math.fsum(value / 60.0**power for power, value in enumerate(values))
    if degrees > most:
        return None
    return round(degrees if sign == signs[0] else -degrees, 7)


def read_number(value: object) -> float:
    """NaN for what is no number, a fraction of zero too."""
    return float(value) if isinstance(value, SupportsFloat) else math.nan
