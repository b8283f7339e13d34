"""How good the data of a layer that stands are: what its staff see, and `manage.py check_layer`."""

from importers.coverage.standing import check_areas
from importers.issues import Issue
from layers.models import Layer


def check_layer(layer: Layer) -> list[Issue]:
    """All faults that are looked for in a layer of this kind; none is changed.

    Raises `InvalidInput` for a layer that is too large for it.
    """
    issues: list[Issue] = []
    if layer.kind == Layer.Kind.TERRITORY:
        issues += check_areas(layer)
    return issues
