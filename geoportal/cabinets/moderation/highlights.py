"""Text with what looks like personal data marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from geoportal.problems.personal_data import KIND_TITLES, find_personal_data


@dataclass(frozen=True)
class Segment:
    """A piece of the text; `title` says what it looks like, empty for ordinary words."""

    text: str
    title: str


def highlight(text: str) -> list[Segment]:
    """The whole text in pieces, in order: joined they are the text again."""
    return list(_split(text))


def _split(text: str) -> Iterator[Segment]:
    position = 0
    for found in find_personal_data(text):
        if found.start > position:
            yield Segment(text[position : found.start], "")
        yield Segment(found.text, str(KIND_TITLES[found.kind]))
        position = found.end
    if position < len(text):
        yield Segment(text[position:], "")


def count_personal_data(*texts: str) -> int:
    return sum(len(find_personal_data(text)) for text in texts)
