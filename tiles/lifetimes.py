"""How long caches may keep tiles of layers without asking.

A layer that changes is asked for each time; one that is no longer updated for an hour; and under an
address that names its version for ever, since a correction makes another address in TileJSON.
"""

import hashlib
from collections.abc import Sequence

from geoportal.core.http.answers import REVALIDATED
from layers.models import Layer, LayerState

VERSION_PARAMETER = "v"
VERSION_BYTES = 6
AN_HOUR = "max-age=3600"
FOR_EVER = "max-age=31536000, immutable"


def find_life(layers: Sequence[Layer], version: str | None) -> str:
    """The end of `Cache-Control`; `version`: what the address names."""
    if not _are_final(layers):
        return REVALIDATED
    if version is None:
        return AN_HOUR
    return FOR_EVER if version == _build_version(layers) else REVALIDATED


def write_query(layers: Sequence[Layer]) -> str:
    """What ends an address of their tiles: `?v=…` if none of them is updated any more."""
    return f"?{VERSION_PARAMETER}={_build_version(layers)}" if _are_final(layers) else ""


def _are_final(layers: Sequence[Layer]) -> bool:
    return all(layer.update_frequency == Layer.Frequency.NEVER for layer in layers)


def _build_version(layers: Sequence[Layer]) -> str:
    """Of data and description of all of them, in hexadecimal digits."""
    revisions = dict(
        LayerState.objects.filter(layer__in=layers).values_list("layer_id", "revision")
    )
    parts = [(layer.pk, revisions.get(layer.pk), layer.updated_at) for layer in layers]
    return hashlib.blake2b(str(parts).encode(), digest_size=VERSION_BYTES).hexdigest()
