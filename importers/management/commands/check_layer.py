"""`manage.py check_layer SLUG`: the faults of a layer that stands, and their repair."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from importers.coverage.faults import SLIVER_M
from importers.coverage.standing import AreaRepair, repair_areas
from importers.issues import Issue
from importers.quality import check_layer
from layers.models import Layer

UNUSABLE = 2
FAULTS = 1
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Look for faults in a layer: features that repeat others, values that the schema refuses,"
        " territories that overlap, leave gaps or miss each other's borders."
        " Exit code 0: none; 1: some were found; 2: there is no such layer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--repair", action="store_true", help="fit areas to one another")
        parser.add_argument("--dry-run", action="store_true", help="with --repair: only tell")
        parser.add_argument(
            "--gap", type=float, default=SLIVER_M, help="with --repair: fill narrower gaps, metres"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, slug: str, **options: Any) -> None:
        layer = Layer.objects.filter(slug=slug).first()
        if layer is None:
            raise CommandError(
                _("There is no layer “%(slug)s”.") % {"slug": slug}, returncode=UNUSABLE
            )
        try:
            repair = self.repair(layer, options) if options["repair"] else None
            issues = check_layer(layer)
        except DomainError as error:
            raise CommandError(str(error.message), returncode=UNUSABLE) from error
        self.stdout.write(
            render_json(layer, issues, repair) if options["json"] else render(layer, issues, repair)
        )
        if issues:
            raise SystemExit(FAULTS)

    def repair(self, layer: Layer, options: dict[str, Any]) -> AreaRepair:
        return repair_areas(layer=layer, gap_m=options["gap"], dry_run=options["dry_run"])


def render_json(layer: Layer, issues: Sequence[Issue], repair: AreaRepair | None) -> str:
    document: dict[str, object] = {
        "layer": layer.slug,
        "issues": [issue.as_json() for issue in issues],
        "issues_by_code": dict(Counter(issue.code for issue in issues)),
    }
    if repair is not None:
        document["repair"] = {
            "changeset": repair.changeset.pk if repair.done else None,
            "changed": repair.changeset.changed,
            "issues": [issue.as_json() for issue in repair.issues],
        }
    return json.dumps(document, ensure_ascii=False)


def render(layer: Layer, issues: Sequence[Issue], repair: AreaRepair | None) -> str:
    lines = []
    if repair is not None:
        title = _("Areas that were fitted: %(changed)s, changeset %(changeset)s.")
        if not repair.done:
            title = _("Areas that would be fitted: %(changed)s; nothing was changed.")
        stated = {"changed": repair.changeset.changed, "changeset": repair.changeset.pk}
        lines += [title % stated, *list_lines(repair.issues), ""]
    if not issues:
        return "\n".join([*lines, _("No faults in the layer “%(layer)s”.") % {"layer": layer.slug}])
    head = _("Faults in the layer “%(layer)s”: %(count)s")
    return "\n".join(
        [*lines, head % {"layer": layer.slug, "count": len(issues)}, *list_lines(issues)]
    )


def list_lines(issues: Sequence[Issue]) -> list[str]:
    lines = [
        f"  {issue.code}{f' ({issue.key})' if issue.key else ''}: {issue.message}"
        for issue in issues[:SHOWN]
    ]
    more = len(issues) - len(lines)
    return lines + (
        [_("  … and %(more)s more; --json prints all.") % {"more": more}] if more > 0 else []
    )
