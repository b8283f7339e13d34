"""Rows that say nothing new to a layer: digests of what was imported last, while it stands.

A row that was imported changes nothing when it comes again, as long as nothing has written to the
layer since. The layer's revision tells that: every write raises it, by a trigger. So digests are
kept with the revision that an import left, and are good for that one only.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from django.db import connection

from importers.loading.digests import Digests, digest_text, digest_texts, fold
from importers.loading.seen import SeenRows
from importers.loading.standing import is_among, unescape
from importers.models import KnownRows
from importers.sources import BoolArray
from layers.models import Layer, LayerState

# Raised where the same row gets another digest.
VERSION = 2
# Fewer rows are looked up by their keys in no time.
FEWEST = 20_000
# A cell of the database has a megabyte of digests.
PART = 131_072
PARTS_AT_ONCE = 8
KEYS_AT_ONCE = 32_768


class Recognition:
    """Sees the rows of a file that can be loaded, and tells which of them are new.

    `standing`: sorted digests of known rows. `public`, `internal`: names of the fields that are
    filled. With keys it can tell afterwards which of the layer's keys the file does not name.
    """

    def __init__(
        self,
        standing: Digests | None,
        public: Iterable[str],
        internal: Iterable[str],
        *,
        with_keys: bool,
    ) -> None:
        layout = (VERSION, sorted(public), sorted(internal))
        self.knows = standing is not None
        self.unchanged = 0
        self._standing = np.empty(0, np.uint64) if standing is None else standing
        self._with_keys = with_keys
        self._layout = digest_text(repr(layout))
        self._names = [*layout[1], *layout[2]]
        self._digests: list[Digests] = [np.empty(0, np.uint64)]
        self._keys: list[Digests] = [np.empty(0, np.uint64)]

    def find_new(self, seen: SeenRows) -> BoolArray:
        digests = fold(fold(seen.digest_keys(), self._layout), seen.digest_places())
        for name in self._names:
            digests = fold(digests, seen.digest_field(name))
        self._digests.append(digests)
        if self._with_keys:
            self._keys.append(seen.digest_keys())
        known = is_among(digests, self._standing)
        self.unchanged += int(known.sum())
        return ~known

    def take_digests(self) -> Digests:
        """Of all rows that were seen, sorted."""
        return np.sort(np.concatenate(self._digests))

    def take_keys(self) -> Digests:
        """Of all rows that were seen, sorted; of none without keys."""
        return np.sort(np.concatenate(self._keys))


def list_unnamed_keys(layer: Layer, named: Digests) -> list[str]:
    """Keys of the layer that are not among the named ones, which are sorted."""
    unnamed = UnnamedKeys(named)
    table = connection.ops.quote_name(f"layers_feature_{layer.pk}")
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} (key) TO STDOUT", unnamed)
    unnamed.look()
    return unnamed.found


class UnnamedKeys:
    """Keys of a layer, which psycopg2 writes here: those that a file does not name are kept."""

    def __init__(self, named: Digests) -> None:
        self.found: list[str] = []
        self._named = named
        self._cells: list[bytes] = []

    def write(self, line: bytes) -> None:
        self._cells.append(line[:-1])
        if len(self._cells) == KEYS_AT_ONCE:
            self.look()

    def look(self) -> None:
        keys = [unescape(cell) if b"\\" in cell else cell.decode() for cell in self._cells]
        self._cells.clear()
        unnamed = ~is_among(digest_texts(pa.array(keys, pa.string())), self._named)
        self.found += [keys[place] for place in np.flatnonzero(unnamed)]


def find_known(layer: Layer, revision: int) -> Digests | None:
    """Sorted digests of rows that change nothing; `None` where something was written since.

    `revision`: as the layer stands; the caller holds its lock, or looks at it again.
    """
    known = KnownRows.objects.filter(layer=layer, revision=revision)
    parts = known.order_by("part").values_list("digests", flat=True)
    found = [np.frombuffer(bytes(part), "<u8") for part in parts.iterator(PARTS_AT_ONCE)]
    return np.concatenate(found) if found else None


def keep_known(layer: Layer, digests: Digests) -> None:
    """In the transaction of the import, once it has written all; the caller holds the lock."""
    KnownRows.objects.filter(layer=layer).delete()
    if len(digests) < FEWEST:
        return
    revision = LayerState.objects.values_list("revision", flat=True).get(layer=layer)
    for part, start in enumerate(range(0, len(digests), PART)):
        some = digests[start : start + PART].astype("<u8").tobytes()
        KnownRows.objects.create(layer=layer, part=part, revision=revision, digests=some)
