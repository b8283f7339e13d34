"""`manage.py export_layer SLUG FILE`: a layer's public features in any download format."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from layers.downloads.formats import find_format_of, list_extensions
from layers.models import Layer

PUBLIC = ["public"]


class Command(BaseCommand):
    help = "Write the public features of a layer to a file; the extension chooses the format."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, slug: str, file: Path, **options: object) -> None:
        layer = Layer.objects.filter(slug=slug).first()
        if layer is None:
            raise CommandError(_("There is no layer “%(slug)s”.") % {"slug": slug}, returncode=2)
        if not file.parent.is_dir():
            raise CommandError(
                _("There is no folder %(folder)s.") % {"folder": file.parent}, returncode=2
            )
        wanted = find_format_of(file.name)
        if wanted is None:
            raise CommandError(
                _("Name the file with one of these extensions: %(formats)s.")
                % {"formats": list_extensions()},
                returncode=2,
            )
        wanted.write(layer, PUBLIC, file)
