"""Work on shapes that are not saved yet, asked by the map's editor."""

import json
from typing import Any

import shapely
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geoportal.core.errors import InvalidInput
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.editing.shapes import cut, make_hole, merge

SHAPES_MAX = 200


@require_POST
@working_page
def shapes(request: HttpRequest, slug: str) -> JsonResponse:
    """The field `document` is `{"do": "cut" | "hole" | "merge", "shapes": […], "with": …}`."""
    access_layer_to_edit(request.user, slug)
    asked = read_document(request.POST.get("document", ""))
    given = [read_shape(each) for each in asked["shapes"]]
    deed = asked.get("do")
    if deed == "cut":
        made = cut(given[0], read_shape(asked.get("with")))
    elif deed == "hole":
        made = [make_hole(given[0], read_shape(asked.get("with")))]
    elif deed == "merge":
        made = [merge(given)]
    else:
        raise InvalidInput(_("The request could not be read."))
    return JsonResponse({"shapes": [mapping(each) for each in made]})


def read_document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    given = document.get("shapes") if isinstance(document, dict) else None
    if not isinstance(given, list) or not 1 <= len(given) <= SHAPES_MAX:
        raise InvalidInput(_("The request could not be read."))
    return {"shapes": given} | {name: value for name, value in document.items() if name != "shapes"}


def read_shape(geometry: object) -> BaseGeometry:
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        raise InvalidInput(_("This is not a GeoJSON geometry (RFC 7946).")) from error
    if shape is None or shape.is_empty:
        raise InvalidInput(_("The geometry has no coordinates."))
    return shape
