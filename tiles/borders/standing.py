"""Generalised shapes as they stand in the database, and what replaces them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer
from tiles.borders.coverage import Coverage
from tiles.layer_source import BANDS, PIXEL_M
from tiles.models import Shape

ROWS_A_STATEMENT = 2000
# More shapes, or more tiles in their boxes, make the whole layer new.
SHAPES_MAX, TILES_MAX = 1000, 16384
TILE_PX = 512
Borders = Shape.Borders


class StandingShape(NamedTuple):
    borders: int
    wkb: bytes


# By feature and band.
Standing = Mapping[tuple[int, int], StandingShape]


class Replacement(NamedTuple):
    """`wkb` (EPSG:3857) is `None` where the shape stays as it is."""

    feature: int
    band: int
    borders: int
    wkb: bytes | None


def read_standing(cursor: CursorWrapper, layer: Layer, features: list[int] | None) -> Standing:
    """Of these features, or of all."""
    execute_sql(cursor, "tiles", "coverage_shapes", {"layer": layer.pk, "features": features})
    return {
        (feature, band): StandingShape(borders, bytes(wkb))
        for feature, band, borders, wkb in cursor.fetchall()
    }


def replace_shapes(
    cursor: CursorWrapper,
    layer: Layer,
    features: NDArray[np.int64],
    made: Coverage,
    standing: Standing,
) -> None:
    """Write what differs, and make the tiles new that show it; in the caller's transaction."""
    rows = list(_list_replaced(cursor, layer, features, made, standing))
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        some = rows[start : start + ROWS_A_STATEMENT]
        values = {
            "layer": layer.pk,
            "features": [row.feature for row in some],
            "bands": [row.band for row in some],
            "borders": [row.borders for row in some],
            "shapes": [row.wkb for row in some],
        }
        execute_sql(cursor, "tiles", "coverage_write", values)
    _touch(cursor, layer, [row for row in rows if row.wkb is not None], standing)


def _list_replaced(
    cursor: CursorWrapper,
    layer: Layer,
    features: NDArray[np.int64],
    made: Coverage,
    standing: Standing,
) -> Iterator[Replacement]:
    """What has no area or no neighbour stays, or becomes again, as it is by itself."""
    borders = np.where(made.overlapping, Borders.OVERLAPPING, Borders.OWN)
    borders[made.shared] = Borders.SHARED
    marks = dict(zip(features.tolist(), borders.tolist(), strict=True))
    drawn = _encode(features, made)
    parted = {
        feature
        for (feature, _), one in standing.items()
        if one.borders == Borders.SHARED and marks.get(feature) != Borders.SHARED
    }
    if parted:
        values = {"layer": layer.pk, "features": sorted(parted)}
        execute_sql(cursor, "tiles", "coverage_own", values)
        drawn |= {(feature, band): bytes(wkb) for feature, band, wkb in cursor.fetchall()}
    for (feature, band), one in standing.items():
        mark = marks.get(feature, int(Borders.OWN))
        wkb = drawn.get((feature, band), one.wkb)
        if wkb != one.wkb or mark != one.borders:
            yield Replacement(feature, band, mark, None if wkb == one.wkb else wkb)


def _encode(features: NDArray[np.int64], made: Coverage) -> dict[tuple[int, int], bytes]:
    encoded: dict[tuple[int, int], bytes] = {}
    for band, shapes in made.bands.items():
        wkbs = shapely.to_wkb(shapes[made.shared], byte_order=1)
        names = [(feature, band) for feature in features[made.shared].tolist()]
        encoded.update(zip(names, wkbs, strict=True))
    return encoded


def _touch(
    cursor: CursorWrapper, layer: Layer, rows: Sequence[Replacement], standing: Standing
) -> None:
    if not rows:
        return
    bands = [row.band for row in rows]
    places = np.array([], dtype=object)
    if len(rows) <= SHAPES_MAX:
        new = shapely.from_wkb(np.array([row.wkb for row in rows], dtype=object))
        old = [standing[row.feature, row.band].wkb for row in rows]
        places = _find_difference(shapely.from_wkb(np.array(old, dtype=object)), new)
    if not len(places) or _count_tiles(places, bands) > TILES_MAX:
        cursor.execute("SELECT tiles_touch_layers(%s)", [[layer.pk]])
        return
    values = {
        "layer": layer.pk,
        "firsts": [max((low + 1 for low in BANDS if low < band), default=0) for band in bands],
        "lasts": bands,
        "places": shapely.to_wkb(places).tolist(),
    }
    execute_sql(cursor, "tiles", "coverage_touch", values)


def _find_difference(old: NDArray[np.object_], new: NDArray[np.object_]) -> NDArray[np.object_]:
    """Where pairs of shapes differ; both whole where nothing but the order of vertices does, or
    where one has no interior.
    """
    places = np.empty(len(old), dtype=object)
    for place, (one, other) in enumerate(zip(old, new, strict=True)):
        is_sound = one.is_valid and other.is_valid
        differs = one.symmetric_difference(other) if is_sound else None
        is_found = differs is not None and not differs.is_empty
        places[place] = differs if is_found else shapely.union_all([one.envelope, other.envelope])
    return places


def _count_tiles(places: NDArray[np.object_], bands: Sequence[int]) -> float:
    tile_m = TILE_PX * PIXEL_M / 2.0 ** np.array(bands)
    west, south, east, north = shapely.bounds(places).T
    return float(np.sum(((east - west) / tile_m + 2) * ((north - south) / tile_m + 2) * 4 / 3))
