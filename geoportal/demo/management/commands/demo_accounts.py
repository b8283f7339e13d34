"""Prints the demo accounts, or closes them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.demo.accounts import ACCOUNTS, PASSWORD, close_accounts


class Command(BaseCommand):
    help = "Print the demo accounts of every role; only where GEOPORTAL_DEMO is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--close",
            action="store_true",
            help="Close the demo accounts: a real portal does not start with them.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["close"]:
            self.stdout.write(_("Demo accounts closed: %(count)s.") % {"count": close_accounts()})
            return
        if not settings.DEMO:
            raise CommandError(
                _("Demo accounts exist only in the demo: set GEOPORTAL_DEMO=1, then run seed_demo.")
            )
        heading = _("Demo accounts (the password of each is %(password)s):")
        self.stdout.write(heading % {"password": PASSWORD})
        width = max(len(account.email) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<{width}}  {account.about}")
