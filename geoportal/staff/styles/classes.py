"""Classes made from what the layer holds, and classes with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.staff.styles.breaks import find_breaks
from geoportal.staff.styles.drawing import describe_class
from geoportal.staff.styles.palettes import color_steps, color_values
from geoportal.staff.styles.plan import Classify, StyleClass
from geoportal.staff.styles.values import (
    count_numbers,
    count_values,
    list_frequent_values,
    list_points,
)
from layers.models import Layer


@dataclass(frozen=True)
class ClassRow:
    """A class as the form shows it; `words` are those of the legend where none are given."""

    style: StyleClass
    words: str
    features: int


def make_value_classes(layer: Layer, name: str) -> tuple[list[StyleClass], bool]:
    """One for each frequent value; whether there are more values than that."""
    found, more = list_frequent_values(layer, name)
    titles = {
        str(choice["value"]): choice
        for field in layer.fields.all()
        if field.name == name
        for choice in field.choices
    }
    colors = color_values(len(found))
    return [
        StyleClass(
            color=color,
            value=value,
            title_uk=titles.get(value, {}).get("title_uk", ""),
            title_en=titles.get(value, {}).get("title_en", ""),
        )
        for (value, _count), color in zip(found, colors, strict=True)
    ], more


def make_number_classes(
    layer: Layer, name: str, *, method: str, count: int, color: str
) -> list[StyleClass]:
    """At most `count`; fewer where the numbers are few; none where there are no numbers."""
    points = list_points(layer, name)
    if not points:
        return []
    starts: list[float | None] = [None, *find_breaks(method, points, count)]
    colors = color_steps(color, len(starts))
    return [
        StyleClass(color=shade, start=start) for start, shade in zip(starts, colors, strict=True)
    ]


def count_classes(
    layer: Layer, classify: Classify, name: str, classes: Sequence[StyleClass]
) -> list[ClassRow]:
    if classify == Classify.VALUES:
        counts = count_values(layer, name, [each.value for each in classes])
    elif classify == Classify.NUMBERS:
        starts = [each.start for each in classes[1:] if each.start is not None]
        counts = count_numbers(layer, name, starts)
    else:
        counts = []
    return [
        ClassRow(each, describe_class(classes, place, classify), count)
        for place, (each, count) in enumerate(zip(classes, counts, strict=False))
    ]
