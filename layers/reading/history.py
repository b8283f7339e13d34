"""What happened to a feature, and what differs between two changesets of a layer.

Earlier states are read by today's schema: an attribute that became internal is internal in the
past too, and one that left the schema is not shown. What was internal at the time stays so, though
a field of that name is public now. A feature that is hidden now, or was hidden when it went, has no
past for those who may not see it.
"""

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from geoportal.core.errors import InvalidInput, NotFound
from layers.access import can_see_internal, list_visibilities
from layers.models import Changeset, Layer
from layers.schema.values import Json, list_names

Document = dict[str, Json]
DIFF_S = 10


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


@dataclass(frozen=True)
class DifferencePage:
    """Differences in the order of keys, and the key to go on after where there may be more."""

    differences: list[Difference]
    after: str | None


def list_history(actor: Actor, layer: Layer, key: str) -> list[HistoryEntry]:
    """Changes of a feature, the latest first; states that the actor may not see are left out.

    Of a projected layer there are none here: a problem tells its own history, and words that a
    moderator took back must not stand in its earlier states.
    """
    if layer.is_projected:
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


def list_changesets_for(actor: Actor, layer: Layer) -> QuerySet[Changeset]:
    """Changes of a layer that the actor may see, the latest first; of a projected one none."""
    changesets = (
        Changeset.objects.filter(layer=layer).select_related("author", "publisher").order_by("-id")
    )
    return changesets.none() if layer.is_projected else changesets


def access_changeset(actor: Actor, layer: Layer, number: int) -> Changeset:
    changeset = list_changesets_for(actor, layer).filter(pk=number).first()
    if changeset is None:
        raise NotFound(_("The layer has no changeset %(number)s.") % {"number": number})
    return changeset


def diff_changesets(
    actor: Actor, layer: Layer, first: int, second: int, *, after: str = "", limit: int = 1000
) -> DifferencePage:
    """How the layer after changeset `second` differs from it after `first` (0: when it was made).

    Only what changesets between them touched is compared, `limit` keys after the key `after`; what
    was changed and changed back does not differ, so that a page may hold less. Of a projected layer
    nothing is told, as in `list_history`. Raises `InvalidInput` when `second` is the earlier one.
    """
    if second < first:
        raise InvalidInput(_("“from” is the earlier changeset, “to” the later one."))
    if layer.is_projected:
        return DifferencePage([], None)
    values = _bind(actor, layer) | {
        "first": first,
        "second": second,
        "after": after.replace("\x00", ""),
        "limit": limit,
    }
    with bounded_cursor(DIFF_S) as cursor:
        execute_sql(cursor, "layers", "diff_changesets", values)
        rows = cursor.fetchall()
    found = [
        Difference(key, action, _load(before), _load(standing))
        for key, action, before, standing in rows
        if action is not None
    ]
    return DifferencePage(found, rows[-1][0] if len(rows) == limit else None)


def _load(text: str | None) -> Document | None:
    return orjson.loads(text) if text else None


def _bind(actor: Actor, layer: Layer) -> dict[str, object]:
    sees_internal, public = can_see_internal(actor, layer), list_names(layer, "public")
    return {
        "layer": layer.pk,
        "visibilities": list_visibilities(actor, layer),
        "public": public,
        "staff": list_names(layer, "staff") if sees_internal else [],
        "published": public if sees_internal else [],
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
