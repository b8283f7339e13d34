"""What is near: a page that needs neither a map nor scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.web.nearest_page import build_nearest_page


@require_safe
def nearest(request: HttpRequest) -> HttpResponse:
    """`kinds`, and a place: `lon` and `lat`, or `q`; `open=now`, `limit`. What is wrong is told."""
    page = build_nearest_page(request)
    return render(request, "web/nearest.html", {"page": page})
