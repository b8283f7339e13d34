"""What every reader gives: batches of attributes and WKB, and what the file says of itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray
from pyproj import CRS

from importers.issues import Issue

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
ArrowArray = Any  # pyarrow has no type information
RecordBatch = Any

POINTS_A_BATCH = 16_384
SHAPES_A_BATCH = 4_096
NO_PLACES = gettext_lazy("The file holds no places.")


class Kind(StrEnum):
    """What the cells of a column are; `CELL`: text of a table, which may mean anything."""

    CELL = "cell"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    JSON = "json"


@dataclass(frozen=True)
class SourceColumn:
    """An attribute of the file; `place` is its position in `SourceBatch.values`."""

    name: str
    kind: Kind
    place: int


@dataclass(frozen=True)
class Declaration:
    """The coordinate system that a file states.

    `crs` is `None` when it states none. `binding`: the standard of the format leaves no other.
    """

    crs: CRS | None
    reason: str | Promise
    binding: bool = False


@dataclass(frozen=True)
class EncodingChoice:
    """A Python codec and why it was taken."""

    name: str
    reason: str | Promise


@dataclass(frozen=True)
class SourceBatch:
    """Some rows. `wkb`: Arrow binary in the file's own coordinates, x (east) first; null: none.

    `rows` are 1-based numbers of the rows in the file. `faults` name rows that cannot be used,
    whether they stand in `rows` or could not even be split into columns.
    `ids`: keys that stand beside the attributes (GeoJSON's `id`), Arrow strings.
    `heights`: a third dimension was left out already.
    """

    rows: IntArray
    values: Sequence[ArrowArray]
    wkb: ArrowArray
    faults: Sequence[Issue] = ()
    ids: ArrowArray | None = None
    heights: bool = False


def merge_batches(batches: Iterable[SourceBatch]) -> Iterator[SourceBatch]:
    """All rows as one batch, for what has to see them together."""
    several = list(batches)
    if not several:
        return
    ids = [batch.ids for batch in several]
    yield SourceBatch(
        rows=np.concatenate([batch.rows for batch in several]),
        values=[
            pa.chunked_array(parts).combine_chunks()
            for parts in zip(*(batch.values for batch in several), strict=True)
        ],
        wkb=pa.chunked_array([batch.wkb for batch in several]).combine_chunks(),
        faults=[fault for batch in several for fault in batch.faults],
        ids=None if None in ids else pa.chunked_array(ids).combine_chunks(),
        heights=any(batch.heights for batch in several),
    )


@dataclass
class SourceFacts:
    """What an open file tells of itself; a reader adds `batches`.

    `format`: the reader's name. `ignored`: columns that hold what no attribute can.
    `place_names`: columns that became the place. `cuts_names`: names of columns may be cut.
    `without_places`: what to say where there is no geometry. `choices`: options of the format as
    they were taken, whether the user said them or not.
    """

    format: str
    name: str
    columns: Sequence[SourceColumn]
    declared: Declaration
    encoding: EncodingChoice
    has_geometry: bool = True
    has_ids: bool = False
    row_count: int | None = None
    ignored: Sequence[str] = ()
    place_names: frozenset[str] = frozenset()
    cuts_names: bool = False
    without_places: str | Promise = NO_PLACES
    choices: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """An open file: `SourceFacts` and its rows."""

    format: str
    name: str
    columns: Sequence[SourceColumn]
    declared: Declaration
    encoding: EncodingChoice
    has_geometry: bool
    has_ids: bool
    row_count: int | None
    ignored: Sequence[str]
    place_names: frozenset[str]
    cuts_names: bool
    without_places: str | Promise
    choices: Mapping[str, str]

    def batches(self) -> Iterator[SourceBatch]:
        """May be called again and gives the same."""
        ...
