"""Letters for maps elsewhere: ranges of 256 as signed distance fields (Mapbox glyphs.proto).

A MapLibre client asks `{fontstack}/{range}.pbf` when a label needs a letter of the range. The
portal's typeface comes from npm in files by script; a range is drawn by FreeType when first asked
for and kept by the process, so that nothing is built beforehand.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO

import freetype
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound

# The typeface at its ordinary weight, by the name that it has in styles.
FONT = "Onest Variable"
FILES = tuple(
    f"vendor/onest/onest-{script}-wght-normal.woff2"
    for script in (
        "latin",
        "latin-ext",
        "cyrillic",
        "cyrillic-ext",
        "vietnamese",
        "math",
        "symbols",
    )
)
RANGE_SIZE = 256
LAST_START = 0xFFFF - RANGE_SIZE + 1
RANGES_KEPT = 64

# What every client expects: letters of 24 px, a field 8 px wide of which 3 px are sent around the
# letter, its edge at three quarters of 255.
SIZE_PX = 24
SPREAD_PX = 8
BUFFER_PX = 3
EDGE = 192
# Above the baseline, where clients take the top of a line to be: capitals come out in its middle.
ASCENDER_PX = 26
RENDER_SDF = 5

MESSAGE = 2


def parse_range(font: str, text: str) -> int:
    """The first code point of `0-255`, `256-511`, …; raises `NotFound`.

    `font` is a name or a list of names with commas; the first one need not be ours.
    """
    start, dash, end = text.partition("-")
    if FONT in [name.strip() for name in font.split(",")] and dash and start.isascii():
        number = int(start) if start.isdigit() and len(start) <= 5 else -1
        if number % RANGE_SIZE == 0 and number <= LAST_START and end == str(number + 255):
            return number
    raise NotFound(
        _("There are no letters “%(range)s” of “%(font)s”: the font is “%(own)s”.")
        % {"range": text, "font": font, "own": FONT}
    )


@lru_cache(maxsize=RANGES_KEPT)
def render_range(start: int) -> bytes:
    """The protobuf of 256 code points from `start`; without a glyph where the typeface has none."""
    name = write_bytes(1, FONT.encode()) + write_bytes(2, f"{start}-{start + 255}".encode())
    glyphs = b"".join(write_bytes(3, glyph) for glyph in draw_glyphs(start))
    return write_bytes(1, name + glyphs)


def draw_glyphs(start: int) -> Iterator[bytes]:
    faces = open_faces()
    for code in range(start, start + RANGE_SIZE):
        for face in faces:
            if index := face.get_char_index(code):
                yield draw_glyph(face, index, code)
                break


@cache
def open_faces() -> tuple[freetype.Face, ...]:
    """One face for each file of the typeface; FreeType reads no WOFF2."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only for who asks for letters

    faces = []
    for name in FILES:
        font = TTFont(finders.find(name), recalcTimestamp=False)
        font.flavor = None
        plain = BytesIO()
        font.save(plain)
        face = freetype.Face(BytesIO(plain.getvalue()))
        face.set_pixel_sizes(0, SIZE_PX)
        faces.append(face)
    return tuple(faces)


def draw_glyph(face: freetype.Face, index: int, code: int) -> bytes:
    """The message `glyph`: code point, field, size, place on the line, advance; in px."""
    face.load_glyph(index, freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP)
    slot = face.glyph
    advance = round(slot.linearHoriAdvance / 65536)
    if not slot.outline.n_points:
        return write_numbers((1, code), (3, 0), (4, 0), (5, 0), (6, 0), (7, advance))
    slot.render(freetype.FT_RENDER_MODE_NORMAL)
    slot.render(RENDER_SDF)
    bitmap, cut = slot.bitmap, SPREAD_PX - BUFFER_PX
    width, height = bitmap.width - 2 * SPREAD_PX, bitmap.rows - 2 * SPREAD_PX
    pixels = bytes(bitmap.buffer).translate(SCALE)
    starts = range(cut * bitmap.pitch, (bitmap.rows - cut) * bitmap.pitch, bitmap.pitch)
    field = b"".join(pixels[start + cut : start + bitmap.width - cut] for start in starts)
    return (
        write_numbers((1, code))
        + write_bytes(2, field)
        + write_numbers(
            (3, width),
            (4, height),
            (5, zigzag(slot.bitmap_left + SPREAD_PX)),
            (6, zigzag(slot.bitmap_top - SPREAD_PX - ASCENDER_PX)),
            (7, advance),
        )
    )


# FreeType: 128 at the edge, 16 a pixel inwards. Clients: 255 / 8 a pixel.
SCALE = bytes(
    max(0, min(255, round(EDGE + (value - 128) / 128 * SPREAD_PX * 255 / SPREAD_PX)))
    for value in range(256)
)


def write_bytes(field: int, content: bytes) -> bytes:
    """A field of protobuf with bytes, text or a message."""
    return write_varint(field << 3 | MESSAGE) + write_varint(len(content)) + content


def write_numbers(*fields: tuple[int, int]) -> bytes:
    """Fields of protobuf with whole numbers from 0."""
    return b"".join(write_varint(field << 3) + write_varint(value) for field, value in fields)


def write_varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def zigzag(value: int) -> int:
    """A signed number as protobuf's `sint32` has it."""
    return value << 1 if value >= 0 else (-value << 1) - 1
