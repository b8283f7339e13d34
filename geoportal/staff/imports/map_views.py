"""Maps of an import: where the file lies under a coordinate system, and what would change."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.staff.access import working_page
from geoportal.staff.imports.difference import find_difference_bounds, render_difference_tile
from geoportal.staff.imports.sketch_tiles import Placed, find_sketch, place_sketch, render_tile
from importers.models import Import
from importers.stages.selectors import access_import
from tiles.answers import MVT
from tiles.grid import access_tile

LONGEST_CODE = 20


@require_safe
@working_page
def sketch_place(request: HttpRequest, number: int) -> JsonResponse:
    """Where the file lies under `crs`: bounds in degrees, and how many shapes lie nowhere."""
    placed = access_placed(request, access_import(request.user, number))
    shown = len(placed.rows)
    return JsonResponse({"bounds": placed.bounds_4326, "shown": shown, "lost": placed.lost})


@require_safe
@working_page
def sketch_tile(request: HttpRequest, number: int, z: str, x: str, y: str) -> HttpResponse:
    tile = access_tile(z, x, y)
    placed = access_placed(request, access_import(request.user, number))
    return HttpResponse(render_tile(placed, tile), content_type=MVT)


def access_placed(request: HttpRequest, import_: Import) -> Placed:
    """Raises `NotFound` where the file was not read yet, `UnusableOption` for a strange code."""
    path = find_sketch(import_)
    if path is None:
        raise NotFound(_("There is no such import."))
    code = request.GET.get("crs", "EPSG:4326")[:LONGEST_CODE]
    return place_sketch(path, code, swapped=request.GET.get("swapped") == "1")


@require_safe
@working_page
def difference_place(request: HttpRequest, number: int) -> JsonResponse:
    import_ = access_import(request.user, number)
    return JsonResponse({"bounds": find_difference_bounds(import_)})


@require_safe
@working_page
def difference_tile(request: HttpRequest, number: int, z: str, x: str, y: str) -> HttpResponse:
    tile = access_tile(z, x, y)
    import_ = access_import(request.user, number)
    return HttpResponse(render_difference_tile(import_, tile), content_type=MVT)
