"""Which encoding a text is in: UTF-8 when it can be, else the Cyrillic page that reads best."""

import codecs
import math
import re
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.errors import UnusableFile, UnusableOption
from importers.sources import EncodingChoice

# Pages that Ukrainian files come in; the first of equals wins. cp1125 is the Ukrainian DOS page.
CANDIDATES = ("cp1251", "koi8_u", "cp1125", "cp866")
SAMPLE_BYTES = 1 << 20
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Share of letters in Ukrainian names and addresses; Russian ones rare, so that they are not alien.
FREQUENCIES = {
    "а": 0.1, "о": 0.08, "в": 0.07, "н": 0.065, "і": 0.062, "и": 0.06, "е": 0.057, "к": 0.06,
    "р": 0.05, "л": 0.045, "с": 0.04, "т": 0.04, "д": 0.03, "ь": 0.022, "б": 0.021, "у": 0.03,
    "м": 0.025, "п": 0.024, "я": 0.02, "г": 0.015, "ч": 0.013, "ц": 0.012, "з": 0.018, "ш": 0.009,
    "й": 0.011, "х": 0.009, "ж": 0.008, "ї": 0.007, "щ": 0.004, "ю": 0.006, "ф": 0.003,
    "є": 0.005, "ґ": 0.0005, "ы": 0.002, "э": 0.0005, "ё": 0.0003, "ъ": 0.0002,
}  # fmt: skip
# Accented letters stand alone among plain ones; Cyrillic words have none of those.
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
WITHIN_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?![\x80-\xff])|[\x80-\xff](?=[a-z])")
SIGNS = "«»–—№’ʼ“”…"
SIGN_SCORE, ALIEN_SCORE, CASE_PENALTY = -1.5, -6.0, -4.0


def score_cyrillic(text: str) -> float:
    """Mean log-likelihood of the letters beyond ASCII as Ukrainian; higher is more plausible."""
    total, count, previous = 0.0, 0, ""
    for letter in text:
        if letter.isascii():
            previous = ""
            continue
        count += 1
        frequency = FREQUENCIES.get(letter.lower())
        if frequency is None:
            total += SIGN_SCORE if letter in SIGNS else ALIEN_SCORE
            previous = ""
            continue
        total += math.log(frequency)
        if letter.isupper() and previous.islower():
            total += CASE_PENALTY
        previous = letter
    return total / count if count else 0.0


def guess_page(sample: bytes) -> str:
    """The best of `CANDIDATES` for bytes that are not UTF-8; cp1252 for Latin with accents."""
    if WITHIN_LATIN.subn(b"", sample)[1] * 2 > len(BEYOND_ASCII.findall(sample)):
        return "cp1252"
    scores: dict[str, float] = {}
    for name in CANDIDATES:
        text = sample.decode(name, errors="replace")
        scores[name] = round(score_cyrillic(text), 6)
    return max(scores, key=scores.__getitem__)


def require_codec(name: str) -> str:
    """Python's name of a codec the user named; raises `UnusableOption`."""
    try:
        found = codecs.lookup(name)
    except LookupError as error:
        raise UnusableOption(
            _("“%(name)s” is not a known encoding; try utf-8 or cp1251.") % {"name": name}
        ) from error
    if not getattr(found, "_is_text_encoding", True):
        raise UnusableOption(_("“%(name)s” is not an encoding of text.") % {"name": name})
    return found.name


def choose_for_pieces(pieces: Iterable[bytes]) -> EncodingChoice:
    """Encoding of short texts of a fixed width, which may be cut in the middle of a letter."""
    sample = [piece for piece in pieces if not piece.isascii()]
    if not sample:
        return EncodingChoice("utf-8", gettext_lazy("only Latin letters"))
    if all(is_cut_utf8(piece) for piece in sample):
        return EncodingChoice("utf-8", gettext_lazy("all text is valid UTF-8"))
    return EncodingChoice(guess_page(b"\n".join(sample)), gettext_lazy("guessed by the letters"))


def is_cut_utf8(piece: bytes) -> bool:
    """UTF-8, but for a last letter that may be incomplete."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece, final=False)
    except UnicodeDecodeError:
        return False
    return True


def choose_for_file(path: Path, stated: str = "") -> EncodingChoice:
    """Encoding of a text file: the stated one, its byte order mark, UTF-8, or a guess.

    Reads the whole file: what this answers can be decoded to the end.
    """
    if stated:
        name = require_codec(stated)
        if find_undecodable(path, name) is not None:
            raise UnusableFile(
                _("The file is not text in the encoding %(name)s.") % {"name": stated}
            )
        return EncodingChoice(name, gettext_lazy("as you said"))
    with path.open("rb") as file:
        head = file.read(4)
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            if find_undecodable(path, name) is not None:
                raise UnusableFile(_("The text of the file is damaged; save it anew as UTF-8."))
            return EncodingChoice(name, gettext_lazy("byte order mark"))
    place = find_undecodable(path, "utf-8")
    if place is None:
        return EncodingChoice("utf-8", gettext_lazy("all text is valid UTF-8"))
    with path.open("rb") as file:
        file.seek(max(0, place - SAMPLE_BYTES // 2))
        sample = file.read(SAMPLE_BYTES)
    return EncodingChoice(guess_page(sample), gettext_lazy("guessed by the letters"))


def find_undecodable(path: Path, encoding: str) -> int | None:
    """Offset (within a megabyte) of bytes that the codec refuses; `None`: all can be read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(1 << 20)
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeError:
                return offset
            if not piece:
                return None
            offset += len(piece)
