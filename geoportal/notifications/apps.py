from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "geoportal.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from geoportal.notifications import checks, receivers  # noqa: F401
