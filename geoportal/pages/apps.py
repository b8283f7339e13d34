from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "geoportal.pages"
    label = "pages"
    verbose_name = _("Pages of the site")

    def ready(self) -> None:
        from geoportal.interface.slots import Slot, fill_slot

        fill_slot(Slot.FOOTER, "pages/footer.html", order=10)
