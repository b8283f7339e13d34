"""How a layer is described: what services that make and change layers take, and read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypedDict

from geoportal.accounts.models import Organisation
from layers.models import Layer, LayerField, Theme


class Choice(TypedDict):
    """One allowed value of a field, with what people read."""

    value: str
    title_uk: str
    title_en: str


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One attribute. `audience` is `public` or `staff`; staff's values go to `internal`.

    `minimum`, `maximum`: of numbers, themselves allowed; `None`: any.
    """

    name: str
    type: str = LayerField.Type.TEXT
    title_uk: str = ""
    title_en: str = ""
    hint_uk: str = ""
    hint_en: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    code_list: str = ""
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    audience: str = LayerField.Audience.PUBLIC
    searchable: bool = False


@dataclass(frozen=True, kw_only=True)
class SchemaChange:
    """What to do with a layer's fields; those that are not named stay as they are.

    `change`: members of `FieldSpec` by the field's name, all but the name itself. `order`: names
    that come first, in this order; the others follow as they stood, new ones at the end.
    """

    add: tuple[FieldSpec, ...] = ()
    change: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    retire: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LayerSpec:
    """A layer as it shall be. Zooms are those of Web Mercator; `tiles.style` describes `style`."""

    slug: str
    title_uk: str
    title_en: str = ""
    kind: str = Layer.Kind.REGISTER
    description_uk: str = ""
    description_en: str = ""
    geometry_type: str = Layer.GeometryType.MIXED
    key_field: str = ""
    title_field: str = ""
    visibility: str = Layer.Visibility.PUBLIC
    organisation: Organisation | None = None
    theme: Theme | None = None
    accepts_proposals: bool = False
    icon: str = ""
    color: str = "#2f6f8f"
    style: dict[str, object] = field(default_factory=dict)
    min_zoom: int = 0
    max_zoom: int = 22
    shown_by_default: bool = False
    is_basemap: bool = False
    position: int = 0
    licence: str = "CC-BY-4.0"
    update_frequency: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()
    legal_basis: str = ""
    spatial_coverage: str = ""
    fields: tuple[FieldSpec, ...] = ()


def read_fields(layer: Layer) -> tuple[FieldSpec, ...]:
    """The fields as they stand, in their order."""
    names = [member.name for member in fields(FieldSpec)]
    return tuple(
        FieldSpec(
            **{name: getattr(standing, name) for name in names}
            | {"choices": tuple(standing.choices)}
        )
        for standing in layer.fields.all()
    )


def read_spec(layer: Layer) -> LayerSpec:
    """The layer as it stands: `dataclasses.replace` of it is what `update_layer` takes."""
    names = [member.name for member in fields(LayerSpec)]
    values = {name: getattr(layer, name) for name in names}
    return LayerSpec(**values | {"keywords": tuple(layer.keywords), "fields": read_fields(layer)})
