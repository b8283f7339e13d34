"""`manage.py rollback_changeset ID`: undo a changeset by its inverse."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from layers.models import Changeset
from layers.services import rollback_changeset


class Command(BaseCommand):
    help = "Undo a changeset. What was edited after it is left alone and listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("--comment", default="", help="why, for the history")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, id: int, comment: str, json: bool, **options: object) -> None:
        changeset = Changeset.objects.select_related("layer").filter(pk=id).first()
        if changeset is None:
            raise CommandError(_("There is no changeset %(id)s.") % {"id": id}, returncode=2)
        try:
            result = rollback_changeset(changeset=changeset, comment=comment)
        except DomainError as error:
            raise CommandError(str(error.message), returncode=2) from error
        self.stdout.write(
            render_json(result.changeset, result.conflicts)
            if json
            else render(result.changeset, result.conflicts)
        )


def render_json(inverse: Changeset, conflicts: tuple[str, ...]) -> str:
    return json.dumps(
        {
            "layer": inverse.layer.slug,
            "changeset": inverse.pk,
            "rolls_back": inverse.rolls_back_id,
            "added": inverse.added,
            "changed": inverse.changed,
            "removed": inverse.removed,
            "conflicts": list(conflicts),
        },
        ensure_ascii=False,
    )


def render(inverse: Changeset, conflicts: tuple[str, ...]) -> str:
    text = _(
        "Changeset %(old)s of the layer “%(layer)s” was rolled back by %(new)s:"
        " added %(added)s, changed %(changed)s, removed %(removed)s."
    ) % {
        "old": inverse.rolls_back_id,
        "layer": inverse.layer.slug,
        "new": inverse.pk,
        "added": inverse.added,
        "changed": inverse.changed,
        "removed": inverse.removed,
    }
    if conflicts:
        text += "\n" + _("Edited since and left as they are: %(keys)s.") % {
            "keys": ", ".join(conflicts)
        }
    return text
