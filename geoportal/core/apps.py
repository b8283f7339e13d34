from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "geoportal.core"
    label = "core"

    def ready(self) -> None:
        from geoportal.core import checks  # noqa: F401  registers the start-up checks
