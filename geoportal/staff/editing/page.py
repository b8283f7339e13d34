"""The page of the editor on the map, and what its scripts start from."""

from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from geoportal.mapkit.photos import without_photos
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.forms import FeatureForm, control_name
from layers.models import Feature, Layer, LayerField
from layers.reading.summary import get_summary


class EditedField(TypedDict):
    """`control` is the name of its control in the form."""

    name: str
    title: str
    control: str
    audience: str


class EditorConfig(TypedDict):
    """`bounds` of what has a place; `photos`: names of attributes of photos; `key`: the feature to
    begin with, or empty.
    """

    slug: str
    kind: str
    geometry_type: str
    title: str
    title_field: str
    key_field: str
    color: str
    bounds: list[float] | None
    count: int
    fields: list[EditedField]
    photos: list[str]
    edits: str
    features: str
    shapes: str
    objects: str
    key: str


@require_safe
@working_page
def edit_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_layer_to_edit(request.user, slug)
    context = build_layer_context(request, layer, "edit") | {
        "form": FeatureForm(layer, {}, is_new=True),
        "editor": build_config(layer, request.GET.get("key", "")),
        "draws": list_drawn(layer),
    }
    return render(request, "staff/editing/edit.html", context)


def list_drawn(layer: Layer) -> list[str]:
    """What can be drawn: point, line, area."""
    kinds = {
        Layer.GeometryType.POINT: ["point"],
        Layer.GeometryType.LINE: ["line"],
        Layer.GeometryType.POLYGON: ["area"],
    }
    return kinds.get(Layer.GeometryType(layer.geometry_type), ["point", "line", "area"])


def build_config(layer: Layer, key: str) -> EditorConfig:
    summary = get_summary(layer, list(Feature.Visibility.values))
    fields: list[LayerField] = list(layer.fields.all())
    photos = [field.name for field in fields if field.type == LayerField.Type.PHOTOS]
    return {
        "slug": layer.slug,
        "kind": layer.kind,
        "geometry_type": layer.geometry_type,
        "title": layer.title,
        "title_field": layer.title_field,
        "key_field": layer.key_field,
        "color": layer.color,
        "bounds": list(summary.extent) if summary.extent else None,
        "count": summary.features,
        "fields": [
            {
                "name": field.name,
                "title": field.title,
                "control": control_name(field),
                "audience": field.audience,
            }
            for field in without_photos(fields)
        ],
        "photos": photos,
        "edits": reverse("edits", args=[layer.slug]),
        "features": reverse("features", args=[layer.slug]),
        "shapes": reverse("staff:edit-shapes", args=[layer.slug]),
        "objects": reverse("staff:objects", args=[layer.slug]),
        "key": key,
    }
