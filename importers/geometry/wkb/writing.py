"""GeoJSON coordinates and lon/lat arrays as WKB, two-dimensional, in the axis order of the file."""

import math
import struct
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext as _

from importers.geometry.wkb import (
    COLLECTION,
    LINE,
    MULTI_LINE,
    MULTI_POINT,
    MULTI_POLYGON,
    POINT,
    POLYGON,
)
from importers.sources import ArrowArray, BoolArray, FloatArray

CODES = {
    "Point": POINT,
    "LineString": LINE,
    "Polygon": POLYGON,
    "MultiPoint": MULTI_POINT,
    "MultiLineString": MULTI_LINE,
    "MultiPolygon": MULTI_POLYGON,
    "GeometryCollection": COLLECTION,
}
POINT_RECORD = np.dtype([("order", "u1"), ("code", "<u4"), ("x", "<f8"), ("y", "<f8")])
pack_point = struct.Struct("<BIdd").pack
pack_head = struct.Struct("<BII").pack
pack_count = struct.Struct("<I").pack
Json = Any


class BadGeometry(ValueError):
    """Why an object is no geometry, in the user's language."""


def encode_points(xy: FloatArray, present: BoolArray) -> ArrowArray:
    """Arrow binary of points; null where not `present`. `xy`: shape (n, 2)."""
    records = np.zeros(int(present.sum()), POINT_RECORD)
    records["order"], records["code"] = 1, POINT
    records["x"], records["y"] = xy[present, 0], xy[present, 1]
    offsets = np.zeros(len(present) + 1, np.int32)
    np.cumsum(present * POINT_RECORD.itemsize, out=offsets[1:])
    validity = pa.array(present).buffers()[1]
    return pa.Array.from_buffers(
        pa.binary(), len(present), [validity, pa.py_buffer(offsets), pa.py_buffer(records)]
    )


def encode_geojson_points(geometries: Sequence[Json]) -> ArrowArray | None:
    """WKB of GeoJSON points in two dimensions; `None` where one of them is anything else."""
    try:
        positions = [one["coordinates"] for one in geometries if one["type"] == "Point"]
        numbers = set(map(type, chain.from_iterable(positions))) <= {float, int}
        if len(positions) < len(geometries) or set(map(len, positions)) != {2} or not numbers:
            return None
        xy = np.array(positions, np.float64)
    except (KeyError, TypeError, OverflowError):
        return None
    return encode_points(xy, np.ones(len(xy), bool)) if np.isfinite(xy).all() else None


def encode_geojson(geometry: Json) -> tuple[bytes | None, bool]:
    """WKB of a GeoJSON geometry (`None` for null), and whether a third dimension was left out.

    Rings and lines are written as they are, however short or open. Raises `BadGeometry`.
    """
    if geometry is None:
        return None, False
    if not isinstance(geometry, dict):
        raise BadGeometry(_("it is no object"))
    code = CODES.get(str(geometry.get("type")))
    if code is None:
        raise BadGeometry(_("its type is “%(type)s”") % {"type": geometry.get("type")})
    if code == COLLECTION:
        return encode_collection(geometry.get("geometries"))
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        raise BadGeometry(_("it has no coordinates"))
    if not coordinates:
        return None, False
    try:
        wkb = ENCODERS[code](coordinates)
    except (TypeError, ValueError, IndexError, OverflowError, struct.error, AttributeError):
        raise BadGeometry(_("its coordinates are not pairs of numbers")) from None
    return wkb, has_height(coordinates)


def encode_collection(geometries: Json) -> tuple[bytes | None, bool]:
    if not isinstance(geometries, list):
        raise BadGeometry(_("it has no parts"))
    try:
        pairs = [encode_geojson(part) for part in geometries]
    except RecursionError:
        raise BadGeometry(_("its parts stand too deep in one another")) from None
    parts = [wkb for wkb, _high in pairs if wkb is not None]
    if not parts:
        return None, False
    return pack_head(1, COLLECTION, len(parts)) + b"".join(parts), any(high for _w, high in pairs)


def has_height(coordinates: Json) -> bool:
    while coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return len(coordinates) > 2


def encode_point(position: Sequence[Any]) -> bytes:
    x, y = position[0], position[1]
    if isinstance(x, str | bool) or isinstance(y, str | bool):
        raise TypeError
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError
    return pack_point(1, POINT, x, y)


def encode_positions(positions: Sequence[Sequence[Any]]) -> bytes:
    """Count and coordinates, as in a line or a ring."""
    flat = [number for position in positions for number in (position[0], position[1])]
    if not math.isfinite(sum(flat)):
        raise ValueError
    return struct.pack(f"<I{len(flat)}d", len(positions), *flat)


def encode_line(positions: Sequence[Sequence[Any]]) -> bytes:
    return struct.pack("<BI", 1, LINE) + encode_positions(positions)


def encode_polygon(rings: Sequence[Sequence[Sequence[Any]]]) -> bytes:
    kept = [encode_positions(ring) for ring in rings if ring]
    return pack_head(1, POLYGON, len(kept)) + b"".join(kept)


def encode_multi_point(points: Sequence[Sequence[Any]]) -> bytes:
    return pack_head(1, MULTI_POINT, len(points)) + b"".join(map(encode_point, points))


def encode_multi_line(lines: Sequence[Sequence[Sequence[Any]]]) -> bytes:
    return pack_head(1, MULTI_LINE, len(lines)) + b"".join(map(encode_line, lines))


def encode_multi_polygon(polygons: Sequence[Sequence[Sequence[Sequence[Any]]]]) -> bytes:
    return pack_head(1, MULTI_POLYGON, len(polygons)) + b"".join(map(encode_polygon, polygons))


ENCODERS = {
    POINT: encode_point,
    LINE: encode_line,
    POLYGON: encode_polygon,
    MULTI_POINT: encode_multi_point,
    MULTI_LINE: encode_multi_line,
    MULTI_POLYGON: encode_multi_polygon,
}
