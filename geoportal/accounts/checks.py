"""Start-up checks of what letters need."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register()
def check_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.DEBUG or not settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return []
    return [
        Warning(
            "GEOPORTAL_FROM_EMAIL is not set: other mail servers refuse letters from localhost.",
            hint="Set it to an address of the community: GEOPORTAL_FROM_EMAIL=misto@example.ua",
            id="geoportal.W010",
        )
    ]
