from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "geoportal.packs"
    label = "packs"
    verbose_name = _("Towns as folders")

    def ready(self) -> None:
        from geoportal.packs.first_pages import load_after_migrate
        from geoportal.packs.layer_templates import list_pack_templates
        from layers.schema.templates import offer_templates

        offer_templates(list_pack_templates)
        post_migrate.connect(load_after_migrate, sender=apps.get_app_config("pages"))
