"""How an error looks to people: a page with what happened and what to do now."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from geoportal.core.http.problem_details import use_error_page


def render_error_page(
    request: HttpRequest, status: int, detail: str, extra: Mapping[str, object]
) -> HttpResponse:
    context = {"status": status, "detail": detail, "extra": extra}
    return render(request, "error.html", context, status=status)


use_error_page(render_error_page)
