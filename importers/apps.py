from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    name = "importers"
    label = "importers"
    verbose_name = _("Imports")

    def ready(self) -> None:
        from django.conf import settings

        from geoportal.accounts.policies import can_work_somewhere
        from geoportal.core.clock import run_by_clock
        from geoportal.uploads.purposes import Purpose, register_purpose
        from importers import receivers
        from importers.schedules.jobs import begin_due, forget_runs, settle_runs
        from importers.stages.jobs import clean_imports, resume_imports

        post_migrate.connect(receivers.write_edges, sender=self)
        register_purpose(
            Purpose("imports", can_work_somewhere, lambda: int(settings.UPLOAD_BYTES_MAX))
        )
        run_by_clock("imports resumed", resume_imports)
        run_by_clock("imports cleaned", clean_imports)
        run_by_clock("schedules settled", settle_runs)
        run_by_clock("schedules begun", begin_due)
        run_by_clock("runs of schedules forgotten", forget_runs)
