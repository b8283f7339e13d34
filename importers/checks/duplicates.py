"""Rows that say the same of the same place: only their keys differ, or not even those."""

from collections.abc import Iterator

import numpy as np

from importers.checks.context import CheckContext
from importers.issues import Issue
from importers.loading.digests import Digests, fold
from importers.loading.seen import SeenRows
from importers.sources import IntArray


class Duplicates:
    """Remembers 64 bits a row: a million rows take 16 MB; none is told twice."""

    def __init__(self, context: CheckContext) -> None:
        self._context = context
        self._rows: list[IntArray] = [np.empty(0, np.int64)]
        self._digests: list[Digests] = [np.empty(0, np.uint64)]

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        yield from ()
        said = [name for name in seen.literals if name != self._context.key_field]
        if not said:
            return  # keys alone may well share a place
        digests = seen.digest_places()
        for name in said:
            digests = fold(digests, seen.digest_field(name))
        self._rows.append(seen.rows)
        self._digests.append(digests)

    def finish(self) -> Iterator[Issue]:
        digests, rows = np.concatenate(self._digests), np.concatenate(self._rows)
        ordered = np.sort(digests)
        if not (ordered[1:] == ordered[:-1]).any():
            return
        _values, first, places = np.unique(digests, return_index=True, return_inverse=True)
        for place in np.flatnonzero(first[places] != np.arange(len(digests))):
            stated = {"first": int(rows[first[places[place]]])}
            yield Issue(int(rows[place]), "duplicate-row", stated)


def begin(context: CheckContext) -> Iterator[Duplicates]:
    yield Duplicates(context)
