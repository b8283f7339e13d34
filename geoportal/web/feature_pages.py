"""A layer's features page by page, by their ids: the last page is as fast as the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.mapkit.values import ShownValue, name_feature, show_value
from layers.models import Feature, Layer, LayerField
from layers.reading.parameters import parse_whole

ROWS_A_PAGE = 20


@dataclass(frozen=True)
class TableRow:
    key: str
    name: str
    cells: tuple[ShownValue, ...]


@dataclass(frozen=True)
class TablePage:
    """Rows of one page; `after` leads on, `before` leads back, `None` where nothing is."""

    fields: tuple[LayerField, ...]
    rows: tuple[TableRow, ...]
    after: int | None
    before: int | None


def list_public_fields(layer: Layer) -> list[LayerField]:
    return [field for field in layer.fields.all() if field.audience == LayerField.Audience.PUBLIC]


def put_key_last(layer: Layer, fields: Sequence[LayerField]) -> list[LayerField]:
    """The schema's order, but the identifier after what people ask for."""
    return sorted(fields, key=lambda field: field.name == layer.key_field)


def get_table_page(
    layer: Layer, visibilities: Sequence[str], after: str | None, before: str | None
) -> TablePage:
    """The page after the id `after`, or before `before`. Index: the partition's primary key."""
    features = Feature.objects.filter(layer=layer, visibility__in=visibilities)
    backwards = before is not None
    if backwards:
        found = features.filter(id__lt=parse_whole(before, "before", 0)).order_by("-id")
    else:
        found = features.filter(id__gt=parse_whole(after, "after", 0)).order_by("id")
    rows = list(found.values_list("id", "key", "properties")[: ROWS_A_PAGE + 1])
    more = len(rows) > ROWS_A_PAGE
    rows = rows[:ROWS_A_PAGE]
    if backwards:
        rows.reverse()
    earlier = more if backwards else bool(parse_whole(after, "after", 0))
    later = True if backwards else more
    fields = list_public_fields(layer)
    shown = [field for field in fields if field.name != layer.title_field]
    return TablePage(
        fields=tuple(shown),
        rows=tuple(
            TableRow(
                key,
                name_feature(layer, fields, properties),
                tuple(show_value(field, properties.get(field.name)) for field in shown),
            )
            for _, key, properties in rows
        ),
        after=rows[-1][0] if rows and later else None,
        before=rows[0][0] if rows and earlier else None,
    )
