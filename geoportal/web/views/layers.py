"""A layer on a page, and one of its features."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from geoportal.mapkit.about import build_about
from geoportal.mapkit.card_view import find_spot
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.mapkit.photos import list_photos, without_photos
from geoportal.mapkit.values import name_feature, show_values
from geoportal.web.endpoints import build_services
from geoportal.web.feature_history import list_events
from geoportal.web.feature_pages import get_table_page, list_public_fields, put_key_last
from layers.access import access_feature, access_layer, list_layers_for, list_visibilities
from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.models import Changeset, Feature, Layer
from layers.reading.legend import build_legend
from layers.reading.summary import Summary, get_summary
from layers.reading.territories import Located, locate_point

COORDINATE_DECIMALS = 6


@require_safe
def layer_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A layer's map and features, then its data and passport; `after` and `before` page."""
    layer = access_layer(request.user, slug)
    visibilities = list_visibilities(request.user, layer)
    page = get_table_page(layer, visibilities, request.GET.get("after"), request.GET.get("before"))
    summary = get_summary(layer, visibilities)
    context = {
        "layer": layer,
        "summary": summary,
        "place": build_layer_map(layer, summary),
        "legend": build_legend(layer),
        "fields": list_public_fields(layer),
        "page": page,
        "downloads": DOWNLOAD_FORMATS,
        "services": build_services(request.build_absolute_uri("/").rstrip("/"), layer),
        "changed": Changeset.objects.filter(layer=layer).order_by("-id").first(),
    }
    return render(request, "web/layer.html", context)


@require_safe
def feature_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One feature: attributes, place, territories, history. A problem has a page of its own."""
    layer = access_layer(request.user, slug)
    feature = access_feature(request.user, layer, key)
    if layer.kind == Layer.Kind.PROBLEMS:
        return redirect("web:problem", number=int(feature.key))
    fields = list_public_fields(layer)
    name = name_feature(layer, fields, feature.properties)
    about = build_about(fields, feature.properties, find_spot(feature.geom))
    rest = [
        field
        for field in put_key_last(layer, without_photos(fields))
        if field.name not in (layer.title_field, *about["told"])
    ]
    context = {
        "layer": layer,
        "feature": feature,
        "name": name,
        "photos": list_photos(name, fields, feature.properties),
        "about": about,
        "values": show_values(rest, feature.properties),
        "place": build_place(request, layer, feature),
        "events": list_events(request.user, layer, key, fields),
        "map_url": f"{reverse('web:map')}#" + urlencode({"feature": f"{layer.slug}/{key}"}),
    }
    return render(request, "web/feature.html", context)


class LayerMapConfig(MapConfig):
    """`layer`: the one that the map shows."""

    layer: str


def build_layer_map(layer: Layer, summary: Summary) -> LayerMapConfig | None:
    """`None`: nothing of it has a place."""
    if summary.extent is None:
        return None
    return {
        **build_map_config(list(summary.extent), "web/js/pages/layer.mjs"),
        "layer": layer.slug,
    }


class PlaceConfig(MapConfig):
    """`layer` and `key`: the feature that the small map shows; `drawn`: its colour and icon."""

    layer: str
    key: str
    drawn: dict[str, str]


@dataclass(frozen=True)
class Place:
    """Where a feature is: a point on it in degrees, its territories, and what its map needs."""

    lon: float
    lat: float
    is_point: bool
    territories: list[tuple[Layer, Located]]
    config: PlaceConfig


def build_place(request: HttpRequest, layer: Layer, feature: Feature) -> Place | None:
    if feature.geom is None:
        return None
    point = feature.geom.point_on_surface if feature.geom.dims else feature.geom.centroid
    visible = {known.slug: known for known in list_layers_for(request.user)}
    found = locate_point(request.user, point.x, point.y).territories
    return Place(
        lon=round(point.x, COORDINATE_DECIMALS),
        lat=round(point.y, COORDINATE_DECIMALS),
        is_point=feature.geom.dims == 0,
        territories=[
            (visible[territory.layer], territory)
            for territory in found
            if (territory.layer, territory.key) != (layer.slug, feature.key)
        ],
        config={
            **build_map_config(list(feature.geom.extent), "web/js/pages/place.mjs"),
            "layer": layer.slug,
            "key": feature.key,
            "drawn": {"color": layer.color, "icon": layer.icon},
        },
    )
