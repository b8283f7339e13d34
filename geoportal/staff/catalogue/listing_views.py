"""The list of layers: own ones and all that the person sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import list_editable_organisation_ids
from geoportal.staff.access import working_page
from geoportal.staff.catalogue.listing import (
    Sort,
    State,
    Whose,
    list_lines,
    read_filter,
)
from layers.models import Layer


@require_safe
@working_page
def home(request: HttpRequest) -> HttpResponse:
    """The workplace begins with the layers."""
    return redirect("staff:layers")


@require_safe
@working_page
def layers_page(request: HttpRequest) -> HttpResponse:
    wanted = read_filter(request.GET)
    own = list_editable_organisation_ids(request.user)
    context = {
        "place": "layers",
        "lines": list_lines(request.user, wanted),
        "wanted": wanted,
        "whose": Whose.choices if own else [],
        "states": State.choices,
        "kinds": Layer.Kind.choices,
        "sorts": Sort.choices,
    }
    return render(request, "staff/layers/list.html", context)
