from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LayersConfig(AppConfig):
    name = "layers"
    verbose_name = _("Layers")

    def ready(self) -> None:
        from layers import receivers  # noqa: F401  listens to changesets
        from layers.styles import checks  # noqa: F401  registers the start-up check
