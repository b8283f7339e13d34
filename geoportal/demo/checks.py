"""Start-up check: accounts whose password is published open no real portal."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from geoportal.accounts.models import User
from geoportal.demo.accounts import list_open_accounts


def has_accounts() -> bool:
    """False before the first migration, which runs this check as well."""
    return User._meta.db_table in connection.introspection.table_names()


@register(Tags.database)
def check_demo_accounts(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    if settings.DEMO or not databases or not has_accounts() or not list_open_accounts():
        return []
    return [
        Error(
            "The demo accounts, whose password is published, are open in this database.",
            hint="Close them: manage.py demo_accounts --close",
            id="geoportal.E002",
        )
    ]
