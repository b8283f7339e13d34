"""A layer as the map and scripts read it, in the language of the request."""

from typing import Literal, NotRequired, TypedDict

from geoportal.accounts.policies import Actor
from layers.access import can_edit_layer, can_see_internal, list_visibilities
from layers.models import Layer, LayerField, Theme
from layers.models.layers import pick_language
from layers.reading.legend import LegendEntry, build_legend
from layers.reading.summary import get_summary


class ChoiceDocument(TypedDict):
    value: str
    title: str


class FieldDocument(TypedDict):
    name: str
    title: str
    hint: str
    type: str
    unit: str
    required: bool
    searchable: bool
    audience: str
    minimum: float | None
    maximum: float | None
    choices: list[ChoiceDocument]


class ThemeDocument(TypedDict):
    slug: str
    title: str
    icon: str


class LayerDocument(TypedDict):
    """`extent` is west, south, east, north in degrees, `None` when nothing has a place."""

    slug: str
    kind: str
    title: str
    description: str
    theme: str | None
    geometry_type: str
    icon: str
    color: str
    min_zoom: int
    max_zoom: int
    shown_by_default: bool
    is_basemap: bool
    position: int
    title_field: str
    key_field: str
    extent: list[float] | None
    feature_count: int
    organisation: str | None
    licence: str
    fields: list[FieldDocument]
    legend: list[LegendEntry]
    can_edit: bool


class LayersDocument(TypedDict):
    """Layers that the caller may see, and the themes that group them."""

    themes: list[ThemeDocument]
    layers: list[LayerDocument]


class HitDocument(TypedDict):
    """What was found: `group` is place, kind, address, object, problem or territory.

    `lon` and `lat`, the place to fly to in degrees, and `key` are empty of a kind (`kind` is its
    slug) and of a layer; typed coordinates have no layer. `distance_m` is from the place that was
    asked from; `note` says why it was found, where the title does not show it.
    """

    group: str
    kind: str
    layer: str
    layer_title: str
    key: str
    title: str
    subtitle: str
    lon: float | None
    lat: float | None
    distance_m: float | None
    note: str


class SearchDocument(TypedDict):
    """The best results first, those of one group together; `missed`: numbers that nothing has."""

    results: list[HitDocument]
    missed: list[str]


class TerritoryDocument(TypedDict):
    """The territory of one layer that holds the point."""

    layer: str
    key: str
    title: str
    border_distance_m: float


class ResponsibleDocument(TypedDict):
    """Who answers there, as what, and why, in words."""

    organisation: str
    organisation_slug: str
    role: str
    reason: str


class LocationDocument(TypedDict):
    """Where a point in degrees lies; `inside` the community."""

    lon: float
    lat: float
    inside: bool
    territories: list[TerritoryDocument]
    responsible: list[ResponsibleDocument]


class FeatureDocument(TypedDict):
    """A GeoJSON Feature (RFC 7946) in EPSG:4326; `id` is the key, `version` also the ETag.

    `internal` and `visibility` are told to those who see staff's attributes.
    """

    type: Literal["Feature"]
    id: str
    geometry: dict[str, object] | None
    properties: dict[str, object]
    version: int
    internal: NotRequired[dict[str, object]]
    visibility: NotRequired[str]


class FeatureInputDocument(TypedDict):
    """A GeoJSON Feature; `properties` and `internal` together hold values by field name."""

    type: Literal["Feature"]
    id: NotRequired[str]
    geometry: NotRequired[dict[str, object] | None]
    properties: NotRequired[dict[str, object]]
    internal: NotRequired[dict[str, object]]
    visibility: NotRequired[Literal["public", "staff"]]


def describe_theme(theme: Theme) -> ThemeDocument:
    return {"slug": theme.slug, "title": theme.title, "icon": theme.icon}


def describe_layer(actor: Actor, layer: Layer) -> LayerDocument:
    summary = get_summary(layer, list_visibilities(actor, layer))
    sees_internal = can_see_internal(actor, layer)
    return {
        "slug": layer.slug,
        "kind": layer.kind,
        "title": layer.title,
        "description": layer.description,
        "theme": layer.theme.slug if layer.theme else None,
        "geometry_type": layer.geometry_type,
        "icon": layer.icon,
        "color": layer.color,
        "min_zoom": layer.min_zoom,
        "max_zoom": layer.max_zoom,
        "shown_by_default": layer.shown_by_default,
        "is_basemap": layer.is_basemap,
        "position": layer.position,
        "title_field": layer.title_field,
        "key_field": layer.key_field,
        "extent": list(summary.extent) if summary.extent else None,
        "feature_count": summary.features,
        "organisation": str(layer.organisation) if layer.organisation else None,
        "licence": layer.licence,
        "fields": [
            describe_field(field)
            for field in layer.fields.all()
            if sees_internal or field.audience == LayerField.Audience.PUBLIC
        ],
        "legend": build_legend(layer),
        "can_edit": can_edit_layer(actor, layer),
    }


def describe_field(field: LayerField) -> FieldDocument:
    return {
        "name": field.name,
        "title": field.title,
        "hint": field.hint,
        "type": field.type,
        "unit": field.unit,
        "required": field.required,
        "searchable": field.searchable,
        "audience": field.audience,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "choices": [
            {
                "value": choice["value"],
                "title": pick_language(choice.get("title_uk", ""), choice.get("title_en", ""))
                or str(choice["value"]),
            }
            for choice in field.choices
        ],
    }
