"""`manage.py join_file PLACES AREAS FILE`: which area of one file holds each place of another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from importers.formats.opening import OpenOptions
from importers.formats.registry import list_options, list_titles
from importers.joining.frames import JoinedFile
from importers.joining.joining import join_files
from importers.reports.issues import group_issues, render_group

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Write a CSV with the area of one file that holds each place of another; the database is"
        f" not changed. Files: {list_titles()}; also zipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("places", type=Path)
        parser.add_argument("areas", type=Path)
        parser.add_argument("file", type=Path, help="the CSV that is written")
        parser.add_argument("--dask", action="store_true", help="by all cores, in parts on disk")
        for prefix, whose in (("", "places"), ("areas-", "areas")):
            parser.add_argument(f"--{prefix}key", default="", help=f"column that names {whose}")
            parser.add_argument(f"--{prefix}crs", default="", help="as EPSG:6383")
            parser.add_argument(f"--{prefix}source-layer", default="", help="one of several")
            parser.add_argument(f"--{prefix}encoding", default="", help="as utf-8 or cp1251")
        parser.add_argument("--areas-title", default="", help="column that names areas for people")
        for option in list_options():
            parser.add_argument(option.flag, default="", help=f"of the places: {option.help}")

    def handle(self, *args: object, file: Path, dask: bool, **options: Any) -> None:
        if not file.parent.is_dir():
            raise CommandError(
                _("There is no folder %(folder)s.") % {"folder": file.parent}, returncode=UNUSABLE
            )
        own = {option.name: options[option.name] for option in list_options()}
        try:
            log = join_files(
                describe_file(options, "places", "", own),
                describe_file(options, "areas", "areas_", {}),
                file,
                in_parallel=dask,
            )
        except DomainError as error:
            raise CommandError(str(error.message), returncode=UNUSABLE) from error
        for group in group_issues(log.issues):
            self.stderr.write(render_group(group))


def describe_file(
    options: Mapping[str, Any], argument: str, prefix: str, own: Mapping[str, str]
) -> JoinedFile:
    return JoinedFile(
        path=options[argument],
        key=options[f"{prefix}key"],
        title=options.get(f"{prefix}title", ""),
        crs=options[f"{prefix}crs"],
        reading=OpenOptions(options[f"{prefix}encoding"], options[f"{prefix}source_layer"], own),
    )
