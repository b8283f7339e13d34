"""The catalogue of open data."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from geoportal.web.catalogue import group_layers, list_open_layers
from geoportal.web.endpoints import build_map_services
from layers.access import access_layer
from layers.downloads.formats import DOWNLOAD_FORMATS


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Public layers by theme; `q` chooses by words."""
    text = request.GET.get("q", "").strip()
    groups = group_layers(request.user, list_open_layers(request.user, text))
    context = {
        "groups": groups,
        "query": text,
        "count": sum(len(group.entries) for group in groups),
        "downloads": DOWNLOAD_FORMATS,
        "services": build_map_services(request.build_absolute_uri("/").rstrip("/")),
    }
    return render(request, "web/data.html", context)


@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """A dataset is its layer: the layer's page has its passport and downloads."""
    layer = access_layer(request.user, slug)
    return HttpResponseRedirect(reverse("web:layer", args=[layer.slug]) + "#downloads")
