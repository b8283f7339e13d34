"""`manage.py apply_pack DIR`: a town as a folder, checked and written."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.packs.applying.run import Change, Deed
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.checking.everything import check_pack
from geoportal.packs.extending import SHIPPED, list_shipped
from geoportal.packs.findings import Finding, PackRefused
from geoportal.problems.models import Problem

REFUSED = 2
SIGNS = {Deed.MADE: "+", Deed.CHANGED: "~", Deed.REMOVED: "-"}
WHAT_SHOWN = 8


class Command(BaseCommand):
    help = (
        "Check a pack and write it into the database: what is missing is made, what differs is "
        "changed, nothing else is touched. Exit code 0: done; 2: the pack has errors, nothing was "
        "changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", help="the pack's folder, or the name of a shipped pack")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="read and check only")
        how.add_argument("--dry-run", action="store_true", help="print the difference only")
        parser.add_argument(
            "--prune", action="store_true", help="remove what the pack does not name"
        )

    def handle(self, *args: object, dir: str, **options: Any) -> None:
        root = find_folder(dir)
        try:
            if options["check"]:
                _pack, findings = check_pack(root)
                findings.require_none()
                self._print(findings.remarks)
                self.stdout.write(_("The pack is in order."))
                return
            applied = apply_pack(
                root, prune=options["prune"], dry_run=options["dry_run"], on_change=self._tell
            )
        except PackRefused as error:
            self._print(error.findings.remarks)
            for finding in error.findings.errors:
                self.stderr.write(f"{finding.place.name}: {finding.message}")
            raise CommandError(str(error.message), returncode=REFUSED) from error
        self._print(applied.remarks)
        self.stdout.write(summarise(applied.difference, dry_run=options["dry_run"]))
        if has_new_rules(applied.difference) and Problem.objects.exists():
            self.stdout.write(
                _("Rules of responsibility have changed; for open problems: reassign_problems.")
            )

    def _tell(self, change: Change) -> None:
        self.stdout.write(render_change(change))

    def _print(self, remarks: Iterable[Finding]) -> None:
        for remark in remarks:
            words = _("Note: %(message)s") % {"message": remark.message}
            self.stdout.write(f"{remark.place.name}: {words}")


def find_folder(given: str) -> Path:
    """A folder, else a shipped pack of this name."""
    path = Path(given)
    if path.is_dir():
        return path.resolve()
    if given in list_shipped():
        return SHIPPED / given
    raise CommandError(_("There is no folder “%(name)s”.") % {"name": given}, returncode=REFUSED)


def render_change(change: Change) -> str:
    """`+ layers trees`, `~ categories road-pothole: title_uk, hint_uk`."""
    shown = ", ".join(change.what[:WHAT_SHOWN]) + (", …" if len(change.what) > WHAT_SHOWN else "")
    return f"{SIGNS[change.deed]} {change.section} {change.code}" + (f": {shown}" if shown else "")


def has_new_rules(difference: Iterable[Change]) -> bool:
    return any(change.section == "responsibilities" for change in difference)


def summarise(difference: Iterable[Change], *, dry_run: bool) -> str:
    count = len(list(difference))
    if not count:
        return _("The portal is as the pack says; nothing has been changed.")
    if dry_run:
        words = ngettext(
            "%(count)s thing would be changed.", "%(count)s things would be changed.", count
        )
    else:
        words = ngettext(
            "%(count)s thing has been changed.", "%(count)s things have been changed.", count
        )
    return words % {"count": count}
