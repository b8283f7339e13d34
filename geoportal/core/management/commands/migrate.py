"""Django's `migrate`, which writes what the check of `sql/current` would miss before it has run."""

from typing import Any

from django.core.management.commands import migrate

from geoportal.core.database.current_sql import without_drift_check


class Command(migrate.Command):
    def check(self, *args: Any, **kwargs: Any) -> None:
        """An empty database holds no functions yet, that of an older version holds other ones."""
        with without_drift_check():
            super().check(*args, **kwargs)
