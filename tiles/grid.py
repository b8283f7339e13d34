"""The tile grid: Web Mercator square tiles, z/x/y with y from the north (XYZ)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound

# West, south, east, north in degrees.
Box = tuple[float, float, float, float]
NUMBER = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True)
class Tile:
    """One cell of the grid."""

    z: int
    x: int
    y: int


WORLD = Tile(0, 0, 0)


def access_tile(z: str, x: str, y: str) -> Tile:
    """The tile, if the grid has it."""
    numbers = [int(text) if NUMBER.fullmatch(text) else -1 for text in (z, x, y)]
    tile = Tile(*numbers)
    if not (
        0 <= tile.z <= settings.TILE_ZOOM_MAX
        and _is_in_row(tile.x, tile.z)
        and _is_in_row(tile.y, tile.z)
    ):
        raise NotFound(
            _("There is no tile %(z)s/%(x)s/%(y)s: z goes from 0 to %(max)s, x and y to 2^z - 1.")
            % {"z": z, "x": x, "y": y, "max": settings.TILE_ZOOM_MAX}
        )
    return tile


def _is_in_row(number: int, z: int) -> bool:
    return 0 <= number < 1 << z


def join_boxes(boxes: Sequence[Box]) -> Box:
    """The box around all of them; there is one at least."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return (min(wests), min(souths), max(easts), max(norths))
