"""Problems on maps over HTTP: what the client holds already is not built again."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.http.answers import build_etag, find_not_modified, mark_cacheable
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.lists.filter_choices import count_states
from geoportal.problems.lists.filters import parse_filter
from geoportal.problems.tiles.describe import describe_card, describe_view
from geoportal.problems.tiles.in_view import count_in_boxes, list_nearest, parse_boxes
from geoportal.problems.tiles.source import ProblemSource
from tiles.answers import answer_tile
from tiles.grid import WORLD, access_tile
from tiles.sources import read_versions


@require_safe
def tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """Public problems of a tile under the filter of the query."""
    cell = access_tile(z, x, y)
    source = ProblemSource(parse_filter(request.GET, request.user), timezone.now())
    return answer_tile(request, cell, [source])


@require_safe
def in_view(request: HttpRequest) -> HttpResponseBase:
    """How many problems the filter finds, by state, and those in `bbox`, the nearest first."""
    boxes = parse_boxes(request.GET.get("bbox"))
    chosen = parse_filter(request.GET, request.user)
    source = ProblemSource(chosen, timezone.now())
    shared = source.is_shared
    etag = build_etag(read_versions(WORLD, [source]), source.variant, get_language(), boxes)
    if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
        return not_modified
    shown = list_public_problems()
    found = chosen.apply(shown, source.at)
    document = describe_view(
        count_states(shown, chosen),
        chosen.states,
        count_in_boxes(found, boxes),
        list_nearest(found, boxes),
    )
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    mark_cacheable(response, etag, shared=shared)
    return response


@require_safe
def card(request: HttpRequest, number: int) -> JsonResponse:
    """One public problem as the map's card shows it to this reader."""
    problem = with_cards(list_public_problems()).filter(pk=number).first()
    if problem is None:
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    response = JsonResponse(
        describe_card(problem, request.user), json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
