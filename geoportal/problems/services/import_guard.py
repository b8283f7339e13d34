"""Stops an import that would take the territory away from under open problems."""

from django.db.backends.utils import CursorWrapper

from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.workflow import ACTIVE, State
from importers.brakes.brake import NAMES_KEPT, Brake
from layers.models import Layer

STATES = [state.value for state in (*ACTIVE, State.MODERATION)]


def guard_territories(cursor: CursorWrapper, layer: Layer) -> list[Brake]:
    """A guard of the importer: what it would change stands in `layers_diff`."""
    if layer.kind != Layer.Kind.TERRITORY:
        return []
    prepare(cursor)
    values = {"layer": layer.pk, "states": STATES, "limit": NAMES_KEPT}
    execute_sql(cursor, "geoportal.problems.services", "left_outside", values)
    found = cursor.fetchall()
    if not found:
        return []
    names = tuple(f"№ {number} {title}".strip() for number, title, _count, _about in found)
    return [Brake("places-left", int(found[0][2]), names, about=str(found[0][3]))]


def prepare(cursor: CursorWrapper) -> None:
    """Six thousand open problems in two thousand areas take ten seconds without these."""
    cursor.execute("CREATE INDEX left_outside_places ON layers_stage USING gist (geom)")
    cursor.execute("CREATE INDEX left_outside_keys ON layers_diff (key)")
    cursor.execute("ANALYZE layers_diff")
