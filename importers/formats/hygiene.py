"""What every format may bring and no attribute or place may keep: told by row, whoever reads it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from importers.geometry.wkb.column import WkbColumn
from importers.issues import Issue
from importers.sources import Source, SourceBatch

UNREADABLE = "\ufffd"


def clean_batches(source: Source) -> Iterator[SourceBatch]:
    for batch in source.batches():
        yield check_letters(drop_zero_points(batch), source)


def check_letters(batch: SourceBatch, source: Source) -> SourceBatch:
    """Letters that could not be read stay as �, and the row is named."""
    issues = []
    for column in source.columns:
        texts = batch.values[column.place]
        if not pa.types.is_string(texts.type):
            continue
        broken = pc.fill_null(pc.match_substring(texts, UNREADABLE), fill_value=False)
        if not pc.any(broken, min_count=0).as_py():
            continue
        issues += [
            Issue(
                int(batch.rows[place]),
                "broken-letters",
                {"encoding": source.encoding.name},
                field=column.name,
            )
            for place in np.flatnonzero(broken.to_numpy(zero_copy_only=False))
        ]
    return replace(batch, faults=[*batch.faults, *issues]) if issues else batch


def drop_zero_points(batch: SourceBatch) -> SourceBatch:
    """A point at 0, 0 is what programs write for "no place"; nothing in any system lies there."""
    column = WkbColumn.read(batch.wkb)
    xy = column.points()
    if xy is None:
        return drop_zero_shapes(batch, column)
    at_zero = (xy == 0).all(axis=1)
    return without_places(batch, at_zero) if at_zero.any() else batch


def drop_zero_shapes(batch: SourceBatch, column: WkbColumn) -> SourceBatch:
    """Points of three dimensions, or among other shapes."""
    at_zero = np.zeros(len(batch.rows), np.bool_)
    for place in np.flatnonzero(column.codes() == 1):
        start = int(column.starts[place])
        at_zero[place] = not column.data[start + 5 : start + 21].any()
    return without_places(batch, at_zero) if at_zero.any() else batch


def without_places(batch: SourceBatch, chosen: np.ndarray) -> SourceBatch:
    told = [Issue(int(batch.rows[place]), "zero-place") for place in np.flatnonzero(chosen)]
    wkb = pc.if_else(pa.array(chosen), pa.scalar(None, batch.wkb.type), batch.wkb)
    return replace(batch, wkb=wkb, faults=[*batch.faults, *told])
