"""What changed in tiles, and what tiles from afar are made of."""

from tiles.models.cells import Cell
from tiles.models.heavy import HeavyTile
from tiles.models.shapes import Shape
from tiles.models.touches import Touch

__all__ = ["Cell", "HeavyTile", "Shape", "Touch"]
