"""More of the same for benchmarks: trees, addresses and waste containers, a little aside."""

from typing import Final

from layers.models import Changeset, Layer
from layers.services import apply_changeset
from layers.staging import StageQuery

MULTIPLIED: Final = ("trees", "addresses", "waste_containers")


def multiply_layers(scale: int) -> None:
    """Each of these layers becomes `scale` times as large, in one changeset. Keys get a suffix."""
    layers = {layer.slug: layer for layer in Layer.objects.all()}
    for slug in MULTIPLIED:
        layer = layers[slug]
        values = {
            "layer": layer.pk,
            "water": layers["water"].pk,
            "boundary": layers["boundary"].pk,
            "key_field": layer.key_field,
            "copies": scale - 1,
        }
        apply_changeset(
            layer=layer,
            rows=StageQuery("stage_copies", values, package="geoportal.demo"),
            kind=Changeset.Kind.IMPORT,
            source=f"seed_demo --scale {scale}",
            patch=False,
        )
