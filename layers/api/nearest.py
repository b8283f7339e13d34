"""`/api/v1/nearest/`: what is near a place, of many layers at once."""

from typing import Literal, TypedDict
from urllib.parse import quote

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.core.errors import InvalidInput
from geoportal.core.http.openapi import describe_document
from layers.geometry.checking import LATITUDE_MAX
from layers.hours.phrases import say_state
from layers.hours.state import OpenState, find_open_state
from layers.reading.directions import CODES, WORDS, find_sector
from layers.reading.nearest import (
    LIMIT_DEFAULT,
    LIMIT_MAX,
    WITHIN_MAX_M,
    Near,
    find_nearest,
    list_wishes,
)
from layers.reading.parameters import parse_coordinate, parse_numbers, parse_whole
from layers.schema.meanings import build_address, find_hours

KNOWN = ("lon", "lat", "kinds", "layers", "limit", "open", "max_m", "lang", "format")
Direction = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw"]


class NearPointDocument(TypedDict):
    """The nearest point of the object; of an object with one point, that point."""

    type: Literal["Point"]
    coordinates: list[float]


class NearPropertiesDocument(TypedDict):
    """`distance_m`: straight, on the ellipsoid, to the point, line or border; 0 inside an area.

    `hours` as they are written; `is_open` null where they are not
    understood, `open_state` in words.
    """

    layer: str
    layer_title: str
    kind: str | None
    key: str
    name: str
    address: str
    distance_m: float
    bearing_deg: float | None
    direction: str | None
    direction_code: Direction | None
    hours: str
    is_open: bool | None
    changes_at: str | None
    open_state: str
    item: str


class NearFeatureDocument(TypedDict):
    """A GeoJSON Feature; the whole object stands at `item`."""

    type: Literal["Feature"]
    id: str
    geometry: NearPointDocument
    properties: NearPropertiesDocument


class NearestDocument(TypedDict):
    """A GeoJSON FeatureCollection, nearest first."""

    type: Literal["FeatureCollection"]
    lon: float
    lat: float
    features: list[NearFeatureDocument]


class NearestView(APIView):
    """What is near a place: of kinds in people's words or of layers; by itself of all kinds."""

    @extend_schema(
        operation_id="nearest",
        parameters=[
            OpenApiParameter("lon", float, required=True),
            OpenApiParameter("lat", float, required=True),
            OpenApiParameter("kinds", str, description="slugs with commas, as pharmacy,toilet"),
            OpenApiParameter("layers", str, description="slugs with commas; whole layers"),
            OpenApiParameter("limit", int, description=f"{LIMIT_DEFAULT}, at most {LIMIT_MAX}"),
            OpenApiParameter("open", str, enum=["now"], description="only what is surely open"),
            OpenApiParameter("max_m", float, description="none farther, in metres"),
        ],
        responses={200: describe_document(NearestDocument)},
    )
    def get(self, request: Request) -> Response:
        given = request.GET
        for name in given:
            if name not in KNOWN:
                raise InvalidInput(
                    _("There is no parameter “%(name)s”.") % {"name": name},
                    parameter=name,
                    known=sorted(KNOWN),
                )
        lon = parse_coordinate(given.get("lon"), "lon", 180)
        lat = parse_coordinate(given.get("lat"), "lat", LATITUDE_MAX)
        limit = min(parse_whole(given.get("limit"), "limit", LIMIT_DEFAULT, lowest=1), LIMIT_MAX)
        only_open = parse_open(given.get("open"))
        found = find_nearest(
            list_wishes(request.user, split(given.get("kinds")), split(given.get("layers"))),
            lon,
            lat,
            limit=limit,
            within_m=parse_distance(given.get("max_m")),
            keep=is_open_now if only_open else None,
        )
        document: NearestDocument = {
            "type": "FeatureCollection",
            "lon": lon,
            "lat": lat,
            "features": [describe_near(each) for each in found],
        }
        return Response(document)


def split(text: str | None) -> list[str]:
    return [part for part in (text or "").split(",") if part]


def parse_open(text: str | None) -> bool:
    if text not in (None, "", "now"):
        raise InvalidInput(_("“open” is “now”, or left out."), parameter="open")
    return text == "now"


def parse_distance(text: str | None) -> float:
    """Metres; as far as one likes when not given."""
    if not text:
        return WITHIN_MAX_M
    numbers = parse_numbers(text, "max_m")
    if len(numbers) != 1 or numbers[0] <= 0:
        raise InvalidInput(_("“max_m” is a number of metres above 0."), parameter="max_m")
    return min(numbers[0], WITHIN_MAX_M)


def find_state(near: Near) -> OpenState | None:
    return find_open_state(find_hours(list(near.wish.layer.fields.all()), near.properties))


def is_open_now(near: Near) -> bool:
    """What is not understood is not said to be open."""
    state = find_state(near)
    return state is not None and state.is_open


def describe_near(near: Near) -> NearFeatureDocument:
    layer = near.wish.layer
    fields = list(layer.fields.all())
    hours = find_hours(fields, near.properties)
    state = find_open_state(hours)
    kind = near.wish.find_kind(near.properties)
    bearing = near.bearing_deg
    sector = None if bearing is None else find_sector(bearing)
    name = near.properties.get(layer.title_field)
    return {
        "type": "Feature",
        "id": near.key,
        "geometry": {"type": "Point", "coordinates": [round(near.lon, 9), round(near.lat, 9)]},
        "properties": {
            "layer": layer.slug,
            "layer_title": layer.title,
            "kind": kind.slug if kind else None,
            "key": near.key,
            "name": str(name) if name not in (None, "") else layer.title,
            "address": build_address(fields, near.properties),
            "distance_m": round(near.distance_m, 2),
            "bearing_deg": None if bearing is None else round(bearing, 1),
            "direction": None if sector is None else _(WORDS[sector]),
            "direction_code": None if sector is None else CODES[sector],
            "hours": hours,
            "is_open": state.is_open if state else None,
            "changes_at": state.changes_at.isoformat() if state and state.changes_at else None,
            "open_state": say_state(state) if state else "",
            "item": f"/ogc/collections/{layer.slug}/items/{quote(near.key, safe='')}",
        },
    }
