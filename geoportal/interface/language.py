"""Which language a request is answered in: Ukrainian, unless the visitor has chosen another."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

PARAMETER = "lang"
View = Callable[[HttpRequest], HttpResponseBase]


def pick_request_language(request: HttpRequest) -> str:
    """`?lang=`, else the cookie that the switch sets, else the default.

    What the browser prefers is not asked: many Ukrainian systems send English without a choice.
    """
    known = {code for code, _ in settings.LANGUAGES}
    asked = request.GET.get(PARAMETER) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return asked if asked in known else settings.LANGUAGE_CODE


class ChosenLanguageMiddleware:
    """Takes the place of Django's `LocaleMiddleware`."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = pick_request_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response
