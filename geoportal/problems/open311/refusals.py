"""What is refused outside the views (unreadable, too large, broken), in the standard's form."""

from django.http import HttpRequest, HttpResponse

from geoportal.core.http.problem_details import DIALECTS
from geoportal.problems.open311.dialect import CONTENT_TYPES, find_format, render_document
from geoportal.problems.open311.errors import build_errors

PREFIX = "/open311/"


def render_refusal(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    form = find_format(request)
    body = render_document(build_errors(status, detail), form)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPES[form])


DIALECTS[PREFIX] = render_refusal
