"""How many features a layer shows and where they lie, counted once for each revision."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer

KEPT_S = 24 * 3600
KEPT_IN = "process"


@dataclass(frozen=True)
class Summary:
    """`extent` is west, south, east, north in degrees; `None` when nothing has a place."""

    features: int
    extent: tuple[float, float, float, float] | None


def get_summary(layer: Layer, visibilities: list[str]) -> Summary:
    """The layer needs its `state` loaded."""
    name = f"summary:{layer.pk}:{layer.state.revision}:{','.join(visibilities)}"
    kept = caches[KEPT_IN]
    found: Summary | None = kept.get(name)
    if found is None:
        with connection.cursor() as cursor:
            values = {"layer": layer.pk, "visibilities": visibilities}
            execute_sql(cursor, "layers", "summary", values)
            features, *box = cursor.fetchone()
        found = Summary(features, None if box[0] is None else (box[0], box[1], box[2], box[3]))
        kept.set(name, found, KEPT_S)
    return found
