"""`manage.py export_pack DIR`: the portal as a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from geoportal.packs.exporting.whole import export_pack

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Write everything that a pack can say from the database into a new folder. Applied to this "
        "portal it changes nothing, applied to a new one it makes the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="a folder that is new or empty")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            export_pack(options["dir"])
        except DomainError as error:
            raise CommandError(str(error.message), returncode=REFUSED) from error
        self.stdout.write(_("The pack is in %(folder)s.") % {"folder": options["dir"]})
