"""Tells the browser that somebody has signed out, so that drafts of reports go from it.

A session that has only expired leaves no such mark: what its owner was writing waits for him.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Read by scripts (report/draft_owners.mjs) and by the header of pages.
COOKIE = "signed_out"
# No draft lasts longer.
LASTS_S = 30 * 24 * 3600
NOTED = "geoportal.signed_out"


@receiver(user_logged_out, dispatch_uid="web.note_signing_out")
def note_signing_out(request: HttpRequest | None, user: object, **_kwargs: object) -> None:
    if request is not None and user is not None:
        request.META[NOTED] = True


@receiver(user_logged_in, dispatch_uid="web.note_signing_in")
def note_signing_in(request: HttpRequest | None, **_kwargs: object) -> None:
    if request is not None:
        request.META[NOTED] = False


class SignedOutMiddleware:
    """Sets the mark with the answer to signing out, takes it away with signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        noted = request.META.get(NOTED)
        if noted:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=LASTS_S,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif noted is False and COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
