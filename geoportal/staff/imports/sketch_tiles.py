"""Vector tiles of a file's sketch under any coordinate system, before a row is in the database.

`mapbox-vector-tile` encodes them: what is in the database is drawn by PostGIS, and this is not.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import shapely
from mapbox_vector_tile.encoder import on_invalid_geometry_ignore

from importers.crs.projection import find_operation, parse_code
from importers.models import Import
from importers.sketch import load_sketch
from importers.sources import FloatArray, IntArray
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
    """A sketch on the map: the tree holds its shapes in EPSG:3857, in the order of the rows.

    `bounds_4326`: of the usual ones, or none.
    """

    rows: IntArray
    titles: list[str]
    tree: shapely.STRtree
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
    places = np.flatnonzero(fits)
    return Placed(
        rows=sketch.rows[places],
        titles=[sketch.titles[place] for place in places],
        tree=shapely.STRtree(shapely.transform(lonlat[places], to_mercator)),
        bounds_4326=find_usual_bounds(boxes[places]),
        lost=int((~fits).sum()),
    )


def to_mercator(lonlat: FloatArray) -> FloatArray:
    """EPSG:4326 to EPSG:3857: the sphere of the map's tiles (EPSG guidance note 7-2, 1024)."""
    x = lonlat[:, 0] / 180 * HALF_WORLD_M
    latitude = np.radians(lonlat[:, 1])
    y = np.log(np.tan(np.pi / 4 + latitude / 2)) / np.pi * HALF_WORLD_M
    return np.column_stack([x, y])


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
    near = np.sort(placed.tree.query(shapely.box(*box)))
    # One step of the grid of 4096 cannot be seen; two of them are half a pixel of the screen.
    shapes = shapely.clip_by_rect(shapely.simplify(placed.tree.geometries[near], 2 * pixel), *box)
    corner = np.array([west, north - size])
    shapes = shapely.transform(shapes, lambda xy: (xy - corner) / pixel)
    features = [
        {
            "geometry": shape,
            "properties": {"row": int(placed.rows[place]), "title": placed.titles[place]},
        }
        for shape, place in zip(shapes, near, strict=True)
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
