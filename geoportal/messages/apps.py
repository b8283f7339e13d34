from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "geoportal.messages"
    # Django has an application `messages` of its own.
    label = "outbox"
    verbose_name = _("Outgoing messages")

    def ready(self) -> None:
        from geoportal.core.clock import run_by_clock
        from geoportal.core.health import add_probe
        from geoportal.messages.delivery import deliver_leftovers
        from geoportal.messages.selectors import probe_queue
        from geoportal.messages.services import purge_messages

        run_by_clock("sent", deliver_leftovers)
        run_by_clock("purged", purge_messages)
        add_probe("messages", probe_queue)
