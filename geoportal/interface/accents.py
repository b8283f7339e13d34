"""A town's colour on light and dark ground: what can be read, and the shades that follow from it.

Contrast is that of WCAG 2.2, 1.4.3: 4.5 : 1 for text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTRAST_MIN: Final = 4.5
WHITE, BLACK = "#ffffff", "#000000"
# The grounds of tokens.css on which the accent is hardest to read, and the text upon it.
LIGHT_GROUND, DARK_GROUND = "#f0f1f0", "#343b44"
DARK_SURFACE, DARK_TEXT = "#1b1f24", "#0b1526"
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
STEP: Final = 0.04


@dataclass(frozen=True)
class Shades:
    """Values of `--accent`, `--accent-hover`, `--accent-soft` and `--on-accent`."""

    accent: str
    hover: str
    soft: str
    on: str


@dataclass(frozen=True)
class Accents:
    """A colour in both themes."""

    light: Shades
    dark: Shades


def build_accents(color: str) -> Accents:
    """`#rrggbb`; each shade is moved until everything written in it or upon it can be read."""
    light = find_readable(color, BLACK, is_readable_on_light)
    dark = find_readable(color, WHITE, is_readable_on_dark)
    return Accents(
        Shades(light, mix(light, BLACK, 0.18), _soften_light(light), WHITE),
        Shades(dark, mix(dark, WHITE, 0.3), _soften_dark(dark), DARK_TEXT),
    )


def check_accent(color: str) -> None:
    """Raises Django's `ValidationError`, with the nearest colour that can be read."""
    if not COLOUR.fullmatch(color):
        raise ValidationError(_("Write a colour as #2f6f8f."))
    if is_readable_on_light(color):
        return
    nearest = find_readable(color, BLACK, is_readable_on_light)
    raise ValidationError(
        _("%(color)s is too pale to be read on light ground; take %(nearest)s or a darker one."),
        params={"color": color, "nearest": nearest},
    )


def is_readable_on_light(color: str) -> bool:
    grounds = (WHITE, LIGHT_GROUND, _soften_light(color))
    return all(find_contrast(color, ground) >= CONTRAST_MIN for ground in grounds)


def is_readable_on_dark(color: str) -> bool:
    grounds = (DARK_GROUND, DARK_TEXT, _soften_dark(color))
    return all(find_contrast(color, ground) >= CONTRAST_MIN for ground in grounds)


def find_readable(color: str, towards: str, is_readable: Callable[[str], bool]) -> str:
    share = 0.0
    while not is_readable(found := mix(color, towards, share)):
        share += STEP
    return found


def find_contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((_find_luminance(one), _find_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """The colour with a share of the other, from 0 to 1."""
    share = min(share, 1.0)
    pairs = zip(_split(color), _split(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _soften_light(color: str) -> str:
    return mix(color, WHITE, 0.91)


def _soften_dark(color: str) -> str:
    return mix(color, DARK_SURFACE, 0.82)


def _split(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _find_luminance(color: str) -> float:
    parts = [
        value / 12.92 if (value := part / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for part in _split(color)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
