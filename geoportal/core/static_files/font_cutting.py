"""Typefaces cut to what a style sheet asks of them: its letters, its weights, its features.

A page loads a face before it shows its letters as they should be, and most of a variable face is
letters of other languages and weights that no page uses. What is cut is what `@font-face` says
anyway: `unicode-range` and `font-weight`; so the sheet is the only place that decides.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from geoportal.core.static_files.references import list_references

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
RANGE = re.compile(r"unicode-range:\s*([^;}]+)")
WEIGHTS = re.compile(r"font-weight:\s*(\d+)\s+(\d+)")
POINTS = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
# Kerning, marks over letters, and figures of one width; what else a face knows no page asks for.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "tnum"]

# It tells of every glyph that it keeps.
logging.getLogger("fontTools").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Face:
    """`name` is the static name of the file; `weights` the least and the greatest, if limited."""

    name: str
    letters: frozenset[int]
    weights: tuple[int, int] | None


def list_faces(sheet: str, text: str) -> Iterator[Face]:
    """Faces that a style sheet asks for in part; `sheet` is its static name."""
    for face in FACE.findall(text):
        asked = RANGE.search(face)
        files = list(list_references(sheet, face))
        if asked and len(files) == 1:
            weights = WEIGHTS.search(face)
            yield Face(
                files[0].name,
                frozenset(read_letters(asked[1])),
                (int(weights[1]), int(weights[2])) if weights else None,
            )


def read_letters(ranges: str) -> Iterator[int]:
    for first, last in POINTS.findall(ranges):
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut_font(content: bytes, face: Face) -> bytes:
    """A file in WOFF2 with what the face asks for and the file has."""
    font = TTFont(BytesIO(content), recalcTimestamp=False)
    if face.weights and "fvar" in font:
        font = instantiateVariableFont(font, {"wght": face.weights})
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
