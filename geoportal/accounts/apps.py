from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "geoportal.accounts"
    label = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from geoportal.accounts import checks, receivers  # noqa: F401  registers them
        from geoportal.interface.slots import Slot, fill_slot

        fill_slot(Slot.ACCOUNT, "accounts/session.html", order=50)
        fill_slot(Slot.NOTICES, "accounts/unconfirmed.html")
