"""The methods of GeoReport v2 over HTTP; each answers in the format that its address ends with."""

import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from geoportal.core.errors import DomainError, InvalidInput, NotFound
from geoportal.interface.community import get_portal_name
from geoportal.problems.models import Problem
from geoportal.problems.open311 import intake, listing, offered
from geoportal.problems.open311.dialect import (
    CONTENT_TYPES,
    FORMATS,
    Document,
    find_format,
    render_document,
)
from geoportal.problems.open311.errors import build_errors, describe_error
from geoportal.problems.open311.keys import find_key, require_key
from geoportal.problems.open311.parameters import read_flag, read_text
from geoportal.problems.open311.reporting import build_request

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-20 00:00"
RETRY_AFTER_S = 60
Answer = Callable[..., Document]
View = Callable[..., HttpResponse]


def speak(**methods: Answer) -> View:
    """A view from functions by method; whatever goes wrong is told in the standard's form."""

    def view(request: HttpRequest, extension: str = "", **named: str) -> HttpResponse:
        form = find_format(request, extension)
        with translation.override(_find_language(request)):
            document = _answer(request, methods, extension, named)
            body = b"" if request.method == "HEAD" else render_document(document, form)
        response = HttpResponse(body, status=document.status, content_type=CONTENT_TYPES[form])
        if document.status == 405:
            response.headers["Allow"] = ", ".join(_list_allowed(methods))
        if document.status == 429:
            response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return response

    return csrf_exempt(view)


def discover(request: HttpRequest) -> Document:
    """https://wiki.open311.org/Service_Discovery"""
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{settings.SITE_URL}/open311/v2",
        "changeset": CHANGESET,
        "type": "test" if settings.DEMO else "production",
        "formats": ["text/xml", "application/json"],
    }
    value = {
        "changeset": CHANGESET,
        "contact": _("%(portal)s, contacts of the community: %(url)s")
        % {"portal": get_portal_name(), "url": f"{settings.SITE_URL}/pages/contacts/"},
        "key_service": _("An administrator of the portal gives keys on request."),
        "endpoints": [endpoint],
    }
    return Document("discovery", value)


def list_services(request: HttpRequest) -> Document:
    return Document("services", offered.build_services())


def describe_service(request: HttpRequest, code: str) -> Document:
    return Document("service_definition", offered.build_definition(offered.get_offered(code)))


def list_requests(request: HttpRequest) -> Document:
    extended = read_flag(request.GET, "extensions")
    found = listing.list_wanted(listing.read_wanted(request.GET))
    return Document("service_requests", [build_request(each, extended=extended) for each in found])


def show_request(request: HttpRequest, number: str) -> Document:
    problem = listing.get_shown(number, find_key(request))
    extended = read_flag(request.GET, "extensions")
    return Document("service_requests", [build_request(problem, extended=extended)])


def send_request(request: HttpRequest) -> Document:
    taken = intake.take_report(require_key(request), request.POST)
    row = {
        "service_request_id": str(taken.problem.pk),
        "service_notice": taken.notice,
        "account_id": None,
    }
    return Document("service_requests", [row], 201)


def show_token(request: HttpRequest, token: str) -> Document:
    """The number of the report that was sent with this `client_request_id`."""
    try:
        wanted = uuid.UUID(token)
    except ValueError:
        wanted = None
    sent = Problem.objects.filter(source=Problem.Source.OPEN311, client_request_id=wanted)
    number = sent.values_list("pk", flat=True).first() if wanted else None
    if number is None:
        raise NotFound(_("There is no token “%(token)s”.") % {"token": token})
    row = {"service_request_id": str(number), "token": token}
    return Document("service_requests", [row])


def _answer(
    request: HttpRequest, methods: dict[str, Answer], extension: str, named: dict[str, str]
) -> Document:
    answer = methods.get("GET" if request.method == "HEAD" else request.method or "")
    try:
        if not methods or extension not in FORMATS:
            raise NotFound(_("There is no such address here."))
        if answer is None:
            return build_errors(
                405,
                _("This address answers only: %(methods)s.")
                % {"methods": ", ".join(_list_allowed(methods))},
            )
        _require_jurisdiction(request)
        return answer(request, **named)
    except DomainError as error:
        return describe_error(error)
    except (SuspiciousOperation, MultiPartParserError):
        return describe_error(InvalidInput(_("The request could not be read.")))


def _require_jurisdiction(request: HttpRequest) -> None:
    """There is one, so it need not be told; but another one is not here."""
    form = request.POST if request.method == "POST" else request.GET
    given = read_text(form, "jurisdiction_id") or read_text(request.GET, "jurisdiction_id")
    ours = get_jurisdiction()
    if given and given.lower() != ours:
        raise NotFound(
            _("There is no jurisdiction_id “%(given)s”; here it is “%(ours)s”.")
            % {"given": given, "ours": ours}
        )


def get_jurisdiction() -> str:
    """The host name of the portal, without `www`."""
    return (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")


def _list_allowed(methods: dict[str, Answer]) -> list[str]:
    return [*methods, *(["HEAD"] if "GET" in methods else [])]


def _find_language(request: HttpRequest) -> str:
    """`locale` may be `en`, `en_GB`, `uk-UA`; Ukrainian when it is another or none."""
    given = (request.GET.get("locale") or "")[:2].lower()
    known = [code for code, _title in settings.LANGUAGES]
    return given if given in known else settings.LANGUAGE_CODE
