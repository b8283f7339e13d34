"""The first tab of a layer: what it is and how it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.staff.access import access_working_layer, working_page
from geoportal.staff.layer_context import build_layer_context


@require_safe
@working_page
def layer_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_working_layer(request.user, slug)
    context = build_layer_context(request, layer, "overview")
    return render(request, "staff/layers/overview.html", context)
