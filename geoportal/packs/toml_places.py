"""TOML with the line of every key, which `tomllib` does not tell.

`tomllib` reads and judges the text; what it has accepted is walked once more here, only for places,
so the walk may trust that brackets and quotes match.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SCALAR = re.compile(r"[^,\]\}#\n]+")
WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
# A number or a date; longer ones Python may read, but not write.
SCALAR_LENGTH_MAX = 200
STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)


class InvalidToml(ValueError):
    """`str()` is what `tomllib` would say, `line` where; 0 where that cannot be told."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """Values, and the line (from 1) of every table, key and item of a list by its path."""

    values: dict[str, Any]
    lines: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """Of the nearest thing that has one; 1 for the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_toml(text: str) -> Document:
    """Raises `InvalidToml`."""
    try:
        values = tomllib.loads(text)
        lines = _Walk(text.replace("\r\n", "\n")).lines
    except InvalidToml:
        raise
    except tomllib.TOMLDecodeError as error:
        found = WHERE.search(str(error))
        last = text.count("\n") + 1
        line = int(found["line"]) if found and found["line"] else last
        raise InvalidToml(WHERE.sub("", str(error)), line) from error
    except ValueError as error:
        raise InvalidToml("a number is too long", 0) from error
    except RecursionError as error:
        raise InvalidToml("brackets stand in brackets too deep", 0) from error
    return Document(values, lines)


class _Walk:
    """Goes through an accepted text from statement to statement."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Path, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._counts: dict[Path, int] = {}
        table: Path = ()
        self._skip(BLANK)
        while self.at < len(text):
            if text.startswith("[[", self.at):
                table = self._read_header(2, self._open_item)
            elif text[self.at] == "[":
                table = self._read_header(1, self._resolve)
            else:
                self._read_pair(table)
            self._skip(BLANK)

    def _line(self, at: int) -> int:
        return bisect_right(self._ends, at - 1) + 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def _read_header(self, brackets: int, open_table: Callable[[Path], Path]) -> Path:
        line = self._line(self.at)
        self.at += brackets
        path = open_table(self._read_key())
        self.at = self.text.index("]" * brackets, self.at) + brackets
        self.lines.setdefault(path, line)
        return path

    def _resolve(self, path: Path) -> Path:
        """The path with the number of the latest item of every list of tables on it."""
        found: Path = ()
        for part in path:
            found = (*found, part)
            if found in self._counts:
                found = (*found, self._counts[found] - 1)
        return found

    def _open_item(self, path: Path) -> Path:
        above = (*self._resolve(path[:-1]), path[-1])
        self._counts[above] = self._counts.get(above, 0) + 1
        return (*above, self._counts[above] - 1)

    def _read_key(self) -> Path:
        parts: list[str | int] = []
        while True:
            self._skip(BLANK)
            parts.append(self._read_string() or self._skip(BARE_KEY))
            self._skip(BLANK)
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _read_pair(self, table: Path) -> None:
        line = self._line(self.at)
        path = (*table, *self._read_key())
        self.at = self.text.index("=", self.at) + 1
        self.lines[path] = line
        self._skip(BLANK)
        self._read_value(path)

    def _read_string(self) -> str:
        """Without its quotes and with escapes as written; "" when there is none."""
        for pattern in STRINGS:
            if found := self._skip(pattern):
                return found.strip("\"'")
        return ""

    def _read_value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening in "[{":
            self.at += 1
            self._read_items(path, "]" if opening == "[" else "}")
        elif opening in "\"'":
            self._read_string()
        elif len(self._skip(SCALAR).strip()) > SCALAR_LENGTH_MAX:
            raise InvalidToml("a number is too long", self._line(self.at))

    def _read_items(self, path: Path, closing: str) -> None:
        number = 0
        self._skip(BLANK)
        while self.text[self.at] != closing:
            if closing == "}":
                self._read_pair(path)
            else:
                self.lines[(*path, number)] = self._line(self.at)
                self._read_value((*path, number))
            number += 1
            self._skip(BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self._skip(BLANK)
        self.at += 1
