"""Only some rows of a source: with certain values in their columns, or shapes of one kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from importers.errors import UnusableOption
from importers.geometry.wkb import DIMENSIONS
from importers.geometry.wkb.column import WkbColumn
from importers.sources import (
    ArrowArray,
    BoolArray,
    Source,
    SourceBatch,
    SourceFacts,
)


@dataclass(frozen=True)
class RowFilter:
    """Column → the values that are wanted, as text; `only`: point, line, polygon or all."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: str = ""

    def __bool__(self) -> bool:
        return bool(self.columns or self.only)


def keep_rows(source: Source, wanted: RowFilter) -> Source:
    """The source itself where nothing is to be left out. Raises `UnusableOption`."""
    return FilteredSource(source, wanted) if wanted else source


class FilteredSource(SourceFacts):
    """A source that passes the wanted rows on, with their numbers in the file."""

    def __init__(self, source: Source, wanted: RowFilter) -> None:
        facts = {fact.name: getattr(source, fact.name) for fact in fields(SourceFacts)}
        super().__init__(**facts | {"row_count": None})
        self._source = source
        self._only = [code for code, shape in DIMENSIONS.items() if shape == wanted.only]
        places = {column.name: column.place for column in source.columns}
        for name in wanted.columns:
            if name not in places:
                raise UnusableOption(
                    _("There is no column “%(name)s”; there are: %(names)s.")
                    % {"name": name, "names": ", ".join(places)}
                )
        self._wanted = {places[name]: values for name, values in wanted.columns.items()}

    def batches(self) -> Iterator[SourceBatch]:
        for batch in self._source.batches():
            kept = self._choose(batch)
            mask = pa.array(kept)
            dropped = set(batch.rows[~kept].tolist())
            yield SourceBatch(
                rows=batch.rows[kept],
                values=[column.filter(mask) for column in batch.values],
                wkb=batch.wkb.filter(mask),
                faults=[fault for fault in batch.faults if fault.row not in dropped],
                ids=None if batch.ids is None else batch.ids.filter(mask),
                heights=batch.heights,
            )

    def _choose(self, batch: SourceBatch) -> BoolArray:
        kept = np.ones(len(batch.rows), np.bool_)
        for place, values in self._wanted.items():
            kept &= _is_among(batch.values[place], values)
        if self._only:
            kept &= np.isin(WkbColumn.read(batch.wkb).codes(), self._only)
        return kept


def _is_among(column: ArrowArray, values: Sequence[str]) -> BoolArray:
    texts = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    found: BoolArray = pc.is_in(texts, value_set=pa.array(values, texts.type)).to_numpy(
        zero_copy_only=False
    )
    return found
