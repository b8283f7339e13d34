"""The first reading of a file: how many rows, where they lie, what columns hold, which is a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import shapely

from importers.geometry.wkb import CURVED
from importers.geometry.wkb.column import WkbColumn, name_dimensions
from importers.issues import NO_THINGS
from importers.mapping.column_types import TypeGuess
from importers.mapping.keys import (
    KeyOrigin,
    KeySource,
    count_distinct,
    find_repeated,
    is_nearly_unique,
    is_unique,
    read_keys,
)
from importers.sources import ArrowArray, FloatArray, IntArray, Kind, Source, SourceBatch

SAMPLED_A_BATCH = 1000
SAMPLED_KEYS = 500
SAMPLED_TEXTS = 500
# Of fewer rows a repeated value says little about what the column is for.
FEWEST_ROWS = 20


@dataclass(frozen=True)
class NearlyKey:
    """A column that is unique but for a few rows: `repeated` have another's key, `missing` none.

    `key_sample`: some of its keys.
    """

    name: str
    repeated: int
    missing: int
    key_sample: tuple[str, ...] = ()


@dataclass
class Survey:
    """`sample`: places (n, 2) as the file has them; `types`: of columns of text, by name.

    `repeated`: row → earlier row with the same key; `key_sample`: some of the keys. `nearly`: what
    would be the key but for a few rows. `values`: some texts of each column.
    """

    rows: int
    dimensions: dict[str, int]
    sample: FloatArray
    types: dict[str, str]
    key: KeySource
    repeated: dict[int, int] = field(default_factory=dict)
    nearly: list[NearlyKey] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    key_sample: list[str] = field(default_factory=list)


def survey_source(
    source: Source,
    candidates: Sequence[KeySource],
    *,
    with_types: bool,
    on_rows: Callable[[int], None] = lambda rows: None,
    on_batch: Callable[[SourceBatch], None] = lambda batch: None,
) -> Survey:
    """Read the whole file once. The first candidate that can be the key is taken, else content."""
    guesses = {
        column.place: TypeGuess(column.name, column.kind)
        for column in source.columns
        if with_types and column.kind in (Kind.CELL, Kind.TEXT)
    }
    texts = {place: TextSample() for place in guesses}
    collected = [KeyCollector(candidate) for candidate in candidates]
    places = PlaceCollector()
    for batch in source.batches():
        places.see(batch)
        on_batch(batch)
        things = find_things(batch)
        for place, guess in guesses.items():
            values = batch.values[place]
            guess.see(values if things is None else values.filter(things))
            texts[place].see(values)
        for one in collected:
            one.see(batch)
        on_rows(places.rows)
    chosen = choose_key(collected)
    names = {column.place: column.name for column in source.columns}
    return Survey(
        rows=places.rows,
        dimensions=places.dimensions,
        sample=places.sample(),
        types={names[place]: guess.result for place, guess in guesses.items()},
        key=chosen.source if chosen else KeySource(KeyOrigin.CONTENT),
        repeated=chosen.find_repeated(places.numbers()) if chosen else {},
        key_sample=chosen.sample() if chosen else [],
        nearly=[] if chosen else [found for one in collected if (found := one.find_nearly())],
        values={names[place]: some.values for place, some in texts.items()},
    )


def find_things(batch: SourceBatch) -> ArrowArray | None:
    """Which rows are things, not titles or sums, whose words say nothing of types; `None`: all."""
    others = [fault.row or 0 for fault in batch.faults if fault.code in NO_THINGS]
    return pa.array(~np.isin(batch.rows, others)) if others else None


class TextSample:
    """Some texts of one column, from the first rows that have one."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def see(self, array: ArrowArray) -> None:
        room = SAMPLED_TEXTS - len(self.values)
        if room > 0:
            some = array.slice(0, 4 * room).to_pylist()
            self.values += [value for value in some if isinstance(value, str) and value][:room]


class PlaceCollector:
    """How many rows there are, of what dimensions, and where some of them lie."""

    def __init__(self) -> None:
        self.rows = 0
        self.dimensions: dict[str, int] = {}
        self._numbers: list[IntArray] = [np.empty(0, np.int64)]
        self._samples: list[FloatArray] = [np.empty((0, 2))]

    def see(self, batch: SourceBatch) -> None:
        # A row is named by its number, whether or not it could be read.
        last = [int(batch.rows[-1])] if len(batch.rows) else []
        self.rows = max([self.rows, *last, *(fault.row or 0 for fault in batch.faults)])
        self._numbers.append(batch.rows)
        column = WkbColumn.read(batch.wkb)
        for name, count in name_dimensions(column.codes()).items():
            self.dimensions[name] = self.dimensions.get(name, 0) + count
        self._samples.append(sample_places(batch.wkb, column))

    def numbers(self) -> IntArray:
        """Row numbers of all rows that came in batches."""
        return np.concatenate(self._numbers)

    def sample(self) -> FloatArray:
        return np.concatenate(self._samples)


class KeyCollector:
    """Keys of one candidate; forgotten as soon as it cannot be the key, not even nearly."""

    def __init__(self, source: KeySource) -> None:
        self.source = source
        self.possible = True
        self._chunks: list[ArrowArray] = []

    def see(self, batch: SourceBatch) -> None:
        if not self.possible or not len(batch.rows):
            return
        keys = read_whole_numbers(batch, self.source)
        if keys is None:
            keys = read_batch_keys(batch, self.source)
        if keys is None or not (self.source.must or is_nearly_unique(keys)):
            self.possible = False
            self._chunks = []
            return
        # A copy: a view would keep all values of the batch with it.
        self._chunks.append(pa.concat_arrays([keys, keys.slice(0, 0)]))

    def all_keys(self) -> ArrowArray:
        """Whole numbers where the column holds them, else texts: equal where keys are equal."""
        return pa.chunked_array(self._chunks, self._chunks[0].type if self._chunks else pa.string())

    @cached_property
    def unique(self) -> bool:
        """Once the whole file was seen: no row without a key, none that repeats one."""
        keys = self.all_keys()
        return len(keys) > 0 and is_unique(keys)

    def find_nearly(self) -> NearlyKey | None:
        """Once the whole file was seen."""
        if not self.possible or self.source.must or self.source.origin != KeyOrigin.COLUMN:
            return None
        keys = self.all_keys()
        if self.unique or len(keys) < FEWEST_ROWS or not is_nearly_unique(keys):
            return None
        repeated = len(keys) - keys.null_count - count_distinct(keys)
        return NearlyKey(self.source.name, repeated, keys.null_count, tuple(self.sample()))

    def find_repeated(self, rows: IntArray) -> dict[int, int]:
        return {} if self.unique else find_repeated(self.all_keys(), rows)

    def sample(self) -> list[str]:
        """Some keys, spread over the file."""
        keys = self.all_keys()
        step = max(1, len(keys) // SAMPLED_KEYS)
        chosen = keys.take(pa.array(range(0, len(keys), step)))
        return [key for key in read_keys(chosen).to_pylist() if key]


def read_whole_numbers(batch: SourceBatch, source: KeySource) -> ArrowArray | None:
    """Keys as they are, before they are text: counted in a fraction of the time and memory."""
    if source.origin == KeyOrigin.BESIDE:
        return None
    values = batch.values[source.place]
    return values if pa.types.is_integer(values.type) else None


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
