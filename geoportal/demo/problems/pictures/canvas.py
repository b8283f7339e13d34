"""A canvas in the proportions of a photo, with the light of the season and the hour."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFilter

# Drawn twice as large as kept, so that edges are smooth.
WIDTH, HEIGHT, SHRINK = 1600, 1200, 2
HORIZON = 560
JPEG_QUALITY = 82

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Light:
    """Colours of the sky, of the ground and of leaves; `shade` from 0 (night) to 1 (noon)."""

    sky: tuple[Colour, Colour]
    ground: Colour
    leaves: Colour | None
    shade: float
    is_snowy: bool


def choose_light(month: int, hour: int) -> Light:
    """The light of a month and an hour: snow from December to February, night early in winter."""
    is_cold = month in (11, 12, 1, 2, 3)
    dusk = 17 if is_cold else 21
    dawn = 7 if is_cold else 5
    is_night = hour < dawn or hour >= dusk
    snowy = month in (12, 1, 2)
    sky = ((24, 32, 58), (58, 66, 96)) if is_night else ((126, 170, 214), (214, 228, 238))
    if is_cold and not is_night:
        sky = ((166, 178, 190), (214, 220, 224))
    ground = (226, 231, 236) if snowy else (120, 146, 92) if not is_cold else (134, 128, 100)
    leaves = None if month in (11, 12, 1, 2, 3) else (92, 134, 70)
    if month in (9, 10):
        leaves = (194, 140, 58)
    return Light(sky, ground, leaves, 0.42 if is_night else 1.0, snowy)


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """`part` of the second colour in the first."""
    one, two, three = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return one, two, three


class Canvas:
    """Draws shapes of colours as the light shows them."""

    def __init__(self, light: Light, chance: Random) -> None:
        self.light, self.chance = light, chance
        self.image = Image.new("RGB", (WIDTH, HEIGHT))
        self.draw = ImageDraw.Draw(self.image)

    def lit(self, colour: Colour) -> Colour:
        return mix((12, 16, 34), colour, self.light.shade)

    def polygon(self, points: Points, colour: Colour) -> None:
        self.draw.polygon(points, fill=self.lit(colour))

    def box(self, box: Box, colour: Colour, radius: float = 0) -> None:
        self.draw.rounded_rectangle(box, radius, fill=self.lit(colour))

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self.draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=self.lit(colour))

    def line(self, points: Points, colour: Colour, width: int) -> None:
        self.draw.line(points, fill=self.lit(colour), width=width, joint="curve")

    def blot(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        """An uneven round shape."""
        steps = 26
        points: list[tuple[float, float]] = []
        for step in range(steps):
            angle = 2 * math.pi * step / steps
            reach = self.chance.uniform(0.78, 1.08)
            points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
        self.polygon(points, colour)

    def glow(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Light of a lamp around a point."""
        mask = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=150)
        mask = mask.resize((WIDTH // 8, HEIGHT // 8)).filter(ImageFilter.GaussianBlur(radius / 20))
        mask = mask.resize((WIDTH, HEIGHT))
        self.image.paste(Image.new("RGB", (WIDTH, HEIGHT), colour), mask=mask)

    def sky(self) -> None:
        top, bottom = self.light.sky
        for y in range(HORIZON + 40):
            self.draw.line((0, y, WIDTH, y), fill=mix(top, bottom, min(1.0, y / HORIZON)))

    def ground(self) -> None:
        far = mix(self.light.ground, self.light.sky[1], 0.25)
        for y in range(HORIZON, HEIGHT):
            part = (y - HORIZON) / (HEIGHT - HORIZON)
            self.draw.line((0, y, WIDTH, y), fill=self.lit(mix(far, self.light.ground, part)))

    def finish(self) -> bytes:
        """JPEG, half as large as drawn."""
        out = io.BytesIO()
        self.image.reduce(SHRINK).save(out, "JPEG", quality=JPEG_QUALITY)
        return out.getvalue()
