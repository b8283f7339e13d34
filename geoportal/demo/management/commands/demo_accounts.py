"""Prints the demo accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from geoportal.demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the demo accounts of every role. Only where GEOPORTAL_DEMO is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("Demo accounts exist only in the demo: set GEOPORTAL_DEMO=1, then run seed_demo.")
            )
        heading = _("Demo accounts (the password of each is %(password)s):")
        self.stdout.write(heading % {"password": PASSWORD})
        width = max(len(account.email) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<{width}}  {account.about}")
