"""How good the data of a layer that stands are: what its staff see, and `manage.py check_layer`."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from importers.coverage.standing import check_areas
from importers.issues import Issue
from importers.loading.literals import is_bound
from layers.models import Feature, Layer, LayerField
from layers.schema.values import InvalidValue, MissingValue, NotAChoice, OutOfRange, coerce_value

MOST = 1000  # of each kind


def check_layer(layer: Layer) -> list[Issue]:
    """Faults that are looked for in a layer of this kind, a thousand of each; none is changed.

    Raises `InvalidInput` for a territory layer that is too large for it.
    """
    issues = [*islice(check_values(layer), MOST), *find_repeated(layer)]
    if layer.kind == Layer.Kind.TERRITORY:
        issues += check_areas(layer)
    return issues


def check_values(layer: Layer) -> Iterator[Issue]:
    """Values that the schema would refuse today: rules may be younger than the features."""
    bound = [field for field in layer.fields.all() if field.required or is_bound(field)]
    if not bound:
        return
    found = Feature.objects.filter(layer=layer).order_by("id")
    rows = found.values_list("key", "properties", "internal")
    for key, properties, internal in rows.iterator(chunk_size=5000):
        yield from judge(key, properties | internal, bound)


def judge(key: str, values: dict[str, object], bound: Sequence[LayerField]) -> Iterator[Issue]:
    for field in bound:
        try:
            coerce_value(field, values.get(field.name))
        except InvalidValue as error:
            code = CODES.get(type(error), "invalid-value")
            yield Issue(None, code, {"reason": str(error)}, key, field.name)


CODES: dict[type[InvalidValue], str] = {
    MissingValue: "required-empty",
    NotAChoice: "not-a-choice",
    OutOfRange: "out-of-range",
}


def find_repeated(layer: Layer) -> list[Issue]:
    """Features that say the same of the same place, whatever their keys."""
    values = {"layer": layer.pk, "key_field": layer.key_field, "most": MOST}
    with connection.cursor() as cursor:
        execute_sql(cursor, "importers", "repeated_features", values)
        return [
            Issue(None, "duplicate-feature", {"first": first}, key)
            for key, first in cursor.fetchall()
        ]
