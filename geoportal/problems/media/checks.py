"""Start-up check: without FFmpeg the portal works, but takes no videos."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from geoportal.media import ffmpeg


@register()
def check_ffmpeg(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if ffmpeg.is_installed():
        return []
    return [
        Warning(
            "FFmpeg is not installed: residents cannot send videos.",
            hint="Install it: apt-get install --no-install-recommends ffmpeg",
            id="geoportal.W001",
        )
    ]
