from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "geoportal.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from geoportal.core.clock import run_by_clock
        from geoportal.messages.topics import register_topic
        from geoportal.notifications import checks, receivers  # noqa: F401
        from geoportal.notifications.events import purge_events, tell_leftovers
        from geoportal.notifications.letters import TOPIC, write_message
        from geoportal.notifications.notices import register_subject
        from geoportal.notifications.subjects import SUBJECTS

        for subject in SUBJECTS:
            register_subject(subject)
        register_topic(TOPIC, write_message)
        run_by_clock("told", tell_leftovers)
        run_by_clock("events purged", purge_events)
