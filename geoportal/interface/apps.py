from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "geoportal.interface"
    label = "interface"

    def ready(self) -> None:
        from geoportal.interface import error_page  # noqa: F401  is how errors look to people
