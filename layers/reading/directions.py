"""The eight directions, by letters and in words."""

from typing import Final

from django.utils.translation import gettext_noop as _

CODES: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
WORDS: Final = (
    _("to the north"),
    _("to the north-east"),
    _("to the east"),
    _("to the south-east"),
    _("to the south"),
    _("to the south-west"),
    _("to the west"),
    _("to the north-west"),
)
STEP_DEG: Final = 45


def find_sector(bearing_deg: float) -> int:
    """0 is north, 2 east: the place in both lists."""
    return round(bearing_deg / STEP_DEG) % len(CODES)
