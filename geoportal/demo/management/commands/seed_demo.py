"""Seeds the invented community that shows the geoportal."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.demo.seed import seed_demo
from geoportal.packs.applying.run import Change
from layers.models import Layer

SHOWN = "layers"


class Command(BaseCommand):
    help = (
        "Seed the invented community: apply the pack `kalynobrid` and, where GEOPORTAL_DEMO is on, "
        "write demo accounts and live two years of problems. Run again, it applies the pack again: "
        "what was changed by hand stays where the pack says nothing new; problems that stand are "
        "left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=1,
            metavar="N",
            help="N times as many trees, addresses and waste containers, for benchmarks; at the "
            "first seeding",
        )
        parser.add_argument(
            "--problems",
            type=int,
            default=None,
            metavar="N",
            help="about how many problems residents reported (all there are); 0: none",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are layers already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scale = int(options["scale"])
        if scale < 1:
            raise CommandError(_("--scale is a whole number from 1 up."))
        if options["if_empty"] and Layer.objects.exists():
            self.stdout.write(_("There are layers already; nothing was seeded."))
            return
        started = time.monotonic()
        seeded = seed_demo(scale=scale, problems=options["problems"], on_change=self._tell)
        changed = {"count": seeded.changed}
        self.stdout.write(_("%(count)d things of the pack written or changed.") % changed)
        if seeded.problems:
            count = {"count": seeded.problems}
            self.stdout.write(_("%(count)d problems with their history.") % count)
        done = {"accounts": seeded.accounts, "seconds": time.monotonic() - started}
        self.stdout.write(_("%(accounts)d demo accounts; done in %(seconds).1f s.") % done)

    def _tell(self, change: Change) -> None:
        """Layers as soon as they stand: they take the longest."""
        if change.section == SHOWN:
            self.stdout.write(": ".join(filter(None, (change.code, ", ".join(change.what)))))
