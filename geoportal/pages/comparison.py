"""Two texts line by line: what went and what came."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from geoportal.pages.specs import PageText

CONTEXT_LINES = 2


@dataclass(frozen=True)
class DiffLine:
    """`kind`: `same`, `gone`, `new` or `gap` where equal lines are left out."""

    kind: str
    text: str


KINDS = {" ": "same", "-": "gone", "+": "new", "@": "gap"}


def compare_texts(before: str, after: str) -> list[DiffLine]:
    """Changed lines with what stands around them; empty when the texts are equal."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), n=CONTEXT_LINES, lineterm=""
    )
    return list(_read_lines(lines))


def _read_lines(lines: Iterator[str]) -> Iterator[DiffLine]:
    for number, line in enumerate(lines):
        # The first two lines name the files, which there are none of.
        if number > 1:
            kind = KINDS[line[0]]
            yield DiffLine(kind, "" if kind == "gap" else line[1:])


@dataclass(frozen=True)
class Difference:
    """Of one language, or of both where `language` is empty."""

    language: str
    lines: list[DiffLine]


def compare_pages(before: PageText, after: PageText) -> list[Difference]:
    """Languages in which two versions differ."""
    found = [
        Difference("uk", compare_texts(join(before, "uk"), join(after, "uk"))),
        Difference("en", compare_texts(join(before, "en"), join(after, "en"))),
    ]
    return [difference for difference in found if difference.lines]


def join(text: PageText, language: str) -> str:
    title, body = getattr(text, f"title_{language}"), getattr(text, f"body_{language}")
    return f"{title}\n\n{body}"
