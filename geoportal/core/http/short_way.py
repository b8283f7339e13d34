"""Tiles for visitors pass by what only people need: session, language, forms, messages.

Of a kept tile half the time went there. What is answered is the same: who brings a cookie, a
password, a body, a language or an address that is not plainly a tile's goes the long way.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from geoportal.core.errors import DomainError
from geoportal.core.http.middleware import ErrorMiddleware

TILE = re.compile(r"/(problems/)?tiles/([a-z0-9_,-]+/)?[0-9]+/[0-9]+/[0-9]+\.mvt")
OF_SOMEBODY = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING")
FOR_OTHERS = ("%00", "lang=")


class ShortWayMiddleware:
    """Below those that every answer needs: the request's id, the star, the headers of security."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._errors = ErrorMiddleware(self._call_view)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_visitors_tile(request):
            return self.get_response(request)
        translation.activate(settings.LANGUAGE_CODE)
        request.user = AnonymousUser()
        response = self._errors(request)
        response.headers["Content-Length"] = str(len(getattr(response, "content", b"")))
        return response

    def _call_view(self, request: HttpRequest) -> HttpResponseBase:
        found = resolve(request.path_info)
        request.resolver_match = found
        try:
            response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        except (DomainError, OperationalError, InterfaceError) as error:
            return self._errors.process_exception(request, error)
        return response


def is_visitors_tile(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return (
        request.method in ("GET", "HEAD")
        and TILE.fullmatch(request.path_info) is not None
        and not any(request.META.get(name) for name in OF_SOMEBODY)
        and not any(part in query for part in FOR_OTHERS)
    )
