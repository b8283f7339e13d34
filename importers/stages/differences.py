"""Reads what an import would change, feature by feature: as it stands, and as it would stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import Q, QuerySet

from geoportal.core.database.named_sql import execute_sql
from importers.models import Difference, Import
from importers.states import State
from layers.reading.parameters import BBox

Document = Mapping[str, Any]
READABLE = (State.READY, State.PUBLISHING)


@dataclass(frozen=True)
class Change:
    """One feature. A side is `{"geometry": GeoJSON, "properties": {…}, "internal": {…}}`, or none.

    `after` is the whole state: attributes that the file does not name are as they stand.
    """

    key: str
    action: str
    before: Document | None
    after: Document | None


def list_differences(
    import_: Import, action: str = "", bbox: BBox | None = None
) -> QuerySet[Difference]:
    """By key; nothing unless a preview stands. `bbox`: the place before or after touches it."""
    if import_.state not in READABLE:
        return Difference.objects.none()
    found = Difference.objects.filter(of_id=import_.pk).order_by("key")
    if action:
        found = found.filter(action=action)
    if bbox is not None:
        within = Q()
        for box in bbox.boxes:
            within |= Q(box__bboverlaps=build_box(box))
        found = found.filter(within)
    return found


def build_box(box: tuple[float, float, float, float]) -> Polygon:
    polygon = Polygon.from_bbox(box)
    polygon.srid = 4326
    return polygon


def read_changes(
    import_: Import, *, action: str = "", bbox: BBox | None = None, after: str = "", limit: int
) -> Sequence[Change]:
    """A page in the order of keys, those after the given one."""
    found = list_differences(import_, action, bbox).filter(key__gt=after)
    keys = list(found.values_list("key", flat=True)[:limit])
    values = {"import": import_.pk, "layer": import_.layer_id or 0, "keys": keys}
    with connection.cursor() as cursor:
        execute_sql(cursor, "importers", "changes", values)
        return [
            Change(key, doing, read(before), read(later))
            for key, doing, before, later in cursor.fetchall()
        ]


def read(document: str | None) -> Document | None:
    found: Document | None = None if document is None else orjson.loads(document)
    return found
