"""The list of layers: own ones and all that the person sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from geoportal.staff.access import working_page
from layers.access import list_layers_for


@require_safe
@working_page
def home(request: HttpRequest) -> HttpResponse:
    """The workplace begins with the layers."""
    return redirect("staff:layers")


@require_safe
@working_page
def layers_page(request: HttpRequest) -> HttpResponse:
    context = {"place": "layers", "layers": list_layers_for(request.user)}
    return render(request, "staff/layers/list.html", context)
