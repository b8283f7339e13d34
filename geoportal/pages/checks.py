"""Start-up checks of what pages show from settings."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from geoportal.pages.emergency import is_emergency_number


@register()
def check_emergency_numbers(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    numbers = settings.EMERGENCY_NUMBERS
    if isinstance(numbers, list) and numbers and all(map(is_emergency_number, numbers)):
        return []
    return [
        Error(
            "GEOPORTAL_EMERGENCY_NUMBERS cannot be shown.",
            hint="Set it to a JSON list with at least one "
            '{"number": "112", "title_uk": "…", "title_en": "…"}.',
            id="geoportal.E003",
        )
    ]
