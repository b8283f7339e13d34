"""A request that says it is too large is refused before anything of it is read; so is one too many.

Django reads a form as soon as somebody looks for its token; so this stands before that. What does
not say how long it is (chunks) has no body for Django at all.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from geoportal.core.errors import TooLarge
from geoportal.core.http.problem_details import render_error, render_unavailable
from geoportal.core.http.slow_clients import REFUSED


def find_length(request: HttpRequest) -> int:
    """The length of the body that the client announced, in bytes."""
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() else 0


def require_length(request: HttpRequest, most: int) -> None:
    """Raises `TooLarge`; call it before the body is touched."""
    if find_length(request) > most:
        words = _("This is more than %(limit)s at once. Send less, or smaller files.")
        raise TooLarge(words % {"limit": filesizeformat(most)})


class BodyLimitMiddleware:
    """The limit of every URL, `REQUEST_BYTES_MAX`; views may set a lower one.

    Answers for `SlowClients` too, where that has found no thread for a slow client.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get(REFUSED):
            return render_unavailable(request)
        try:
            require_length(request, settings.REQUEST_BYTES_MAX)
        except TooLarge as error:
            return render_error(request, error)
        return self.get_response(request)
