"""Tables of the tiles."""

from tiles.models.touches import Touch

__all__ = ["Touch"]
