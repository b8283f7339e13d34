"""Names in archives as people wrote them: zip files of Windows bear pages of DOS."""

import unicodedata
import zipfile

from importers.formats.encoding import guess_page

UTF8_FLAG = 0x800
NAME_CHARS_MAX = 80


def decode_name(member: zipfile.ZipInfo) -> str:
    """Without the flag of UTF-8 the standard says cp437, and nobody keeps to it."""
    if member.flag_bits & UTF8_FLAG or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(guess_page(raw), "replace")


def clean_name(stem: str) -> str:
    """A member's name as a plain file name."""
    composed = unicodedata.normalize("NFC", stem)
    kept = "".join(letter for letter in composed if letter.isalnum() or letter in "-_ .")
    return kept[:NAME_CHARS_MAX].strip(" .") or "data"
