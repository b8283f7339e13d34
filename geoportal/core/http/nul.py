"""Refuse U+0000 in an address: PostgreSQL holds no such text, so nothing can be found by it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from geoportal.core.http.problem_details import render_problem


class RefuseNulMiddleware:
    """404 for a path, 400 for a query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path:
            return render_problem(request, 404, "not-found", _("There is no such page."))
        if "%00" in request.META.get("QUERY_STRING", ""):
            detail = _("The request could not be read.")
            return render_problem(request, 400, "invalid-input", detail)
        return self.get_response(request)
