"""How text is encoded: the same rows under each encoding, so that a person sees the right one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from importers.formats.encoding import CANDIDATES
from importers.formats.format import Head
from importers.stages.inspecting import Inspection
from importers.stages.questions import Choice, Question

# Those that Ukrainian files come in, the likeliest first.
OFFERED = ("utf-8", *CANDIDATES)
SAMPLES, LETTERS_SHOWN = 3, 60
HEAD_BYTES = 1 << 16


def ask_encoding(found: Inspection) -> Iterator[Question]:
    """Where it was guessed or somebody said it; a file that is plainly UTF-8 asks nothing."""
    encoding = found.source.encoding
    stated = found.request.reading.encoding
    if encoding.name in ("utf-8", "utf-8-sig") and not stated:
        return
    texts = list_foreign(found.rows, [column.name for column in found.source.columns])
    raw = [text.encode(encoding.name, errors="replace") for text in texts]
    yield Question(
        "encoding",
        "choice",
        list_choices([encoding.name, *OFFERED], raw),
        proposed=encoding.name,
        reason=str(encoding.reason),
        rows=found.rows,
    )


def ask_encoding_again(path: Path, stated: str, reason: str) -> Iterator[Question]:
    """Of a file that is no text in the encoding that somebody said."""
    if not stated:
        return
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    lines = head.splitlines() if Head(head).is_text else []
    raw = [line for line in lines if not line.isascii()][:SAMPLES]
    automatic = Choice("", _("As the letters tell"))
    yield Question(
        "encoding",
        "choice",
        [automatic, *list_choices(OFFERED, raw)],
        proposed="",
        reason=reason,
    )


def list_foreign(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> list[str]:
    """A few texts that look otherwise under another encoding; headings where values do not."""
    values = [value for row in rows for value in row.values()]
    found = [text for text in dict.fromkeys([*values, *names]) if not text.isascii()]
    return found[:SAMPLES]


def list_choices(names: Iterable[str], raw: Sequence[bytes]) -> list[Choice]:
    return [
        Choice(name, name, samples=tuple(show(text, name) for text in raw))
        for name in dict.fromkeys(names)
    ]


def show(raw: bytes, encoding: str) -> str:
    return raw[: 4 * LETTERS_SHOWN].decode(encoding, errors="replace")[:LETTERS_SHOWN]
