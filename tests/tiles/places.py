"""Which tile holds a place."""

import math

from tiles.grid import Tile


def find_tile(z: int, place: tuple[float, float]) -> Tile:
    """`place`: longitude, latitude."""
    lon, lat = place
    south = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return Tile(z, int((lon + 180) / 360 * 2**z), int(south * 2**z))
