"""How good the data of a layer is, as far as it is known without looking for it anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import caches

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from layers.models import Changeset, Layer

KEPT_S = 24 * 3600
KEPT_IN = "process"
COUNTING_S = 20


@dataclass(frozen=True)
class LayerQuality:
    """`filled` of `required` values that have to be filled in stand in the rows."""

    rows: int
    placeless: int
    filled: int
    required: int

    @property
    def filled_percent(self) -> int | None:
        """Rounded down, so that 100 means all; `None` where nothing is required."""
        return self.filled * 100 // self.required if self.required else None


def list_quality(layers: Sequence[Layer]) -> dict[int, LayerQuality]:
    """By the layer's number; counted once for each revision and set of required fields.

    The layers need their `state` and fields loaded.
    """
    required = {
        layer.pk: sorted(f.name for f in layer.fields.all() if f.required) for layer in layers
    }
    names = {layer.pk: _name(layer, required[layer.pk]) for layer in layers}
    kept = caches[KEPT_IN].get_many(names.values())
    found = {pk: kept[name] for pk, name in names.items() if name in kept}
    missing = [pk for pk in names if pk not in found]
    if missing:
        counted = _count(missing, required)
        caches[KEPT_IN].set_many({names[pk]: counted[pk] for pk in missing}, KEPT_S)
        found |= counted
    return found


def _name(layer: Layer, required: Sequence[str]) -> str:
    return f"quality:{layer.pk}:{layer.state.revision}:{hash(tuple(required))}"


def _count(layers: Sequence[int], required: Mapping[int, Sequence[str]]) -> dict[int, LayerQuality]:
    named = {str(pk): required[pk] for pk in layers if required[pk]}
    with bounded_cursor(COUNTING_S) as cursor:
        values = {"layers": list(layers), "required": json.dumps(named)}
        execute_sql(cursor, "geoportal.staff", "layer_quality", values)
        return {
            pk: LayerQuality(rows, placeless, filled, rows * len(required[pk]))
            for pk, rows, placeless, filled in cursor.fetchall()
        }


def count_issues(changeset: Changeset | None) -> int | None:
    """What an import had to remark; `None` where the changeset is no import."""
    if changeset is None or changeset.kind != Changeset.Kind.IMPORT:
        return None
    total = changeset.details.get("issues_total")
    return total if isinstance(total, int) else None
