"""The REST API over HTTP: layers, location."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.accounts.policies import require_user
from geoportal.core.http.openapi import describe_document
from layers import services
from layers.access import (
    access_layer,
    access_layer_to_manage,
    list_archived_layers_for,
    list_layers_for,
)
from layers.api.describe import (
    LayerDocument,
    LayersDocument,
    LocationDocument,
    ResponsibleDocument,
    describe_layer,
    describe_theme,
)
from layers.api.editing import EditingView
from layers.reading.parameters import parse_coordinate, parse_flag
from layers.reading.territories import Location, locate_point

LOCATION = describe_document(LocationDocument)


class LayersView(APIView):
    """Layers that the caller may see, and their themes."""

    @extend_schema(
        parameters=[
            OpenApiParameter("archived", bool, description="the archived ones, for administrators")
        ],
        operation_id="layers",
        responses={200: describe_document(LayersDocument)},
    )
    def get(self, request: Request) -> Response:
        archived = parse_flag(request.GET.get("archived"), "archived")
        listed = (list_archived_layers_for if archived else list_layers_for)(request.user)
        layers = list(listed.prefetch_related("fields"))
        themes = {layer.theme.pk: layer.theme for layer in layers if layer.theme}
        document: LayersDocument = {
            "themes": [
                describe_theme(theme)
                for theme in sorted(themes.values(), key=lambda theme: theme.position)
            ],
            "layers": [describe_layer(request.user, layer) for layer in layers],
        }
        return Response(document)


class LayerView(EditingView):
    """One layer with its schema; administrators delete it when it is archived or empty."""

    @extend_schema(operation_id="layer", responses={200: describe_document(LayerDocument)})
    def get(self, request: Request, slug: str) -> Response:
        return Response(describe_layer(request.user, access_layer(request.user, slug)))

    @extend_schema(operation_id="delete_layer", responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """For good, with its features and history; only an archived or an empty layer."""
        layer = access_layer_to_manage(request.user, slug)
        services.delete_layer(layer=layer, actor=require_user(request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)


class LocateView(APIView):
    """Territories of a point, and who answers for it."""

    @extend_schema(
        parameters=[
            OpenApiParameter("lon", float, required=True),
            OpenApiParameter("lat", float, required=True),
        ],
        operation_id="locate",
        responses={200: LOCATION},
    )
    def get(self, request: Request) -> Response:
        lon = parse_coordinate(request.GET.get("lon"), "lon", 180)
        lat = parse_coordinate(request.GET.get("lat"), "lat", 85.06)
        location = locate_point(request.user, lon, lat)
        document: LocationDocument = {
            "lon": location.lon,
            "lat": location.lat,
            "inside": location.inside,
            "territories": [
                {
                    "layer": found.layer,
                    "key": found.key,
                    "title": found.title,
                    "border_distance_m": round(found.border_distance_m, 2),
                }
                for found in location.territories
            ],
            "responsible": self.list_responsible(request, location),
        }
        return Response(document)

    def list_responsible(self, request: Request, location: Location) -> list[ResponsibleDocument]:
        """Who answers for the place; layers alone do not know it, a package above does."""
        return []
