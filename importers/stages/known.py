"""Rows that the check of an import passes over, since the layer holds them already.

They are known by the digests that the last import left, for one revision of the layer. What the
check has seen is kept beside the file, until the import is published or let go: digests of all
rows, which the next import will know them by, and of their keys.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction

from importers.loading.changesets import begin_recognition
from importers.loading.digests import Digests
from importers.loading.known import Recognition, find_known, keep_known
from importers.loading.rows import RowEncoder
from importers.models import Import
from importers.stages.files import get_seen_path
from layers.models import Layer, LayerState


def recognise(layer: Layer | None, encoder: RowEncoder) -> tuple[Recognition, int | None]:
    """Before the first row. With the revision for which rows are known; `None`: none are."""
    known, revision = find_known_now(layer) if layer else (None, None)
    recognition = begin_recognition(encoder, known, with_keys=True)
    return recognition, revision


def find_known_now(layer: Layer) -> tuple[Digests | None, int | None]:
    """Nobody is kept from writing afterwards: whoever relies on it looks at the revision again."""
    with transaction.atomic():
        revision = LayerState.objects.values_list("revision", flat=True).get(layer=layer)
        known = find_known(layer, revision)
    return known, None if known is None else revision


def is_still_known(checked: Mapping[str, Any], revision: int | None) -> bool:
    """Whether rows that the check passed over stand at this revision as they did then."""
    known_at = checked.get("known_at")
    return known_at is None or known_at == revision


def save_seen(import_: Import, recognition: Recognition) -> None:
    path = get_seen_path(import_.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez(file, rows=recognition.take_digests(), keys=recognition.take_keys())


def read_keys(import_: Import) -> Digests:
    """Sorted, of all rows that can be loaded."""
    return read(get_seen_path(import_.pk), "keys")


def keep_seen(import_: Import, layer: Layer) -> None:
    """In the transaction that publishes; the caller holds the layer's lock."""
    path = get_seen_path(import_.pk)
    if path.is_file():  # else it was checked before rows were seen so
        keep_known(layer, read(path, "rows"))


def read(path: Path, name: str) -> Digests:
    with np.load(path, allow_pickle=False) as kept:
        digests: Digests = kept[name]
    return digests
