"""Seeds the invented community that shows the geoportal."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geoportal.demo.accounts import write_accounts
from geoportal.demo.history import write_history
from geoportal.demo.seed import seed_community
from layers.models import Layer


class Command(BaseCommand):
    help = (
        "Seed the invented community: layers, organisations and, where GEOPORTAL_DEMO is on, demo "
        "accounts. Run again, it brings the demo layers back in step by a difference; layers of "
        "your own are not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=1,
            metavar="N",
            help="N times as many trees, addresses and waste containers, for benchmarks",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are layers already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scale = int(options["scale"])
        if scale < 1:
            raise CommandError("--scale is a whole number from 1 up.")
        if options["if_empty"] and Layer.objects.exists():
            self.stdout.write("There are layers already; nothing was seeded.")
            return
        started = time.monotonic()
        created = self._seed(scale)
        if created:
            write_history()
        accounts = write_accounts()
        seconds = time.monotonic() - started
        self.stdout.write(f"{accounts} demo accounts; done in {seconds:.1f} s.")

    def _seed(self, scale: int) -> bool:
        """Whether any layer is new."""
        any_created = False
        for seeded in seed_community(scale=scale):
            counts = seeded.changeset
            any_created |= seeded.created
            self.stdout.write(
                f"{seeded.slug}: {counts.added} added, {counts.changed} changed, "
                f"{counts.unchanged} unchanged"
            )
        return any_created
