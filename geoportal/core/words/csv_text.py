"""CSV for people's spreadsheets: one dialect (RFC 4180), and words that stay words."""

import csv
import io
from collections.abc import Iterable

# Spreadsheets read UTF-8 only behind it.
BYTE_ORDER_MARK = "\ufeff"
# Spreadsheets take a cell that begins so for a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard_formula(cell: object) -> object:
    """Words that others wrote, with an apostrophe where a spreadsheet would run them."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


class CsvText:
    """Rows that become text, taken in pieces: UTF-8, `None` as an empty cell."""

    def __init__(self, *, delimiter: str = ",", marked: bool = True) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, delimiter=delimiter, lineterminator="\r\n")
        if marked:
            self._buffer.write(BYTE_ORDER_MARK)

    def write(self, row: Iterable[object]) -> None:
        self._writer.writerow(row)

    @property
    def size(self) -> int:
        """Characters that wait to be taken."""
        return self._buffer.tell()

    def take(self) -> bytes:
        """What was written since the last time."""
        text = self._buffer.getvalue().encode()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text
