"""Rows as they will stand in the layer, shown to checks that compare them with one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from importers.geometry.repair import Shapes
from importers.issues import Issue
from importers.sources import ArrowArray, BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class SeenRows:
    """Rows of a batch that can be loaded.

    `places`: hexadecimal EWKB, null: none. `lonlat`: points or middles of boxes, NaN: none.
    `shapes`: `None` where all are points. `literals`: JSON values by the name of the field.
    """

    rows: IntArray
    keys: ArrowArray
    places: ArrowArray
    lonlat: FloatArray
    shapes: Shapes | None
    literals: Mapping[str, ArrowArray]

    def keep(self, kept: BoolArray) -> "SeenRows":
        if kept.all():
            return self
        mask = pa.array(kept)
        return SeenRows(
            self.rows[kept],
            self.keys.filter(mask),
            self.places.filter(mask),
            self.lonlat[kept],
            None if self.shapes is None else self.shapes[kept],
            {name: texts.filter(mask) for name, texts in self.literals.items()},
        )


class RowCheck(Protocol):
    """Sees all rows in the order of the file; what it remarks are warnings."""

    def see(self, seen: SeenRows) -> Iterable[Issue]:
        """Remarks about these rows, as far as they can be made now."""
        ...

    def finish(self) -> Iterable[Issue]:
        """Remarks for which the whole file had to be seen."""
        ...
