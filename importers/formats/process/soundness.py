"""Whether Arrow data from a process that has read a stranger's file can be looked into safely.

Arrow's own full validation reads every letter too, which takes a second for a million rows; what
would lead beyond the memory of an array are offsets, and those are looked at in some microseconds.
"""

import numpy as np
import pyarrow as pa

SMALL, LARGE = (
    (pa.types.is_string, pa.types.is_binary),
    (
        pa.types.is_large_string,
        pa.types.is_large_binary,
    ),
)


def require_sound(batch: pa.RecordBatch) -> None:
    """Raises `pa.ArrowInvalid`."""
    batch.validate()  # sizes of buffers, the first and the last offset
    for array in batch.columns:
        if pa.types.is_primitive(array.type) or pa.types.is_null(array.type):
            continue
        if any(fits(array.type) for fits in SMALL):
            require_rising(array, np.dtype(np.int32))
        elif any(fits(array.type) for fits in LARGE):
            require_rising(array, np.dtype(np.int64))
        else:
            array.validate(full=True)


def require_rising(array: pa.Array, kind: "np.dtype[np.signedinteger]") -> None:
    """Each value begins where the one before it ends."""
    _nulls, offsets, _values = array.buffers()
    if offsets is None or not len(array):
        return
    found = np.frombuffer(offsets, kind, len(array) + 1, array.offset * kind.itemsize)
    if (found[1:] < found[:-1]).any():
        raise pa.ArrowInvalid("offsets fall")
