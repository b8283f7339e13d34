"""Where a photo says it was taken, for the form to offer as a pin; nothing is kept."""

from typing import BinaryIO

from geoportal.core.errors import InvalidInput
from geoportal.problems.media.photos import find_name, open_photo, read_original
from geoportal.problems.media.signatures import recognise_photo


def read_gps(file: BinaryIO) -> tuple[float, float] | None:
    """Longitude and latitude (WGS 84), or `None`: absent, odd, impossible, or no photo at all.

    Pixels are not decoded; the file is left at its beginning.
    """
    try:
        original = read_original(file, find_name(file))
        found = recognise_photo(original)
        if found is None:
            return None
        answer, _images = open_photo("place", original, found, find_name(file))
    except InvalidInput:
        return None
    finally:
        file.seek(0)
    lonlat = answer.get("lonlat")
    return (lonlat[0], lonlat[1]) if lonlat else None
