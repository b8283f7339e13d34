"""Errors of views of DRF in the shape of all others.

Apart from `problem_details`, which commands and the worker load too and DRF would slow down.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.views import exception_handler

from geoportal.core.errors import DomainError, InvalidInput, TooLarge
from geoportal.core.http.problem_details import CONTENT_TYPE, build_problem


def explain_body(exc: Exception) -> Exception:
    """What Django and JSON say of a body that they will not read to its end."""
    if isinstance(exc, RequestDataTooBig):
        words = _("This is more than %(limit)s at once. Send less, or smaller files.")
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return TooLarge(words % {"limit": limit})
    if isinstance(exc, SuspiciousOperation | RecursionError):
        return InvalidInput(_("The request could not be read."))
    return exc


def drf_exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's own errors in the same shape; domain errors too; the rest goes to the middleware."""
    exc = explain_body(exc)
    if isinstance(exc, DomainError):
        problem = build_problem(exc.status, exc.slug, str(exc.message), **exc.extra)
        return Response(problem, status=exc.status, content_type=CONTENT_TYPE)
    response = exception_handler(exc, context)
    if response is None:
        return None
    slug, extra = "invalid-input", {}
    detail = _("The request could not be read.")
    if isinstance(exc, drf.ValidationError):
        extra = {"errors": response.data}
        detail = _("Some values are not right; see `errors`.")
    elif isinstance(exc, drf.APIException):
        slug = str(exc.default_code).replace("_", "-")
        detail = str(exc.detail)
    response.data = build_problem(response.status_code, slug, detail, **extra)
    response.content_type = CONTENT_TYPE
    return response
