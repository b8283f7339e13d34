"""`manage.py create_open311_key NAME --owner EMAIL`: let another system send reports."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.accounts.selectors import find_user
from geoportal.problems.open311.keys import make_key, revoke_keys


class Command(BaseCommand):
    help = "Make a key of Open311 for a client, or take it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the client, for example “City app”")
        parser.add_argument(
            "--owner", metavar="EMAIL", help="whose account is the author of its reports"
        )
        parser.add_argument(
            "--revoke", action="store_true", help="take the client’s keys back, make none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip()[:120]
        if options["revoke"]:
            count = revoke_keys(name=name)
            if not count:
                raise CommandError(
                    _("The client “%(name)s” has no key in force.") % {"name": name}, returncode=2
                )
            self.stdout.write(_("Keys taken back: %(count)s.") % {"count": count})
            return
        owner = find_user(options["owner"] or "")
        if owner is None or not owner.is_active:
            raise CommandError(_("Name an account that is in force: --owner EMAIL."), returncode=2)
        _key, secret = make_key(name=name, owner=owner)
        self.stdout.write(
            _("The key of “%(name)s”, shown only this once: %(secret)s")
            % {"name": name, "secret": secret}
        )
