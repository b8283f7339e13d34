"""`manage.py start_pack --katottg CODE DIR`: a skeleton of a pack for a real community."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from geoportal.packs.starting.whole import start_pack

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Write a pack for a community: its boundary, settlements and okruhs cut out of files of "
        "boundaries, its organisations with blanks, all else from the starter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="a folder that is new or empty")
        parser.add_argument("--katottg", required=True, help="code of the community")
        parser.add_argument(
            "--codifier", type=Path, required=True, help="CSV of the codifier of units"
        )
        parser.add_argument(
            "--boundaries",
            type=Path,
            action="append",
            required=True,
            help="file of areas with the community's; can be repeated",
        )
        parser.add_argument("--okruhs", type=Path, help="file of starosta okruhs")
        parser.add_argument("--streets", type=Path, help="list of renamed streets: CSV, SQLite")

    def handle(self, *args: object, **options: Any) -> None:
        names = ("katottg", "codifier", "boundaries", "okruhs", "streets")
        try:
            hromada = start_pack(options["dir"], **{name: options[name] for name in names})
        except DomainError as error:
            raise CommandError(str(error.message), returncode=REFUSED) from error
        self.stdout.write(
            _(
                "The pack of the community %(name)s is in %(folder)s. Fill in the blanks in "
                "community.toml and organisations.toml, then check it: "
                "manage.py apply_pack %(folder)s --check"
            )
            % {"name": hromada.name, "folder": options["dir"]}
        )
