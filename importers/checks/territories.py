"""Areas of a territory layer beside one another, and beside those that stand and stay."""

from collections.abc import Iterator

import numpy as np

from importers.checks.context import CheckContext, read_texts
from importers.coverage.faults import find_faults
from importers.coverage.remarks import remark_fault
from importers.coverage.standing import AREAS_MAX, find_community_area, read_areas
from importers.geometry.repair import Shapes
from importers.issues import Issue
from importers.loading.seen import SeenRows
from layers.models import Layer


class Territories:
    """Keeps all areas of the file; there are few of them. The database is read at the beginning."""

    def __init__(self, context: CheckContext) -> None:
        stays = context.stands and not context.replaces
        self._context = context
        self._community = find_community_area(but=context.layer.slug)
        self._standing = read_areas(context.layer) if stays else None
        self._shapes: list[Shapes] = []
        self._rows: list[int | None] = []
        self._keys: list[str] = []
        self._names: list[str] = []

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        yield from ()
        if seen.shapes is None or len(self._rows) > AREAS_MAX:
            return
        self._shapes.append(seen.shapes)
        self._rows += seen.rows.tolist()
        keys = [key or "" for key in seen.keys.to_pylist()]
        names = read_texts(seen.literals, self._context.layer.title_field, len(keys))
        self._keys += keys
        self._names += [name or key for name, key in zip(names, keys, strict=True)]

    def finish(self) -> Iterator[Issue]:
        if not self._shapes:
            return
        if len(self._rows) > AREAS_MAX:
            yield Issue(None, "territory-unchecked", {"most": AREAS_MAX})
            return
        self._add_standing()
        for fault in find_faults(np.concatenate(self._shapes), self._community):
            rows = [row for area in fault.areas if (row := self._rows[area])]
            if rows or not fault.areas:
                yield remark_fault(fault, self._names, self._keys, min(rows, default=None))

    def _add_standing(self) -> None:
        """Areas of the layer that the file does not name and that stay."""
        standing = self._standing
        if standing is None:
            return
        named = set(self._keys)
        staying = [place for place, key in enumerate(standing.keys) if key not in named]
        self._shapes.append(standing.shapes[staying])
        self._rows += [None] * len(staying)
        self._keys += [standing.keys[place] for place in staying]
        self._names += [standing.names[place] for place in staying]


def begin(context: CheckContext) -> Iterator[Territories]:
    if context.layer.kind == Layer.Kind.TERRITORY:
        yield Territories(context)
