from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    name = "geoportal.problems"
    verbose_name = _("Problems")

    def ready(self) -> None:
        from geoportal.problems import receivers
        from geoportal.problems.media import checks  # noqa: F401

        post_migrate.connect(receivers.write_edges, sender=self)
