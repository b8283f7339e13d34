"""One translation of errors to HTTP: `application/problem+json` (RFC 9457) or a page for people."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError, TooManyRequests, Unavailable
from geoportal.core.http.request_id import request_id_var

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
SAFE = ("GET", "HEAD", "OPTIONS")
# Where an interface with a standard of its own has its own form of errors: by prefix of the path, a
# function of the request, the status and the sentence. Packages above enter theirs at the start.
DIALECTS: dict[str, Callable[[HttpRequest, int, str], HttpResponse]] = {}
# How an error looks to people: a function of the request, the status, the sentence and what else is
# known. The package of the pages enters it at the start.
ErrorPage = Callable[[HttpRequest, int, str, Mapping[str, object]], HttpResponse]
_error_pages: list[ErrorPage] = []
MACHINE_PREFIXES = (
    "/ogc",
    "/api/",
    "/tiles/",
    "/data/",
    "/open311/",
    "/livez",
    "/readyz",
    "/metrics",
    "/problems/tiles/",
)


def use_error_page(page: ErrorPage) -> None:
    _error_pages[:] = [page]


def build_problem(status: int, slug: str, detail: str, **extra: object) -> dict[str, object]:
    """The members of RFC 9457; `type` is a URN so that it never needs another host."""
    return {
        "type": f"urn:geoportal:{slug}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    } | extra


def wants_page(request: HttpRequest) -> bool:
    """People get a page: only outside the machine URLs, and only when they accept HTML."""
    if request.path.startswith(MACHINE_PREFIXES) and not request.path.endswith("/"):
        return False
    return request.accepts("text/html") and "text/html" in request.headers.get("Accept", "")


def render_problem(
    request: HttpRequest, status: int, slug: str, detail: str, **extra: object
) -> HttpResponse:
    for prefix, render_dialect in DIALECTS.items():
        if request.path.startswith(prefix):
            return render_dialect(request, status, detail)
    if wants_page(request):
        for render_page in _error_pages:
            return render_page(request, status, detail, extra)
    problem = build_problem(status, slug, detail, **extra)
    response = JsonResponse(problem, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = CONTENT_TYPE
    return response


def render_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    response = render_problem(request, error.status, error.slug, str(error.message), **error.extra)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def render_unexpected(request: HttpRequest) -> HttpResponse:
    detail = _("Something broke on our side. It is written down; tell us the number if you ask.")
    return render_problem(request, 500, "unexpected", detail, request_id=request_id_var.get())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render_problem(request, 404, "not-found", _("There is no such page."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view: a foreign host name, a broken form."""
    return render_problem(request, 400, "invalid-input", _("The request could not be read."))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What the limits of signing in and of letters answer."""
    detail = _("Too many requests in a short time. Wait a minute and try again.")
    return render_error(request, TooManyRequests(detail))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: left open for long, without cookies, or sent by another site."""
    detail = _("This form is out of date or came from another site. Open its page and send again.")
    return render_problem(request, 403, "not-allowed", detail)


def render_unavailable(request: HttpRequest) -> HttpResponse:
    """The page is made as for a visitor: who has signed in is written in the database."""
    request.user = AnonymousUser()
    if request.method in SAFE:
        words = _("The service cannot answer right now. Try once more in a few seconds.")
    else:
        words = _(
            "The portal can only be read right now, and nothing was saved. Keep what you wrote and "
            "send it once more in a few minutes."
        )
    return render_error(request, Unavailable(words))


def render_method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    detail = _("This address answers only: %(methods)s.") % {"methods": allowed}
    response = render_problem(request, 405, "method-not-allowed", detail)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return render_unexpected(request)
