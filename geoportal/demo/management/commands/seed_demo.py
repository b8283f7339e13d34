"""Seeds the invented community that shows the geoportal."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.demo.accounts import write_accounts
from geoportal.demo.organisations import write_organisations
from geoportal.demo.pages import write_pages
from geoportal.demo.problems.seed import seed_problems
from geoportal.demo.problems.timeline import COUNT
from geoportal.demo.seed import seed_community
from layers.models import Layer


class Command(BaseCommand):
    help = (
        "Seed the invented community: layers, organisations, pages and, where GEOPORTAL_DEMO is "
        "on, demo accounts and two years of problems. Run again, it brings the demo layers and "
        "pages back by a difference: what was changed in them by hand goes back, what was added "
        "stays; problems that stand are left alone, others are not touched."
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
            "--problems",
            type=int,
            default=COUNT,
            metavar="N",
            help="about how many problems residents reported; 0: none",
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
        write_organisations()
        accounts = write_accounts()
        write_pages()
        for seeded in seed_community(scale=scale):
            counts = {
                "layer": seeded.slug,
                "added": seeded.changeset.added,
                "changed": seeded.changeset.changed,
                "unchanged": seeded.changeset.unchanged,
            }
            line = _("%(layer)s: %(added)d added, %(changed)d changed, %(unchanged)d unchanged")
            self.stdout.write(line % counts)
        if settings.DEMO and options["problems"] > 0:
            written = seed_problems(count=options["problems"])
            self.stdout.write(_("%(count)d problems with their history.") % {"count": written})
        done = {"accounts": accounts, "seconds": time.monotonic() - started}
        self.stdout.write(_("%(accounts)d demo accounts; done in %(seconds).1f s.") % done)
