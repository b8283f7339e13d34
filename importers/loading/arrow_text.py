"""Arrow strings and binary as the bytes they are: one look over a column, not at each value."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.sources import ArrowArray


def text_bytes(array: ArrowArray) -> NDArray[np.uint8]:
    """All values of an array, one after the other."""
    kind = np.int64 if array.type in (pa.large_string(), pa.large_binary()) else np.int32
    _validity, offsets, data = array.buffers()
    if offsets is None or data is None:
        return np.empty(0, np.uint8)
    bounds = np.frombuffer(offsets, kind)[array.offset : array.offset + len(array) + 1]
    if not len(bounds):
        return np.empty(0, np.uint8)
    return np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]


def holds_bytes(array: ArrowArray, characters: bytes, below: int = 0) -> bool:
    """Whether any value has one of the ASCII characters, or a byte below the given one."""
    data = text_bytes(array)
    return bool((data < below).any()) or any(bool((data == byte).any()) for byte in characters)
