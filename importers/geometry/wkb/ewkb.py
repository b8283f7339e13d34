"""Geometries as PostGIS keeps them: WKB with the SRID 4326 in it (EWKB), written by numpy.

Little-endian and two-dimensional. Shapes that came as such WKB and were not changed never become
bytes anew: four bytes are put in where the SRID belongs.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from importers.geometry.wkb.column import LITTLE_ENDIAN, WkbColumn
from importers.sources import ArrowArray, BoolArray, FloatArray

SRID, SRID_FLAG = 4326, 0x20000000
HEAD_BYTES = 5  # order of bytes and type, before the SRID
SRID_BYTES = np.frombuffer(np.uint32(SRID).tobytes(), np.uint8)
POINT = np.dtype([("order", "u1"), ("code", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")])
HEX_PAIRS = np.array([f"{byte:02X}" for byte in range(256)], dtype="S2").view(np.uint16)


def write_points(lonlat: FloatArray, present: BoolArray) -> ArrowArray:
    """Arrow's large binary; null where not `present`."""
    records = np.zeros(int(present.sum()), POINT)
    records["order"], records["code"], records["srid"] = LITTLE_ENDIAN, SRID_FLAG | 1, SRID
    records["x"], records["y"] = lonlat[present, 0], lonlat[present, 1]
    offsets = np.zeros(len(present) + 1, np.int64)
    np.cumsum(present * POINT.itemsize, out=offsets[1:])
    validity = pa.array(present).buffers()[1]
    return pa.Array.from_buffers(
        pa.large_binary(), len(present), [validity, pa.py_buffer(offsets), pa.py_buffer(records)]
    )


def write_shapes(
    shapes: NDArray[np.object_], source: ArrowArray, column: WkbColumn, changed: BoolArray
) -> ArrowArray:
    """Arrow's large binary; null: none. `source`, `column`: of the same rows, which all but the
    `changed` ones still are."""
    absent: BoolArray = shapely.is_missing(shapes)
    changed = changed | ~column.is_plain()
    wkb = source.cast(pa.large_binary())
    if (changed & ~absent).any():
        written = shapely.to_wkb(shapes[changed], output_dimension=2, byte_order=LITTLE_ENDIAN)
        anew = pa.array(written, pa.large_binary())
        wkb = anew if changed.all() else pc.replace_with_mask(wkb, pa.array(changed), anew)
    if absent.any():
        wkb = pc.if_else(pa.array(~absent), wkb, pa.scalar(None, pa.large_binary()))
    return add_srid(wkb)


def add_srid(wkb: ArrowArray) -> ArrowArray:
    """EWKB of large WKB, whose types bear no flags."""
    present = wkb.is_valid().to_numpy(zero_copy_only=False)
    _validity, stored, data = wkb.buffers()
    bounds = np.frombuffer(stored, np.int64)[wkb.offset : wkb.offset + len(wkb) + 1]
    sizes = np.where(present, np.diff(bounds), 0)
    offsets = np.zeros(len(wkb) + 1, np.int64)
    np.cumsum(sizes + present * len(SRID_BYTES), out=offsets[1:])
    heads = offsets[:-1][present]
    letters = np.empty(offsets[-1], np.uint8)
    places = heads[:, None] + np.arange(HEAD_BYTES, HEAD_BYTES + len(SRID_BYTES))
    copied = np.ones(len(letters), np.bool_)
    copied[places] = False
    bytes_ = (np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8))[
        bounds[0] : bounds[-1]
    ]
    if len(bytes_) != sizes.sum():  # a null may have bytes
        bytes_ = bytes_[np.repeat(present, np.diff(bounds))]
    letters[copied] = bytes_
    letters[places] = SRID_BYTES
    letters[heads + HEAD_BYTES - 1] |= SRID_FLAG >> 24
    validity = pa.array(present).buffers()[1]
    return pa.Array.from_buffers(
        pa.large_binary(), len(wkb), [validity, pa.py_buffer(offsets), pa.py_buffer(letters)]
    )


def write_hex(ewkb: ArrowArray) -> ArrowArray:
    """Arrow's large binary as hexadecimal text, as PostGIS prints it.

    GEOS's own hexadecimal costs three times as much as all bytes looked up here.
    """
    _validity, stored, data = ewkb.buffers()
    bounds = np.frombuffer(stored, np.int64)[ewkb.offset : ewkb.offset + len(ewkb) + 1]
    bytes_ = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    letters = pa.py_buffer(HEX_PAIRS[bytes_[bounds[0] : bounds[-1]]])
    offsets = pa.py_buffer((bounds - bounds[0]) * 2)
    validity = ewkb.is_valid().buffers()[1] if ewkb.null_count else None
    return pa.Array.from_buffers(pa.large_string(), len(ewkb), [validity, offsets, letters])
