"""A table whose cells are held as text in memory: what spreadsheets and JSON give."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext_lazy

from importers.issues import Issue
from importers.sources import (
    POINTS_A_BATCH,
    Declaration,
    EncodingChoice,
    Kind,
    RecordBatch,
    SourceBatch,
    SourceColumn,
    SourceFacts,
)


class MemoryTable(SourceFacts):
    """`batches`: Arrow batches of text, a column for each name; `faults`: by row, in order."""

    def __init__(
        self,
        format_name: str,
        name: str,
        names: Sequence[str],
        held: Sequence[RecordBatch],
        faults: Sequence[Issue] = (),
        header_row: int = 0,
    ) -> None:
        self._held = held
        self._faults = faults
        super().__init__(
            format=format_name,
            name=name,
            columns=[SourceColumn(each, Kind.CELL, place) for place, each in enumerate(names)],
            declared=Declaration(None, gettext_lazy("a table does not say it")),
            encoding=EncodingChoice("utf-8", gettext_lazy("the format says so")),
            has_geometry=False,
            row_count=sum(batch.num_rows for batch in held),
            choices={"header_row": str(header_row)} if header_row else {},
        )

    def batches(self) -> Iterator[SourceBatch]:
        first = 1
        for batch in self._held:
            rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
            first += batch.num_rows
            faults = [one for one in self._faults if one.row and rows[0] <= one.row <= rows[-1]]
            yield SourceBatch(rows, batch.columns, pa.nulls(len(rows), pa.binary()), faults)


def hold_rows(rows: Iterator[Sequence[str | None]], width: int) -> Iterator[RecordBatch]:
    """Rows of `width` cells as Arrow batches."""
    waiting: list[Sequence[str | None]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == POINTS_A_BATCH:
            yield build_batch(waiting, width)
            waiting = []
    if waiting:
        yield build_batch(waiting, width)


def build_batch(rows: Sequence[Sequence[str | None]], width: int) -> RecordBatch:
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(width)]
    return pa.RecordBatch.from_arrays(columns, [str(place) for place in range(width)])
