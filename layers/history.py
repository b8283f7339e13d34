"""What happened to a feature, and what differs between two changesets of a layer.

Earlier states are read by today's schema: an attribute that became internal is internal in the
past too, and one that left the schema is not shown.
"""

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import connection

from geoportal.accounts.policies import Actor
from geoportal.core.sql import execute_sql
from layers.access import can_see_internal, list_visibilities
from layers.models import Changeset, Layer
from layers.schema import Json, list_names

Document = dict[str, Json]


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one feature: `action` is added, changed or removed.

    `geometry` is GeoJSON in EPSG:4326. After a removal attributes and geometry are those before it.
    """

    changeset_id: int
    kind: str
    action: str
    at: datetime
    comment: str
    geometry: Document | None
    properties: Document
    internal: Document


@dataclass(frozen=True)
class Difference:
    """A feature that differs between two changesets; `before` or `after` is `None` when absent.

    Each side is `{"geometry": GeoJSON, "properties": {…}, "internal": {…}}`.
    """

    key: str
    action: str
    before: Document | None
    after: Document | None


def list_history(actor: Actor, layer: Layer, key: str) -> list[HistoryEntry]:
    """Changes of a feature, the latest first; states that the actor may not see are left out.

    Of a problem there are none here: it tells its own history, and words that a moderator took
    back must not stand in its earlier states.
    """
    if layer.kind == Layer.Kind.PROBLEMS:
        return []
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "history", _bind(actor, layer) | {"key": key})
        return [
            HistoryEntry(
                changeset_id=changeset_id,
                kind=str(Changeset.Kind(kind).label),
                action=action,
                at=at,
                comment=comment,
                geometry=orjson.loads(geometry) if geometry else None,
                properties=orjson.loads(properties),
                internal=orjson.loads(internal),
            )
            for changeset_id, kind, action, at, comment, geometry, properties, internal in (
                cursor.fetchall()
            )
        ]


def diff_changesets(actor: Actor, first: Changeset, second: Changeset) -> list[Difference]:
    """How the layer after `second` differs from the layer after `first`, by key.

    Both are of one layer, `first` the earlier one. Only what changesets between them touched is
    compared; what was changed and changed back does not differ. Of problems nothing is told, as
    in `list_history`.
    """
    layer = first.layer
    if second.layer_id != layer.pk or second.pk < first.pk:
        raise ValueError("changesets of one layer, the earlier one first")
    if layer.kind == Layer.Kind.PROBLEMS:
        return []
    values = _bind(actor, layer) | {"first": first.pk, "second": second.pk}
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "diff_changesets", values)
        return [
            Difference(key, action, _load(before), _load(after))
            for key, action, before, after in cursor.fetchall()
        ]


def _load(text: str | None) -> Document | None:
    return orjson.loads(text) if text else None


def _bind(actor: Actor, layer: Layer) -> dict[str, object]:
    return {
        "layer": layer.pk,
        "visibilities": list_visibilities(actor, layer),
        "public": list_names(layer, "public"),
        "staff": list_names(layer, "staff") if can_see_internal(actor, layer) else [],
    }


def list_touched_keys(changeset: Changeset) -> list[str]:
    """Keys of the features that a changeset added, changed or removed."""
    with connection.cursor() as cursor:
        execute_sql(
            cursor,
            "layers",
            "touched_keys",
            {"layer": changeset.layer_id, "changeset": changeset.pk},
        )
        return [str(key) for (key,) in cursor.fetchall()]
