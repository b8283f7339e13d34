from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "geoportal.core"
    label = "core"

    def ready(self) -> None:
        from geoportal.core import checks  # noqa: F401  registers the start-up checks
        from geoportal.core.clock import run_by_clock
        from geoportal.core.database.current_sql import apply_after_migrate
        from geoportal.core.jobs import forget_done, run_lost_again

        run_by_clock("run again", run_lost_again)
        run_by_clock("forgotten jobs", forget_done)
        # Before the receivers of other apps, which fill tables that the functions guard.
        post_migrate.connect(apply_after_migrate)
