"""Every request has an id, and no exception reaches a client untranslated."""

import logging
import re
import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError, NotAllowed, NotFound
from geoportal.core.http.problem_details import (
    render_error,
    render_method_not_allowed,
    render_unavailable,
    render_unexpected,
)
from geoportal.core.http.request_id import request_id_var

log = logging.getLogger(__name__)
ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

View = Callable[[HttpRequest], HttpResponseBase]


class RequestIdMiddleware:
    """Take `X-Request-ID` from a proxy or make one; answer with it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id_var.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            request_id_var.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response


class ErrorMiddleware:
    """Translate what a view raised: domain errors by their status, the rest is logged.

    A database that does not answer is a 503, anything unforeseen a 500.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and isinstance(response, HttpResponseNotAllowed):
            return render_method_not_allowed(request, response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        if isinstance(exception, DomainError):
            return render_error(request, exception)
        if isinstance(exception, Http404):
            return render_error(request, NotFound(_("There is no such page.")))
        if isinstance(exception, PermissionDenied):
            return render_error(request, NotAllowed(_("You may not do this.")))
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("no answer of the database at %s", request.path, exc_info=exception)
            return render_unavailable(request)
        log.error("unhandled exception at %s", request.path, exc_info=exception)
        return render_unexpected(request)


class GzipTextMiddleware(GZipMiddleware):
    """Compress pages and documents; streams and tiles are compressed where they are made."""

    TYPES = frozenset(
        {
            "text/html",
            "text/javascript",
            "application/json",
            "application/problem+json",
            "application/vnd.oai.openapi+json",
        }
    )

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        content_type = response.headers.get("Content-Type", "").split(";")[0]
        if response.streaming or content_type not in self.TYPES:
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
