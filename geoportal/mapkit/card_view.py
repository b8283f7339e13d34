"""`/api/v1/layers/<slug>/cards/<key>/`: an object with what a resident asks of it first."""

from typing import Literal, TypedDict

import orjson
from django.contrib.gis.geos import GEOSGeometry
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.core.http.openapi import describe_document
from geoportal.mapkit.about import AboutDocument, Spot, build_about
from layers.access import access_feature, access_layer


class CardDocument(TypedDict):
    """A GeoJSON Feature (RFC 7946) in EPSG:4326; `about` is in the language of the request."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, object] | None
    properties: dict[str, object]
    about: AboutDocument


class CardView(APIView):
    """One object as its card on the map shows it."""

    @extend_schema(operation_id="card", responses={200: describe_document(CardDocument)})
    def get(self, request: Request, slug: str, key: str) -> Response:
        layer = access_layer(request.user, slug)
        feature = access_feature(request.user, layer, key)
        document: CardDocument = {
            "type": "Feature",
            "id": feature.key,
            "geometry": orjson.loads(feature.geom.geojson) if feature.geom else None,
            "properties": feature.properties,
            "about": build_about(
                list(layer.fields.all()), feature.properties, find_spot(feature.geom)
            ),
        }
        return Response(document)


def find_spot(shape: GEOSGeometry | None) -> Spot | None:
    """A point on the shape, in degrees."""
    if shape is None:
        return None
    point = shape.point_on_surface if shape.dims else shape.centroid
    return Spot(point.x, point.y)
