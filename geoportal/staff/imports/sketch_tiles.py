"""Vector tiles of a file's sketch under any coordinate system, before a row is in the database.

`mapbox-vector-tile` encodes them: what is in the database is drawn by PostGIS, and this is not.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas
import mapbox_vector_tile
import numpy as np
import shapely
from mapbox_vector_tile.encoder import on_invalid_geometry_ignore

from importers.crs.projection import find_operation, parse_code
from importers.models import Import
from importers.sketch import load_sketch
from importers.sources import FloatArray
from importers.stages.files import get_sketch_path
from tiles.grid import Tile

LAYER = "sketch"
EXTENT = 4096
BUFFER = 64
HALF_WORLD_M = 20_037_508.342789244
LATITUDE_MAX = 85.06
# Of a hundred places the odd ones out do not decide what the map shows first.
USUAL = (0.01, 0.99)
MANY = 100


@dataclass(frozen=True)
class Placed:
    """A sketch on the map: shapes in EPSG:3857; `bounds_4326`: of the usual ones, or none."""

    frame: geopandas.GeoDataFrame
    bounds_4326: tuple[float, float, float, float] | None
    lost: int


def place_sketch(path: Path, code: str, *, swapped: bool) -> Placed:
    """Raises `FileNotFoundError`, and `UnusableOption` for a code that is none."""
    return _place(str(path), path.stat().st_mtime_ns, code, swapped)


@lru_cache(maxsize=4)
def _place(path: str, _changed: int, code: str, swapped: bool) -> Placed:
    sketch = load_sketch(Path(path))
    projector = find_operation(parse_code(code), swapped=swapped).projector
    with np.errstate(all="ignore"):
        lonlat = shapely.transform(sketch.shapes, projector)
        boxes = shapely.bounds(lonlat)
    fits = np.isfinite(boxes).all(axis=1)
    fits &= (np.abs(boxes[:, [1, 3]]) <= LATITUDE_MAX).all(axis=1)
    fits &= (np.abs(boxes[:, [0, 2]]) <= 180).all(axis=1)
    frame = geopandas.GeoDataFrame(
        {"row": sketch.rows[fits], "title": np.array(sketch.titles, dtype=object)[fits]},
        geometry=list(lonlat[fits]),
        crs=4326,
    )
    return Placed(frame.to_crs(3857), find_usual_bounds(boxes[fits]), int((~fits).sum()))


def find_usual_bounds(boxes: FloatArray) -> tuple[float, float, float, float] | None:
    if not len(boxes):
        return None
    low, high = USUAL if len(boxes) >= MANY else (0.0, 1.0)
    west, south = np.quantile(boxes[:, :2], low, axis=0)
    east, north = np.quantile(boxes[:, 2:], high, axis=0)
    return float(west), float(south), float(east), float(north)


def render_tile(placed: Placed, tile: Tile) -> bytes:
    """Mapbox Vector Tile 2.1; empty where nothing lies."""
    size = 2 * HALF_WORLD_M / (1 << tile.z)
    west, north = tile.x * size - HALF_WORLD_M, HALF_WORLD_M - tile.y * size
    pixel = size / EXTENT
    margin = BUFFER * pixel
    box = (west - margin, north - size - margin, west + size + margin, north + margin)
    near = placed.frame.iloc[placed.frame.sindex.query(shapely.box(*box))]
    # One step of the grid of 4096 cannot be seen; two of them are half a pixel of the screen.
    shapes = near.geometry.simplify(2 * pixel).clip_by_rect(*box)
    corner = np.array([west, north - size])
    shapes = shapely.transform(shapes.to_numpy(), lambda xy: (xy - corner) / pixel)
    features = [
        {"geometry": shape, "properties": {"row": int(row), "title": str(title)}}
        for shape, row, title in zip(shapes, near["row"], near["title"], strict=True)
        if not shape.is_empty
    ]
    encoded: bytes = mapbox_vector_tile.encode(
        [{"name": LAYER, "features": features}],
        default_options={
            "extents": EXTENT,
            "on_invalid_geometry": on_invalid_geometry_ignore,
        },
    )
    return encoded


def find_sketch(import_: Import) -> Path | None:
    """The file of the import's sketch, where reading has left one."""
    path = get_sketch_path(import_.pk)
    return path if path.is_file() else None
