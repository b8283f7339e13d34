"""How a layer is described before it exists: what `create_layer` and `change_schema` take."""

from dataclasses import dataclass, field
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
    """One attribute. `audience` is `public` or `staff`; staff's values go to `internal`."""

    name: str
    type: str = LayerField.Type.TEXT
    title_uk: str = ""
    title_en: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    code_list: str = ""
    required: bool = False
    audience: str = LayerField.Audience.PUBLIC
    searchable: bool = False


@dataclass(frozen=True, kw_only=True)
class LayerSpec:
    """A layer to be made. Zooms are those of Web Mercator; `tiles.styles` describes `style`."""

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
