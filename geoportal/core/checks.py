"""Start-up checks: an unsafe setting stops the start with an id and a hint."""

from collections.abc import Sequence
from ipaddress import ip_network
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

WEAK = ("django-insecure", "changeme", "secret")
SHORTEST_SECRET = 40
# Of checks that look at settings alone: for commands that need no page, and so load none.
SETTINGS = "settings"
FEWEST_LETTERS = 10


@register(SETTINGS)
def check_secret_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.DEBUG:
        return []
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_LETTERS and not key.startswith(WEAK):
        return []
    return [
        Error(
            "GEOPORTAL_SECRET_KEY is missing or weak.",
            hint="Set it to 50 random characters: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="geoportal.E001",
        )
    ]


@register(SETTINGS)
def check_metrics_networks(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    for text in settings.METRICS_NETWORKS:
        try:
            ip_network(text)
        except ValueError:
            return [
                Error(
                    f"GEOPORTAL_METRICS_NETWORKS: {text} is no network.",
                    hint="Write networks and addresses with commas: 127.0.0.0/8,::1,10.1.2.0/24",
                    id="geoportal.E005",
                )
            ]
    return []
