"""Which problems are in the part of the map that is seen: how many, and the nearest of them."""

from collections.abc import Sequence

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point, Polygon
from django.db.models import F, FloatField, Func, Q, QuerySet, Value
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.problems.models import PublicProblem
from layers.reading.parameters import Box, parse_bbox

LISTED_MAX = 60


def parse_boxes(text: str | None) -> tuple[Box, ...]:
    """`west,south,east,north` in degrees; raises `InvalidInput`, also when it is missing."""
    found = parse_bbox(text)
    if found is None:
        raise InvalidInput(
            _("“bbox” is four numbers: west,south,east,north in degrees."), parameter="bbox"
        )
    return found.boxes


def count_in_boxes(problems: QuerySet[PublicProblem], boxes: Sequence[Box]) -> int:
    return _in_boxes(problems, boxes).count()


def list_nearest(problems: QuerySet[PublicProblem], boxes: Sequence[Box]) -> list[PublicProblem]:
    """At most `LISTED_MAX`, the nearest to the middle of the (first) box first; two queries.

    Nearness is of degrees, along the index of places; readers measure metres themselves.
    """
    west, south, east, north = boxes[0]
    middle = Point((west + east) / 2, (south + north) / 2, srid=4326)
    away = Func(
        F("geom"),
        Value(middle, output_field=PointField(srid=4326)),
        arg_joiner=" <-> ",
        template="(%(expressions)s)",
        output_field=FloatField(),
    )
    found = _in_boxes(problems, boxes).order_by(away, "pk")
    numbers = list(found.values_list("pk", flat=True)[:LISTED_MAX])
    rows = PublicProblem.objects.select_related("category__parent").in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def _in_boxes(problems: QuerySet[PublicProblem], boxes: Sequence[Box]) -> QuerySet[PublicProblem]:
    inside = Q()
    for each in boxes:
        box = Polygon.from_bbox(each)
        box.srid = 4326
        inside |= Q(geom__bboverlaps=box)
    return problems.filter(inside).order_by()
