"""One search for everything over HTTP."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.core.http.openapi import describe_document
from layers.access import list_layers_for
from layers.api.describe import HitDocument, SearchDocument
from layers.geometry.checking import LATITUDE_MAX
from layers.reading.finding import Found, Lead, find_everything
from layers.reading.parameters import parse_coordinate, parse_whole

SEARCH_LIMIT_MAX = 50


class SearchView(APIView):
    """Kinds of objects, addresses, objects, problems, territories and coordinates by words."""

    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("lon", float, description="with lat: what is nearer comes first"),
            OpenApiParameter("lat", float),
        ],
        responses={200: describe_document(SearchDocument)},
    )
    def get(self, request: Request) -> Response:
        limit = parse_whole(request.GET.get("limit"), "limit", 10, lowest=1)
        near = None
        if "lon" in request.GET or "lat" in request.GET:
            lon = parse_coordinate(request.GET.get("lon"), "lon", 180)
            near = lon, parse_coordinate(request.GET.get("lat"), "lat", LATITUDE_MAX)
        answer = find_everything(request.GET.get("q", ""), min(limit, SEARCH_LIMIT_MAX), near)
        titles = {layer.slug: layer.title for layer in list_layers_for(request.user)}
        document: SearchDocument = {
            "results": [describe_result(each, titles) for each in answer.results],
            "missed": list(answer.missed),
        }
        return Response(document)


def describe_result(found: Found | Lead, titles: dict[str, str]) -> HitDocument:
    placed = found if isinstance(found, Found) else None
    metres = placed.distance_m if placed else None
    return {
        "group": found.group.value,
        "kind": "" if isinstance(found, Found) else found.kind,
        "layer": found.layer,
        "layer_title": titles.get(found.layer, found.layer),
        "key": placed.key if placed else "",
        "title": found.title,
        "subtitle": found.subtitle,
        "lon": placed.lon if placed else None,
        "lat": placed.lat if placed else None,
        "distance_m": None if metres is None else round(metres, 1),
        "note": placed.note if placed else "",
    }
