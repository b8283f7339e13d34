"""`manage.py reassign_problems`: join open problems with territories and rules again."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.problems.services import reassign_problems
from geoportal.problems.services.reassignment import Reassignment
from layers.models import Layer


class Command(BaseCommand):
    help = (
        "Find anew where open problems lie and who answers for them, and move those that belong "
        "to another organisation. Accepted problems stay with who took them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--layer", help="only this territory layer (slug)")
        parser.add_argument("--dry-run", action="store_true", help="count and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(
        self,
        *args: object,
        layer: str | None,
        dry_run: bool,
        json: bool,
        **options: object,
    ) -> None:
        territories = Layer.objects.filter(kind=Layer.Kind.TERRITORY, slug=layer).first()
        if layer and territories is None:
            raise CommandError(
                _("There is no territory layer “%(slug)s”.") % {"slug": layer}, returncode=2
            )
        found = reassign_problems(layer=territories, dry_run=dry_run)
        self.stdout.write(render_json(found, dry_run) if json else render(found, dry_run))


def render_json(found: Reassignment, dry_run: bool) -> str:
    document = asdict(found) | {"moved": found.moved, "kept": found.kept, "dry_run": dry_run}
    del document["held"]
    return json.dumps(document, ensure_ascii=False)


def render(found: Reassignment, dry_run: bool) -> str:
    """What happened, or would happen, in lines for people."""
    nobody = _("nobody")
    head = _("Would move: %(moved)s") if dry_run else _("Moved: %(moved)s")
    lines = [
        _("Looked at: %(count)s") % {"count": found.considered},
        _("In other territories: %(count)s") % {"count": found.shifted},
        head % {"moved": found.moved},
        _("Others consider or control: %(count)s") % {"count": found.others},
        _("Stay with who took them: %(count)s") % {"count": found.kept},
    ]
    lines += [
        f"  {move.old or nobody} → {move.new or nobody}: {move.moved}"
        for move in found.moves
        if move.moved
    ]
    return "\n".join(lines)
