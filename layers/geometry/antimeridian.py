"""Shapes over the 180° meridian: in degrees they must be cut there (RFC 7946, 3.1.9)."""

import numpy as np
import shapely

HALF_WORLD = 180.0


def leaps_over(shape: shapely.Geometry) -> bool:
    """A side longer than half of the world: nobody can tell which way around it goes."""
    west, _south, east, _north = shape.bounds
    if not east - west > HALF_WORLD:
        return False
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    kinds = shapely.get_type_id(parts)
    sides = [
        *shapely.get_rings(parts[kinds == shapely.GeometryType.POLYGON]),
        *parts[kinds == shapely.GeometryType.LINESTRING],
    ]
    steps = (np.abs(np.diff(shapely.get_coordinates(side)[:, 0])) for side in sides)
    return any((step > HALF_WORLD).any() for step in steps)
