from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterfaceConfig(AppConfig):
    name = "geoportal.interface"
    label = "interface"
    verbose_name = _("Community")

    def ready(self) -> None:
        from geoportal.interface import error_page  # noqa: F401  is how errors look to people
        from geoportal.interface.foreign_words import name_foreign_tables

        name_foreign_tables()
