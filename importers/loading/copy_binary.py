"""Rows in COPY's binary format (PostgreSQL manual, COPY, Binary Format), put together by Arrow.

PostgreSQL takes numbers of geometries from it as they are, where in text it parses hexadecimal.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from importers.loading.arrow_text import holds_bytes
from importers.sources import ArrowArray

LARGE = pa.large_binary()
JSONB_VERSION = b"\x01"
NULL_SIZE = -1
SIZE = np.dtype(">i4")
Cell = tuple[ArrowArray, ...]


def write_text(texts: ArrowArray) -> Cell:
    """None is null; U+0000, which PostgreSQL cannot hold, is left out."""
    if holds_bytes(texts, b"\0"):
        texts = pc.replace_substring(texts, "\0", "")
    return measure(texts), as_bytes(texts)


def write_document(texts: ArrowArray) -> Cell:
    """For jsonb; none is null."""
    return measure(texts, len(JSONB_VERSION)), pa.scalar(JSONB_VERSION, LARGE), as_bytes(texts)


def write_place(ewkb: ArrowArray) -> Cell:
    return measure(ewkb), as_bytes(ewkb.fill_null(b""))


def join_tuples(cells: Iterable[Cell]) -> ArrowArray:
    """One binary value for each row; together they may pass 2 GB."""
    listed = list(cells)
    count = pa.scalar(len(listed).to_bytes(2, "big"), LARGE)
    parts = [part for cell in listed for part in cell]
    return pc.binary_join_element_wise(count, *parts, pa.scalar(b"", LARGE))


def as_bytes(values: ArrowArray) -> ArrowArray:
    """Texts as the bytes they are, without a copy."""
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        values = values.cast(pa.large_string())
    return values.cast(LARGE)


def measure(values: ArrowArray, more: int = 0) -> ArrowArray:
    """The four bytes before each value: how long it is; of null, that it is null."""
    lengths = pc.binary_length(values).fill_null(NULL_SIZE - more).to_numpy()
    sizes = (lengths + more).astype(SIZE)
    offsets = np.arange(len(sizes) + 1, dtype=np.int64) * SIZE.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(sizes)]
    return pa.Array.from_buffers(LARGE, len(sizes), buffers)
