"""Features of a GeoJSON text one by one, whatever its size: memory holds one piece of it."""

import json
import re
from collections.abc import Generator, Iterator
from itertools import chain
from typing import Any, TextIO

from importers.formats.geojson.pieces import parse_items

PIECE_CHARS = 1 << 17
FEATURE_CHARS_MAX = 256 << 20
SPACE = re.compile(r"[ \t\r\n\x1e\ufeff]*")  # RFC 8142 puts U+001E before each text of a sequence
COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
# By the comma before a value and so much of it the next place is found to cut an array at.
BEGINNING_CHARS = 6
Json = Any


class BrokenJson(ValueError):
    """The text stops being JSON; `line` is 1-based."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class JsonStream:
    """A cursor over a text of JSON that is read piece by piece."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._place = 0
        self._lines_before = 1
        self._chars_dropped = 0
        self._scan = json.JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
        self.chars_read = 0

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            self._place = SPACE.match(self._text, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._read_more(PIECE_CHARS):
                return ""

    def take(self, expected: str) -> None:
        if self.peek() != expected:
            raise self.broken()
        self._place += 1

    def items(self) -> Iterator[Json]:
        """The values of the array that begins here, one by one."""
        return chain.from_iterable(self.pieces())

    def pieces(self) -> Iterator[list[Json]]:
        """The values of the array that begins here, as many at once as can be had."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        one_by_one_to = 0
        while True:
            yield [self.value()]
            comma = COMMA.match(self._text, self._place)
            if comma and comma.end() < len(self._text):
                self._place = comma.end()
                if self._chars_dropped + self._place > one_by_one_to:
                    cut = self._text[comma.start() : comma.end() + BEGINNING_CHARS]
                    one_by_one_to = yield from self._many(cut, len(comma[0]))
            elif self.peek() == ",":
                self.take(",")
                self.peek()
            else:
                self.take("]")
                return

    def _many(self, cut: str, comma_chars: int) -> Generator[list[Json], None, int]:
        """Values from here on as long as pieces of the text end before `cut`: a comma and how a
        value begins. Stands before a value afterwards; returns up to which character of the text
        values must be taken one by one.
        """
        while (end := self._text.rfind(cut, self._place)) > self._place:
            values = parse_items(self._text[self._place : end])
            if values is None:
                return self._chars_dropped + end
            self._place = end + comma_chars
            yield values
            if not self._read_more(PIECE_CHARS):
                break
        return 0

    def value(self) -> Json:
        """The JSON value that begins here, read to its end."""
        piece = PIECE_CHARS
        while True:
            try:
                value, end = self._scan(self._text, self._place)
            except (StopIteration, ValueError):
                end = None
            except RecursionError:
                raise self.broken() from None
            # A number at the end of the piece may go on in the next one.
            if end is not None and (end < len(self._text) or not self._read_more(piece)):
                self._place = end
                return value
            if end is None and not self._read_more(piece):
                raise self.broken()
            piece *= 2
            if len(self._text) - self._place > FEATURE_CHARS_MAX:
                raise self.broken()

    def broken(self) -> BrokenJson:
        return BrokenJson(self._lines_before + self._text.count("\n", 0, self._place))

    def _read_more(self, chars: int) -> bool:
        """Drop what was taken and add a piece; false at the end of the file."""
        more = self._file.read(chars)
        if not more:
            return False
        self.chars_read += len(more)
        self._lines_before += self._text.count("\n", 0, self._place)
        self._chars_dropped += self._place
        self._text = self._text[self._place :] + more
        self._place = 0
        return True


def iterate_features(stream: JsonStream, members: dict[str, Json]) -> Iterator[Json]:
    """One by one, as `iterate_pieces` has them."""
    return chain.from_iterable(iterate_pieces(stream, members))


def iterate_pieces(stream: JsonStream, members: dict[str, Json]) -> Iterator[list[Json]]:
    """Each member of `features`, or the one feature or geometry that the text is.

    A sequence of texts (RFC 8142, or one in each line) is read through. Other members of the
    collection, such as `crs` and `name`, are put into `members`. Raises `BrokenJson`.
    """
    while stream.peek():
        found: dict[str, Json] = {}
        collection = False
        stream.take("{")
        while stream.peek() != "}":
            name = stream.value()
            stream.take(":")
            if stream.peek() == "[" and name == "features":
                collection = True
                yield from stream.pieces()
            else:
                found[name] = stream.value()
            if stream.peek() != "}":
                stream.take(",")
                stream.peek()
        stream.take("}")
        members.update(found if collection else {"type": found.get("type")})
        if not collection and found.get("type") == "Feature":
            yield [found]
        elif not collection and ("coordinates" in found or "geometries" in found):
            yield [{"type": "Feature", "properties": {}, "geometry": found}]
        if stream.peek() == ",":  # features in lines that somebody cut out of an array
            stream.take(",")
