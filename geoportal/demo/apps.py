from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "geoportal.demo"
    label = "demo"

    def ready(self) -> None:
        from geoportal.demo import checks  # noqa: F401  registers the start-up check
