from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    name = "geoportal.problems"
    verbose_name = _("Problems")

    def ready(self) -> None:
        from geoportal.problems import receivers
        from geoportal.problems.categories import code_list  # noqa: F401  enters its list of codes
        from geoportal.problems.history.layer_spec import LAYER_SLUG
        from geoportal.problems.media import checks  # noqa: F401
        from geoportal.problems.open311 import refusals  # noqa: F401  enters its form of errors
        from geoportal.problems.services.import_guard import guard_territories
        from geoportal.problems.tiles.look import draw_problems
        from importers.brakes.finding import register_guard
        from tiles.style.whole_map import register_part

        register_guard(guard_territories)
        register_part(LAYER_SLUG, draw_problems)
        post_migrate.connect(receivers.write_edges, sender=self)
