"""Rows as they will stand in the layer, shown to checks that compare them with one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from importers.geometry.repair import Shapes
from importers.issues import Issue
from importers.loading.digests import Digests, digest_texts
from importers.sources import ArrowArray, BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class SeenRows:
    """Rows of a batch that can be loaded.

    `places`: EWKB, null: none. `lonlat`: points or middles of boxes, NaN: none.
    `shapes`: `None` where all are points. `literals`: JSON values by the name of the field.
    """

    rows: IntArray
    keys: ArrowArray
    places: ArrowArray
    lonlat: FloatArray
    shapes: Shapes | None
    literals: Mapping[str, ArrowArray]
    _digests: dict[str, Digests] = field(default_factory=dict, repr=False, compare=False)

    def digest_keys(self) -> Digests:
        return self._digest("keys", self.keys)

    def digest_places(self) -> Digests:
        return self._digest("places", self.places)

    def digest_field(self, name: str) -> Digests:
        return self._digest(f"field {name}", self.literals[name])

    def _digest(self, what: str, texts: ArrowArray) -> Digests:
        """Once, for all who look at these rows."""
        if what not in self._digests:
            self._digests[what] = digest_texts(texts)
        return self._digests[what]

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
