"""A page of the table of objects; it goes on from its last row."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import OperationalError
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from geoportal.core.errors import InvalidInput
from geoportal.mapkit.values import ShownValue, name_feature, show_value
from geoportal.staff.objects.query import ObjectQuery
from layers.access import can_see_internal, list_visibilities
from layers.models import Feature, Layer, LayerField
from layers.schema.values import Json

ROWS_A_PAGE = 50
COLUMNS_MAX = 6
# A word that a million rows hold nowhere took 11 s on a machine that did much else.
TABLE_S = 20


@dataclass(frozen=True)
class ObjectRow:
    """One object; `place` is what it was sorted by."""

    feature_id: int
    key: str
    has_place: bool
    visibility: str
    changeset_id: int
    updated_at: datetime
    values: dict[str, Json]
    place: Json


@dataclass(frozen=True)
class TableLine:
    """A row as it is drawn."""

    row: ObjectRow
    name: str
    cells: tuple[ShownValue, ...]


@dataclass(frozen=True)
class ObjectTable:
    """`after`: the `after` of the next page, empty on the last one."""

    columns: tuple[LayerField, ...]
    lines: tuple[TableLine, ...]
    after: str


def list_seen_fields(actor: Actor, layer: Layer) -> list[LayerField]:
    fields = list(layer.fields.all())
    if can_see_internal(actor, layer):
        return fields
    return [field for field in fields if field.audience == LayerField.Audience.PUBLIC]


def get_object_table(actor: Actor, layer: Layer, query: ObjectQuery) -> ObjectTable:
    """Raises `InvalidInput` for a search that takes too long."""
    fields = list_seen_fields(actor, layer)
    read = _read_plain if query.is_plain else _read_found
    rows = list(read(actor, layer, query))
    shown, columns = rows[:ROWS_A_PAGE], choose_columns(layer, fields, query)
    return ObjectTable(
        tuple(columns),
        tuple(_build_line(layer, fields, columns, row) for row in shown),
        write_after(shown[-1]) if len(rows) > ROWS_A_PAGE else "",
    )


def write_after(row: ObjectRow) -> str:
    """What the address of the next page says of the last row of this one."""
    return json.dumps([row.place, row.feature_id], ensure_ascii=False)


def choose_columns(
    layer: Layer, fields: Sequence[LayerField], query: ObjectQuery
) -> list[LayerField]:
    """The first of the schema, with those that are sorted by or asked about."""
    rest = [field for field in fields if field.name not in (layer.title_field, layer.key_field)]
    first = rest[:COLUMNS_MAX]
    named = [each for each in (query.field, query.sort) if isinstance(each, LayerField)]
    return first + [each for each in named if each in rest and each not in first]


def _build_line(
    layer: Layer, fields: Sequence[LayerField], columns: Sequence[LayerField], row: ObjectRow
) -> TableLine:
    cells = tuple(show_value(field, row.values.get(field.name)) for field in columns)
    return TableLine(row, name_feature(layer, fields, row.values), cells)


def iterate_found(
    actor: Actor, layer: Layer, query: ObjectQuery, limit: int
) -> Iterator[ObjectRow]:
    """All that the query finds, up to a limit. Raises `InvalidInput` as `get_object_table`."""
    read = _read_plain if query.is_plain else _read_found
    yield from read(actor, layer, query, limit)


def _read_plain(
    actor: Actor, layer: Layer, query: ObjectQuery, limit: int = ROWS_A_PAGE + 1
) -> Iterator[ObjectRow]:
    """By the partition's primary key: the last page is as fast as the first."""
    found = Feature.objects.filter(
        layer=layer,
        visibility__in=list_visibilities(actor, layer),
        id__gt=query.after.feature_id if query.after else 0,
    )
    internal = can_see_internal(actor, layer)
    for feature in found.defer("geom_3857").order_by("id")[:limit]:
        yield ObjectRow(
            feature.pk,
            feature.key,
            feature.geom is not None,
            feature.visibility,
            feature.changeset_id,
            feature.updated_at,
            {**feature.properties, **feature.internal} if internal else feature.properties,
            None,
        )


def _read_found(
    actor: Actor, layer: Layer, query: ObjectQuery, limit: int = ROWS_A_PAGE + 1
) -> Iterator[ObjectRow]:
    values = query.bind() | {
        "layer": layer.pk,
        "visibilities": list_visibilities(actor, layer),
        "internal": can_see_internal(actor, layer),
        "limit": limit,
    }
    try:
        with bounded_cursor(TABLE_S) as cursor:
            execute_sql(cursor, "geoportal.staff", "objects", values)
            rows = cursor.fetchall()
    except OperationalError as error:
        raise InvalidInput(_("This search took too long. Name more of the word.")) from error
    for number, key, has_place, visibility, changeset_id, updated_at, document, place in rows:
        yield ObjectRow(
            number,
            key,
            has_place,
            visibility,
            changeset_id,
            updated_at,
            orjson.loads(document),
            orjson.loads(place),
        )
