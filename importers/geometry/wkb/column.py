"""Geometry types of WKB in an Arrow column, read from its bytes without parsing a geometry."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.geometry.wkb import COLLECTION, DIMENSIONS, POINT
from importers.sources import ArrowArray, BoolArray, FloatArray, IntArray

POINT_BYTES = 21
LITTLE_ENDIAN = 1


@dataclass(frozen=True)
class WkbColumn:
    """The buffers of an Arrow binary array. `present`: rows that have a geometry."""

    data: NDArray[np.uint8]
    starts: IntArray
    ends: IntArray
    present: BoolArray

    @classmethod
    def read(cls, array: ArrowArray) -> "WkbColumn":
        if array.type != pa.binary():
            array = array.cast(pa.binary())
        stored = np.frombuffer(array.buffers()[1] or b"\0\0\0\0", dtype=np.int32)
        offsets = stored[array.offset : array.offset + len(array) + 1].astype(np.int64)
        if not len(offsets):
            offsets = np.zeros(1, np.int64)
        buffer = array.buffers()[2]
        data = np.frombuffer(buffer, dtype=np.uint8) if buffer else np.empty(0, np.uint8)
        present = array.is_valid().to_numpy(zero_copy_only=False) & (np.diff(offsets) > 0)
        return cls(data, offsets[:-1], offsets[1:], present)

    def codes(self) -> IntArray:
        """Type code of each row without Z, M and SRID flags; 0: none, -1: cut."""
        found = np.zeros(len(self.present), np.int64)
        starts = self.starts[self.present]
        if not len(starts):
            return found
        padded = np.concatenate([self.data, np.zeros(5, np.uint8)])
        digits = [padded[starts + 1 + byte].astype(np.int64) for byte in range(4)]
        little, big = (
            sum(digit << (8 * byte) for byte, digit in enumerate(order))
            for order in (digits, digits[::-1])
        )
        raw = np.where(padded[starts] == LITTLE_ENDIAN, little, big)
        whole = self.ends[self.present] - starts >= 9
        found[self.present] = np.where(whole, (raw & 0x0FFFFFFF) % 1000, -1)
        return found

    def is_plain(self) -> BoolArray:
        """Rows with a little-endian type of two dimensions, without an SRID; no collections."""
        whole: BoolArray = self.present & (self.ends - self.starts >= 9)
        starts = self.starts[whole]
        plain = (self.data[starts] == LITTLE_ENDIAN) & (self.data[starts + 1] >= POINT)
        plain &= self.data[starts + 1] < COLLECTION
        for byte in (2, 3, 4):
            plain &= self.data[starts + byte] == 0
        whole[whole] = plain
        return whole

    def points(self) -> FloatArray | None:
        """x, y of each row, shape (n, 2), NaN for none.

        `None` unless all are little-endian points of two dimensions.
        """
        sizes = (self.ends - self.starts)[self.present]
        if len(sizes) and not (sizes == POINT_BYTES).all():
            return None
        codes = self.codes()[self.present]
        if not ((codes == POINT) & (self.data[self.starts[self.present]] == LITTLE_ENDIAN)).all():
            return None
        xy = np.full((len(self.present), 2), np.nan)
        if len(sizes):
            starts = self.starts[self.present]
            records = self.data[starts[0] : starts[0] + POINT_BYTES * len(starts)]
            if (np.diff(starts) != POINT_BYTES).any():
                records = self.data[starts[:, None] + np.arange(POINT_BYTES)]
            numbers = records.reshape(-1, POINT_BYTES)[:, 5:]
            xy[self.present] = np.ascontiguousarray(numbers).view("<f8")
        return xy


def name_dimensions(codes: IntArray) -> dict[str, int]:
    """How many geometries are points, lines, polygons or something else."""
    found: dict[str, int] = {}
    for code, count in zip(*np.unique(codes[codes != 0], return_counts=True), strict=True):
        name = DIMENSIONS.get(int(code), "other")
        found[name] = found.get(name, 0) + int(count)
    return found
