"""Start-up check: without Node.js the portal works, but keeps no style of a layer."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from layers.styles.spec import is_installed


@register()
def check_validator(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if is_installed():
        return []
    return [
        Warning(
            "Styles of layers cannot be checked, so none is saved: Node.js or the npm packages are"
            " missing.",
            hint="Install them: apt-get install nodejs npm, then script/setup",
            id="geoportal.W002",
        )
    ]
