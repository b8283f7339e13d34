"""How much an archive may unpack to."""

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile

UNPACKED_BYTES_MAX = 4 << 30
RATIO_CHECKED_FROM_BYTES = 64 << 20
RATIO_MAX = 250
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError)


def check_size(members: Iterable[zipfile.ZipInfo], before: int = 0) -> int:
    """Bytes unpacked so far and with these. Raises `UnusableFile` for what would fill the disk.

    Sizes in headers hold: reading stops where they say.
    """
    members = list(members)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    suspicious = unpacked > RATIO_CHECKED_FROM_BYTES and unpacked / packed > RATIO_MAX
    if before + unpacked > UNPACKED_BYTES_MAX or suspicious:
        raise UnusableFile(
            _("The zip file would unpack to %(size)s MB; import its parts one by one.")
            % {"size": (before + unpacked) >> 20}
        )
    if any(member.flag_bits & 1 for member in members):
        raise UnusableFile(_("The zip file is protected by a password; take it off."))
    return before + unpacked


def check_packed_size(path: Path) -> None:
    """Of a file that is a zip inside; others pass. Raises `UnusableFile`."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive.infolist())
    except BROKEN:
        return  # whoever opens it says how it is damaged
