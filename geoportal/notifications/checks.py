"""Start-up check of where letters lead."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register()
def check_site_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.DEBUG or urlsplit(settings.SITE_URL).hostname != "localhost":
        return []
    return [
        Warning(
            "GEOPORTAL_SITE_URL is not set: links in letters lead to localhost.",
            hint="Set it to the portal's address: GEOPORTAL_SITE_URL=https://geoportal.example.ua",
            id="geoportal.W011",
        )
    ]
