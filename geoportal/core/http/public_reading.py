"""Pages of other sites may read what is public: every such answer says so, to whoever asked.

django-cors-headers says it only to who names an origin. A cache would then hand the answer to QGIS,
which names none, on to a page, whose browser refuses it. Since the word is the same for everybody,
the answer does not vary by origin either.
"""

from corsheaders.conf import conf
from corsheaders.middleware import (
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
    CorsMiddleware,
)
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ANY_ORIGIN = "*"


class PublicReadingMiddleware(CorsMiddleware):
    """Outermost of those that answer, so that refusals and redirections carry it too."""

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if self.is_enabled(request):
            response.headers[ACCESS_CONTROL_ALLOW_ORIGIN] = ANY_ORIGIN
            response.headers[ACCESS_CONTROL_EXPOSE_HEADERS] = ", ".join(conf.CORS_EXPOSE_HEADERS)
            if request.method == "OPTIONS":
                response.headers[ACCESS_CONTROL_ALLOW_METHODS] = ", ".join(conf.CORS_ALLOW_METHODS)
                response.headers[ACCESS_CONTROL_ALLOW_HEADERS] = ", ".join(conf.CORS_ALLOW_HEADERS)
                response.headers[ACCESS_CONTROL_MAX_AGE] = str(conf.CORS_PREFLIGHT_MAX_AGE)
        return response
