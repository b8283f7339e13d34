"""The first reading of a file: how many rows, where they lie, what columns hold, which is a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import shapely

from importers.column_types import TypeGuess
from importers.keys import KeyOrigin, KeySource, find_repeated, is_unique, read_keys
from importers.sources import ArrowArray, FloatArray, IntArray, Kind, Source, SourceBatch
from importers.wkb_codes import CURVED, WkbColumn, name_dimensions

SAMPLED_A_BATCH = 1000
SAMPLED_KEYS = 500


@dataclass
class Survey:
    """`sample`: places (n, 2) as the file has them; `types`: of columns of text, by name.

    `repeated`: row → earlier row with the same key; `key_sample`: some of the keys.
    """

    rows: int
    dimensions: dict[str, int]
    sample: FloatArray
    types: dict[str, str]
    key: KeySource
    repeated: dict[int, int] = field(default_factory=dict)
    key_sample: list[str] = field(default_factory=list)


def survey_source(
    source: Source,
    candidates: Sequence[KeySource],
    *,
    with_types: bool,
    on_rows: Callable[[int], None] = lambda rows: None,
) -> Survey:
    """Read the whole file once. The first candidate that can be the key is taken, else content."""
    guesses = {
        column.place: TypeGuess(column.name, column.kind)
        for column in source.columns
        if with_types and column.kind in (Kind.CELL, Kind.TEXT)
    }
    collected = [KeyCollector(candidate) for candidate in candidates]
    dimensions: dict[str, int] = {}
    samples: list[FloatArray] = []
    numbers: list[IntArray] = []
    rows = 0
    for batch in source.batches():
        # A row is named by its number, whether or not it could be read.
        seen = [int(batch.rows[-1])] if len(batch.rows) else []
        rows = max([rows, *seen, *(fault.row or 0 for fault in batch.faults)])
        numbers.append(batch.rows)
        column = WkbColumn.read(batch.wkb)
        for name, count in name_dimensions(column.codes()).items():
            dimensions[name] = dimensions.get(name, 0) + count
        samples.append(sample_places(batch.wkb, column))
        for place, guess in guesses.items():
            guess.see(batch.values[place])
        for one in collected:
            one.see(batch)
        on_rows(rows)
    chosen = choose_key(collected)
    all_rows = np.concatenate([np.empty(0, np.int64), *numbers])
    names = {column.place: column.name for column in source.columns}
    return Survey(
        rows=rows,
        dimensions=dimensions,
        sample=np.concatenate([np.empty((0, 2)), *samples]),
        types={names[place]: guess.result for place, guess in guesses.items()},
        key=chosen.source if chosen else KeySource(KeyOrigin.CONTENT),
        repeated=chosen.find_repeated(all_rows) if chosen else {},
        key_sample=chosen.sample() if chosen else [],
    )


class KeyCollector:
    """Keys of one candidate; forgotten as soon as it cannot be the key."""

    def __init__(self, source: KeySource) -> None:
        self.source = source
        self.possible = True
        self._chunks: list[ArrowArray] = []

    def see(self, batch: SourceBatch) -> None:
        if not self.possible or not len(batch.rows):
            return
        keys = read_batch_keys(batch, self.source)
        if keys is None or not (self.source.must or is_unique(keys)):
            self.possible = False
            self._chunks = []
            return
        self._chunks.append(keys)

    def all_keys(self) -> ArrowArray:
        return pa.chunked_array(self._chunks, pa.string())

    @cached_property
    def unique(self) -> bool:
        """Once the whole file was seen: no row without a key, none that repeats one."""
        keys = self.all_keys()
        return len(keys) > 0 and is_unique(keys)

    def find_repeated(self, rows: IntArray) -> dict[int, int]:
        return {} if self.unique else find_repeated(self.all_keys(), rows)

    def sample(self) -> list[str]:
        """Some keys, spread over the file."""
        keys = self.all_keys()
        step = max(1, len(keys) // SAMPLED_KEYS)
        return [key for key in keys.take(pa.array(range(0, len(keys), step))).to_pylist() if key]


def read_batch_keys(batch: SourceBatch, source: KeySource) -> ArrowArray | None:
    if source.origin == KeyOrigin.BESIDE:
        return batch.ids
    return read_keys(batch.values[source.place])


def choose_key(collected: Sequence[KeyCollector]) -> KeyCollector | None:
    """The first that was asked for, or that names every row once."""
    for one in collected:
        if one.possible and (one.source.must or one.unique):
            return one
    return None


def sample_places(wkb: ArrowArray, column: WkbColumn) -> FloatArray:
    """Points, or middles of boxes, of up to a thousand geometries spread over the batch."""
    places = np.flatnonzero(column.present & ~np.isin(column.codes(), CURVED))
    if not len(places):
        return np.empty((0, 2))
    chosen = places[:: max(1, len(places) // SAMPLED_A_BATCH)]
    points = column.points()
    if points is not None:
        return points[chosen]
    shapes = shapely.from_wkb(wkb.take(pa.array(chosen)).to_pylist(), on_invalid="fix")
    boxes = shapely.bounds(np.asarray(shapes, dtype=object))
    middles: FloatArray = (boxes[:, :2] + boxes[:, 2:]) / 2
    return middles[np.isfinite(middles).all(axis=1)]
