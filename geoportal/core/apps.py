from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "geoportal.core"
    label = "core"

    def ready(self) -> None:
        from geoportal.core import checks  # noqa: F401  registers the start-up checks
        from geoportal.core.current_sql import apply_after_migrate

        # Before the receivers of other apps, which fill tables that the functions guard.
        post_migrate.connect(apply_after_migrate)
