"""The page of tiles: a map of their borders, and the worst ones as a table."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.staff.access import working_page
from geoportal.staff.tiles.shown import LINES_MAX, View, list_lines, list_shown_layers, read_chosen
from geoportal.staff.tiles.slow import list_slow_lines


@require_safe
@working_page
def tiles_page(request: HttpRequest) -> HttpResponse:
    """`layer` (repeated) chooses layers that the person may change, `view` is visitor or staff."""
    layers = list_shown_layers(request.user)
    chosen = read_chosen(request.GET, layers)
    context = {
        "place": "tiles",
        "layers": layers,
        "chosen": chosen,
        "views": View.choices,
        "lines": list_lines(request.user, layers, chosen),
        "slow_lines": list_slow_lines(request.user, chosen.slugs),
        "lines_max": LINES_MAX,
        "layers_max": settings.TILE_LAYERS_MAX,
        "bytes_max": settings.TILE_BYTES_MAX,
    }
    return render(request, "staff/tiles/tiles.html", context)
