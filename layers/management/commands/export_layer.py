"""`manage.py export_layer SLUG FILE`: a layer's public features in any download format."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from layers.downloads.archive import WRITERS
from layers.downloads.text import stream_csv, stream_geojson
from layers.models import Layer

STREAMS = {"geojson": stream_geojson, "csv": stream_csv}
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
        extension = next(
            (known for known in (*STREAMS, *WRITERS) if file.name.endswith(f".{known}")), ""
        )
        if extension in STREAMS:
            with file.open("wb") as target:
                target.writelines(STREAMS[extension](layer, PUBLIC))
        elif extension:
            WRITERS[extension](layer, PUBLIC, file)
        else:
            formats = ", ".join([*STREAMS, *WRITERS])
            raise CommandError(
                _("Name the file with one of these extensions: %(formats)s.")
                % {"formats": formats},
                returncode=2,
            )
