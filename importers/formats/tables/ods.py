"""ODS as calamine wants it: without the line ends that some programs write between cells."""

import re
import zipfile
from pathlib import Path

from importers.formats.archives.sizes import BROKEN
from importers.formats.format import Opening

CONTENT = "content.xml"
BETWEEN_CELLS = re.compile(rb"(<[^<>]*>)\s+(?=</?table:)|(</?table:[^<>]*>)\s+(?=<)")


def join_cells(opening: Opening) -> Path:
    """A copy in the scratch folder with only its content; the file itself where that fails."""
    copy = opening.scratch / "joined.ods"
    if copy.exists():
        return copy
    try:
        with zipfile.ZipFile(opening.path) as packed, zipfile.ZipFile(copy, "w") as joined:
            for member in packed.infolist():
                content = packed.read(member)
                if member.filename == CONTENT:
                    content = BETWEEN_CELLS.sub(rb"\1\2", content)
                joined.writestr(member.filename, content)
    except BROKEN:
        copy.unlink(missing_ok=True)
        return opening.path
    return copy
