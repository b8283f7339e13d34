from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LayersConfig(AppConfig):
    name = "layers"
    verbose_name = _("Layers")

    def ready(self) -> None:
        from geoportal.core.clock import run_by_clock
        from layers import receivers  # noqa: F401  listens to changesets
        from layers.joining.preparing import prepare_by_clock
        from layers.services.photo_keeping import purge_photos
        from layers.styles import checks  # noqa: F401  registers the start-up check

        run_by_clock("territories prepared", prepare_by_clock)
        run_by_clock("photos of objects purged", purge_photos)
