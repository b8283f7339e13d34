"""Names of files as strangers send them, made into names that a folder of ours can hold."""

import unicodedata
from pathlib import PurePath

# What a file system of Linux takes; a Cyrillic letter is two bytes.
NAME_BYTES_MAX = 250
# Control characters, marks that turn the direction of a line, halves of letters.
LEFT_OUT = ("Cc", "Cf", "Cs")


def clean_name(text: str) -> str:
    """The last part of a path, without what cannot be seen and without dots in front.

    So no name leaves its folder or is one that we hide there. A long one loses the end of its
    stem and keeps its extension: that may say the format, and parts of a Shapefile stay together.
    """
    last = text.replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in last if unicodedata.category(letter) not in LEFT_OUT)
    path = PurePath(name.strip().lstrip("."))
    extension = path.suffix if len(path.suffix.encode()) < NAME_BYTES_MAX // 2 else ""
    room = NAME_BYTES_MAX - len(extension.encode())
    stem = path.name[: len(path.name) - len(extension)].encode()[:room].decode(errors="ignore")
    return stem + extension or "file"
