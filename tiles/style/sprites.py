"""A sprite: all pictures that a style names on one sheet, 1 × and 2 × (MapLibre style, `sprite`).

The sheet is one document of SVG, drawn by resvg; its digest is that of all that stands on it.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import resvg_py
from PIL import Image

from tiles.style.signs import draw_image, list_signs

RATIOS = (1, 2)
SHEET_WIDTH_PX = 640
GAP_PX = 1
COLOURS = 256
SIZE = re.compile(r'<svg[^>]*? width="(\d+)" height="(\d+)"')
IMAGE_PROPERTIES = ("icon-image", "fill-pattern", "line-pattern", "fill-extrusion-pattern")
# Of an expression: what a text may be beside the name of a picture.
NAME = re.compile(r"[a-z0-9#:|-]+")


@dataclass(frozen=True)
class Place:
    """Where a picture lies on the sheet, in px of 1 ×."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Sprite:
    """Pictures by name in their places; `digest` changes with anything that is seen."""

    digest: str
    drawings: Mapping[str, str]
    places: Mapping[str, Place]
    height_px: int

    def build_index(self, ratio: int) -> dict[str, dict[str, int]]:
        """The sprite's JSON, in px of the sheet."""
        return {
            name: {
                "x": place.x * ratio,
                "y": place.y * ratio,
                "width": place.width * ratio,
                "height": place.height * ratio,
                "pixelRatio": ratio,
            }
            for name, place in self.places.items()
        }

    def render(self, ratio: int) -> bytes:
        """The sheet as PNG; of few colours, for it is drawn in flat ones."""
        parts = "".join(
            svg.replace("<svg ", f'<svg x="{self.places[name].x}" y="{self.places[name].y}" ', 1)
            for name, svg in self.drawings.items()
        )
        sheet = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SHEET_WIDTH_PX}" '
            f'height="{self.height_px}">{parts}</svg>'
        )
        drawn = resvg_py.svg_to_bytes(svg_string=sheet, zoom=ratio, skip_system_fonts=True)
        image = Image.open(io.BytesIO(bytes(drawn))).convert("RGBA")
        written = io.BytesIO()
        image.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(written, "PNG")
        return written.getvalue()


def build_sprite(names: Iterable[str]) -> Sprite:
    """Of the names that can be drawn; others are left to whoever shows the style."""
    drawn = {name: svg for name in sorted(set(names)) if (svg := draw_image(name))}
    places, height = place_on_sheet({name: measure(svg) for name, svg in drawn.items()})
    said = "\x1f".join((*list_signs().values(), *drawn, *drawn.values()))
    digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
    return Sprite(digest, drawn, places, height)


def measure(svg: str) -> tuple[int, int]:
    found = SIZE.match(svg)
    assert found  # noqa: S101  every sign has its size
    return int(found[1]), int(found[2])


def place_on_sheet(sizes: Mapping[str, tuple[int, int]]) -> tuple[dict[str, Place], int]:
    """Places in rows, the highest pictures first, and the height of the sheet in px."""
    places: dict[str, Place] = {}
    x = y = row = 0
    for name, (width, height) in sorted(sizes.items(), key=lambda item: -item[1][1]):
        if x + width > SHEET_WIDTH_PX:
            x, y, row = 0, y + row + GAP_PX, 0
        places[name] = Place(x, y, width, height)
        x, row = x + width + GAP_PX, max(row, height)
    return places, max(1, y + row)


def list_image_names(style_layers: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Names that style layers may ask for, those inside expressions too, each as often as it is."""
    for part in style_layers:
        for section in ("layout", "paint"):
            properties = part.get(section)
            if isinstance(properties, dict):
                for name in IMAGE_PROPERTIES:
                    yield from find_names(properties.get(name))


def find_names(value: object) -> Iterator[str]:
    """Texts of a value or an expression that have the form of a name."""
    if isinstance(value, str):
        if NAME.fullmatch(value):
            yield value
    elif isinstance(value, list):
        for each in value:
            yield from find_names(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from find_names(each)
