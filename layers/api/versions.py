"""Which version of a feature a caller has read: `ETag` out, `If-Match` in (RFC 9110)."""

import re

from django.utils.translation import gettext as _
from rest_framework.request import Request

from geoportal.core.errors import VersionMismatch, VersionRequired
from layers.models import Feature

# Proxies that compress an answer mark its tag as weak; it still names the version.
TAG = re.compile(r'(?:W/)?"([0-9a-f]{1,18})"')


def build_version_tag(feature: Feature) -> str:
    """A strong entity tag: the number of the changeset that made the feature as it stands."""
    return f'"{feature.changeset_id}"'


def require_expected_tag(request: Request) -> str | None:
    """What `If-Match` names, without quotes; `None` for `*`.

    Raises `VersionRequired` without the header, `VersionMismatch` for a tag we never gave.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise VersionRequired(_("Send If-Match with the ETag that you read."))
    if header == "*":
        return None
    match = TAG.fullmatch(header)
    if match is None:
        raise VersionMismatch(_("If-Match names no version that there ever was."))
    return match[1]


def require_expected_version(request: Request) -> int | None:
    """The changeset that `If-Match` names; `None` for `*`. Raises as `require_expected_tag`."""
    tag = require_expected_tag(request)
    if tag is not None and not tag.isdigit():
        raise VersionMismatch(_("If-Match names no version that there ever was."))
    return int(tag) if tag is not None else None
