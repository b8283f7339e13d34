"""The official codifier of administrative units (KATOTTG, order 290 of 2020) as its CSV has it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput

CODE: Final = re.compile(r"UA\d{17}")
LEVELS: Final = 5
# Letters of the codifier, Latin and Cyrillic editions alike.
LATIN: Final = str.maketrans("ОРНМХСВТК", "OPHMXCBTK")


def read_codifier(path: Path) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(codes from the oblast down, category in Latin letters, name), row by row.

    Raises `InvalidInput` for a file that cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                levels = tuple(
                    cell.strip() for cell in row[:LEVELS] if CODE.fullmatch(cell.strip())
                )
                if levels and len(row) > LEVELS + 1:
                    category = row[LEVELS].strip().translate(LATIN)
                    yield levels, category, row[LEVELS + 1].strip()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(
            _("The file “%(name)s” cannot be read.") % {"name": path.name}
        ) from error
