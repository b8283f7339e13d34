"""A layer that stands, as a spec, and brought in step with another one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.models import Layer, LayerField
from layers.search import rebuild_layer_search
from layers.services import change_schema
from layers.specs import FieldSpec, LayerSpec


@dataclass(frozen=True)
class LayerUpdate:
    """`changed`: members of `LayerSpec` that differed."""

    layer: Layer
    changed: tuple[str, ...]


def read_spec(layer: Layer) -> LayerSpec:
    values = {each.name: getattr(layer, each.name) for each in fields(LayerSpec)}
    described = tuple(read_field(field) for field in layer.fields.all())
    return LayerSpec(**values | {"keywords": tuple(layer.keywords), "fields": described})


def read_field(field: LayerField) -> FieldSpec:
    values = {each.name: getattr(field, each.name) for each in fields(FieldSpec)}
    return FieldSpec(**values | {"choices": tuple(field.choices)})


def update_layer(*, layer: Layer, spec: LayerSpec) -> LayerUpdate:
    """What is so already is not touched. Raises `InvalidInput`."""
    before = read_spec(layer)
    changed = tuple(name for name in vars(spec) if getattr(spec, name) != getattr(before, name))
    columns = {name: getattr(spec, name) for name in changed if name != "fields"}
    if columns:
        _write(layer, columns)
    if "fields" in changed:
        change_schema(layer=layer, fields=spec.fields)
    return LayerUpdate(layer, changed)


def _write(layer: Layer, columns: Mapping[str, object]) -> None:
    for name, value in columns.items():
        setattr(layer, name, list(value) if isinstance(value, tuple) else value)
    try:
        layer.full_clean()
    except ValidationError as error:
        raise InvalidInput(
            _("The layer cannot be made so; see `errors`."), errors=error.message_dict
        ) from error
    layer.save()
    transaction.on_commit(lambda: rebuild_layer_search.enqueue(layer.pk))
