"""`manage.py import_layer FILE --layer SLUG`: a file into a layer, from the shell."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from psycopg2.errors import QueryCanceled

from geoportal.accounts.models import Organisation
from geoportal.core.errors import DomainError
from importers.addresses.placing import AddressColumns
from importers.check_options import CheckOptions
from importers.errors import UnusableOption
from importers.formats.opening import OpenOptions
from importers.formats.registry import list_options, list_titles
from importers.pipeline import import_file
from importers.report import build_report, render_report
from importers.request import ImportRequest, NewLayer, Progress
from layers.models import Layer

UNUSABLE = 2
INTERRUPTED = 130
LINE_EVERY_S = 5.0
DRAW_EVERY_S = 0.1


class Command(BaseCommand):
    help = (
        f"Import a file ({list_titles()}; also zipped) into a layer as one changeset."
        " Exit code 0: done; 2: the file or the options cannot be used, nothing was changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--layer", required=True, help="slug of the layer")
        parser.add_argument("--create", action="store_true", help="make the layer if it is missing")
        parser.add_argument("--kind", choices=[Layer.Kind.REGISTER, Layer.Kind.TERRITORY])
        parser.add_argument("--title", default="", help="title of a new layer")
        parser.add_argument("--title-field", default="", help="column that names features")
        parser.add_argument(
            "--visibility", choices=Layer.Visibility.values, default=Layer.Visibility.PUBLIC
        )
        parser.add_argument("--organisation", default="", help="slug of the publisher")
        parser.add_argument(
            "--staff-field", action="append", default=[], help="column that only staff may see"
        )
        parser.add_argument("--key", default="", help="column that holds the key")
        parser.add_argument("--crs", default="", help="coordinate system, as EPSG:6383")
        parser.add_argument(
            "--axes", default="", help="xy (east first) or yx, where the file is wrong about it"
        )
        parser.add_argument("--encoding", default="", help="as utf-8 or cp1251")
        parser.add_argument("--source-layer", default="", help="layer of a file that has several")
        for option in list_options():
            parser.add_argument(option.flag, default="", help=option.help)
        parser.add_argument(
            "--addresses",
            action="append",
            default=[],
            help="column of addresses, for rows without a place; can be repeated",
        )
        parser.add_argument(
            "--settlement", default="", help="where addresses lie that do not name one"
        )
        parser.add_argument(
            "--addresses-to-street",
            action="store_true",
            help="where the house is not known, place the row at the middle of its street",
        )
        parser.add_argument(
            "--near",
            type=float,
            default=0.0,
            metavar="METRES",
            help="remark rows of one name that lie nearer to one another",
        )
        parser.add_argument(
            "--fit-areas", action="store_true", help="fit territories to one another"
        )
        parser.add_argument(
            "--accept-choices",
            action="store_true",
            help="values that differ from a choice by case, blanks or look-alikes are that choice",
        )
        parser.add_argument(
            "--mode",
            choices=["merge", "replace"],
            default="merge",
            help="replace: remove features that the file does not name",
        )
        parser.add_argument("--dry-run", action="store_true", help="count and report only")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: Any) -> None:
        progress = ProgressLine(self.stderr)
        try:
            result = import_file(build_request(options), progress.show)
        except DomainError as error:
            progress.end()
            self.stderr.write(str(error.message))
            raise SystemExit(UNUSABLE) from error
        except (KeyboardInterrupt, QueryCanceled):  # Ctrl-C inside COPY comes as the latter
            progress.end()
            self.stderr.write(_("Interrupted; nothing was changed."))
            raise SystemExit(INTERRUPTED) from None
        progress.end()
        if options["json"]:
            self.stdout.write(json.dumps(build_report(result), ensure_ascii=False))
        else:
            self.stdout.write(render_report(result))


def build_request(options: dict[str, Any]) -> ImportRequest:
    """Raises `UnusableOption` for options that contradict one another."""
    new_layer = None
    if options["create"]:
        new_layer = NewLayer(
            kind=options["kind"] or "",
            title=options["title"],
            title_field=options["title_field"],
            visibility=options["visibility"],
            organisation=find_organisation(options["organisation"]),
            staff_fields=tuple(options["staff_field"]),
        )
        if new_layer.visibility == Layer.Visibility.ORGANISATION and not new_layer.organisation:
            raise UnusableOption(_("Name the organisation whose members may see the layer."))
    elif any(options[name] for name in ("kind", "title", "title_field", "staff_field")):
        raise UnusableOption(
            _("--kind, --title, --title-field and --staff-field are for a new layer: add --create.")
        )
    return ImportRequest(
        path=options["file"],
        layer=options["layer"],
        new_layer=new_layer,
        key=options["key"],
        crs=options["crs"],
        axes=options["axes"],
        replace=options["mode"] == "replace",
        dry_run=options["dry_run"],
        reading=OpenOptions.from_names(options),
        checks=CheckOptions(
            near_m=options["near"],
            fit_areas=options["fit_areas"],
            accept_choices=options["accept_choices"],
        ),
        addresses=AddressColumns(
            tuple(options["addresses"]), options["settlement"], options["addresses_to_street"]
        ),
    )


def find_organisation(slug: str) -> Organisation | None:
    if not slug:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise UnusableOption(_("There is no organisation “%(slug)s”.") % {"slug": slug})
    return organisation


class ProgressLine:
    """One line that is drawn anew on a terminal; a line now and then elsewhere."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._terminal = sys.stderr.isatty()
        self._drawn = False
        self._last = time.monotonic()

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < (DRAW_EVERY_S if self._terminal else LINE_EVERY_S):
            return
        self._last = now
        title = _("Reading") if progress.stage == "reading" else _("Loading")
        share = f" ({progress.rows / progress.total:.0%})" if progress.total else ""
        text = f"{title}: {progress.rows}{share}"
        if self._terminal:
            self._stream.write(f"\r\x1b[K{text}", str, ending="")
            self._stream.flush()
            self._drawn = True
        else:
            self._stream.write(text, str)

    def end(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K", str, ending="")
            self._drawn = False
