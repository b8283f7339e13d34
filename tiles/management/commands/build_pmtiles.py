"""`manage.py build_pmtiles SLUG FILE`: public tiles of a layer, or of the whole map, as PMTiles."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from layers.models import Layer
from tiles.archives.building import PUBLIC, build_due, only_one, write_whole_map
from tiles.archives.writing import Written, write_layer


class Command(BaseCommand):
    help = (
        "Write the public tiles of a layer, or of all public layers, to a PMTiles file. Without a "
        "layer and a file: build the archives that the portal keeps and that have changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", default="")
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="all public layers into this file"
        )

    def handle(
        self, *args: object, slug: str, file: Path | None, map: Path | None, **options: object
    ) -> None:
        if map is not None and not slug:
            self.tell(map, write_whole_map(check_folder(map)))
        elif slug and file is not None and map is None:
            self.tell(file, write_layer(get_layer(slug), PUBLIC, check_folder(file)))
        elif slug or map is not None:
            raise CommandError(
                _("Give a layer and a file, or --map and a file, or nothing."), returncode=2
            )
        else:
            self.build_kept()

    def build_kept(self) -> None:
        with only_one() as is_mine:
            if not is_mine:
                raise CommandError(_("The archives are being built just now."), returncode=3)
            for kept in build_due():
                self.stdout.write(f"{kept.file}: {kept.tiles}, {kept.size / 1e6:.1f} MB")

    def tell(self, path: Path, written: Written) -> None:
        self.stdout.write(
            _("%(file)s: %(tiles)s tiles of zooms %(first)s to %(last)s, %(megabytes)s MB")
            % {
                "file": path,
                "tiles": written.tiles,
                "first": written.zoom_min,
                "last": written.zoom_max,
                "megabytes": f"{path.stat().st_size / 1e6:.1f}",
            }
        )


def get_layer(slug: str) -> Layer:
    layers = Layer.objects.select_related("state", "organisation").prefetch_related("fields")
    layer = layers.filter(slug=slug).first()
    if layer is None:
        raise CommandError(_("There is no layer “%(slug)s”.") % {"slug": slug}, returncode=2)
    return layer


def check_folder(file: Path) -> Path:
    if not file.parent.is_dir():
        raise CommandError(
            _("There is no folder %(folder)s.") % {"folder": file.parent}, returncode=2
        )
    return file
