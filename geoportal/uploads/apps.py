from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    name = "geoportal.uploads"
    label = "uploads"
    verbose_name = _("Uploaded files")

    def ready(self) -> None:
        from geoportal.core.clock import run_by_clock
        from geoportal.uploads.services import purge_uploads

        run_by_clock("uploads purged", purge_uploads)
