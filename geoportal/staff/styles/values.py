"""What a layer's attributes hold, for classes of a style: frequent values, numbers, counts."""

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from geoportal.core.errors import InvalidInput
from geoportal.staff.styles.breaks import POINTS_MAX
from layers.models import Layer, LayerField

VALUES_MAX = 20
READING_S = 15
Type = LayerField.Type
NUMBERS = (Type.INTEGER, Type.NUMBER)
NEVER_CLASSES = (Type.JSON, Type.PHOTOS)


def list_class_fields(layer: Layer, *, numbers: bool = False) -> list[LayerField]:
    """Fields that tiles hold: public ones, no structures."""
    return [
        field
        for field in layer.fields.all()
        if field.audience == LayerField.Audience.PUBLIC
        and (field.type in NUMBERS if numbers else field.type not in NEVER_CLASSES)
    ]


def list_frequent_values(layer: Layer, name: str) -> tuple[list[tuple[str, int]], bool]:
    """Values as texts with their features, the most frequent first; whether there are more."""
    values = {"layer": layer.pk, "name": name, "limit": VALUES_MAX + 1}
    rows = _read("style_values", values)
    return [(str(value), int(count)) for value, count in rows[:VALUES_MAX]], len(rows) > VALUES_MAX


def list_points(layer: Layer, name: str) -> list[float]:
    """Quantiles of the numbers at equal steps, ascending; empty where there are none."""
    shares = [step / (POINTS_MAX - 1) for step in range(POINTS_MAX)]
    (row,) = _read("style_numbers", {"layer": layer.pk, "name": name, "shares": shares})
    return [float(point) for point in row[1]] if row[0] else []


def count_values(layer: Layer, name: str, values: Sequence[str]) -> list[int]:
    """Features of each value; of those that are not among the frequent ones none are told."""
    found = dict(list_frequent_values(layer, name)[0])
    return [found.get(value, 0) for value in values]


def count_numbers(layer: Layer, name: str, starts: Sequence[float]) -> list[int]:
    """Features of each class; the first lies below `starts[0]`."""
    rows = _read("style_counts", {"layer": layer.pk, "name": name, "starts": list(starts)})
    found = {int(place): int(count) for place, count in rows}
    return [found.get(place, 0) for place in range(len(starts) + 1)]


def _read(statement: str, values: dict[str, object]) -> list[tuple[Any, ...]]:
    try:
        with bounded_cursor(READING_S) as cursor:
            execute_sql(cursor, "geoportal.staff", statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    except OperationalError as error:
        raise InvalidInput(_("Counting took too long. Write the classes by hand.")) from error
