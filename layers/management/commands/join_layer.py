"""`manage.py join_layer SLUG TERRITORIES FILE`: which territory holds each feature of a layer."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.joining.places import count_joined, require_territories, write_joined
from layers.models import Layer

PUBLIC = ["public"]


class Command(BaseCommand):
    help = "Write a CSV with the territory that holds each public feature of a layer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("territories")
        parser.add_argument("file", type=Path)
        parser.add_argument("--counts", action="store_true")

    def handle(
        self,
        *args: object,
        slug: str,
        territories: str,
        file: Path,
        counts: bool,
        **options: object,
    ) -> None:
        places, areas = find_layer(slug), find_layer(territories)
        if not file.parent.is_dir():
            raise CommandError(
                _("There is no folder %(folder)s.") % {"folder": file.parent}, returncode=2
            )
        try:
            require_territories(areas)
        except InvalidInput as error:
            raise CommandError(str(error), returncode=2) from error
        if counts:
            write_counts(places, areas, file)
            return
        with file.open("wb") as written:
            write_joined(places, areas, PUBLIC, written)


def find_layer(slug: str) -> Layer:
    layer = Layer.objects.filter(slug=slug, archived_at=None).first()
    if layer is None:
        raise CommandError(_("There is no layer “%(slug)s”.") % {"slug": slug}, returncode=2)
    return layer


def write_counts(places: Layer, territories: Layer, file: Path) -> None:
    rows = count_joined(places, territories, PUBLIC)
    with file.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written)
        table.writerow(["territory", "title", "places"])
        table.writerows([row.key, row.title, row.places] for row in rows)
