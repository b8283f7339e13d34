"""Two states of an object, field by field, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoportal.mapkit.values import ShownValue, show_value
from layers.models import LayerField
from layers.schema.values import Json

Values = Mapping[str, Json]


@dataclass(frozen=True)
class ValueChange:
    """One attribute before and after; an empty text means that it was not there."""

    name: str
    before: ShownValue
    after: ShownValue

    @property
    def title(self) -> str:
        return self.after.title


def list_value_changes(
    fields: Sequence[LayerField], before: Values, after: Values
) -> list[ValueChange]:
    """Attributes that differ, in the order of the schema."""
    return [
        ValueChange(
            field.name,
            show_value(field, before.get(field.name)),
            show_value(field, after.get(field.name)),
        )
        for field in fields
        if before.get(field.name) != after.get(field.name)
    ]
