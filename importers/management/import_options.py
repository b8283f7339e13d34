"""Flags of `import_layer`: the answers to what the pages ask by forms."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.selectors import find_user
from importers.addresses.placing import AddressColumns
from importers.brakes.brake import BRAKES
from importers.brakes.consent import Consent
from importers.check_options import CheckOptions
from importers.errors import UnusableOption
from importers.formats.opening import OpenOptions
from importers.formats.registry import list_options
from importers.management.datasets import add_dataset_options
from importers.request import ImportRequest, NewLayer
from importers.stages.questions import WORDS
from layers.models import Layer

OF_A_NEW_LAYER = ("kind", "title", "title_field", "staff_field", "public_field", "licence")


def add_file_options(parser: CommandParser) -> None:
    """How the file is read."""
    parser.add_argument("file", help="a file, or the address of one or of a service")
    parser.add_argument("--layer", default="", help="slug of the layer")
    add_dataset_options(parser)
    parser.add_argument("--key", default="", help="column that holds the key, or @content")
    parser.add_argument("--crs", default="", help="coordinate system, as EPSG:6383")
    parser.add_argument(
        "--axes", default="", help="xy (east first) or yx, where the file is wrong about it"
    )
    parser.add_argument("--encoding", default="", help="as utf-8 or cp1251")
    parser.add_argument("--source-layer", default="", help="layer of a file that has several")
    for option in list_options():
        parser.add_argument(option.flag, default="", help=option.help)
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="the field that a column fills; nothing after = leaves the column out",
    )


def add_check_options(parser: CommandParser) -> None:
    """What is checked, repaired or placed only where somebody asks for it."""
    parser.add_argument(
        "--addresses",
        action="append",
        default=[],
        help="column of addresses, for rows without a place; can be repeated",
    )
    parser.add_argument("--settlement", default="", help="where addresses lie that do not name one")
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
    parser.add_argument("--fit-areas", action="store_true", help="fit territories to one another")
    parser.add_argument(
        "--accept-choices",
        action="store_true",
        help="values that differ from a choice by case, blanks or look-alikes are that choice",
    )


def add_layer_options(parser: CommandParser) -> None:
    """How a new layer shall be."""
    parser.add_argument("--create", action="store_true", help="make the layer if it is missing")
    parser.add_argument("--kind", choices=[Layer.Kind.REGISTER, Layer.Kind.TERRITORY])
    parser.add_argument("--title", default="", help="title of a new layer")
    parser.add_argument("--title-field", default="", help="column that names features")
    parser.add_argument("--licence", default="", help="as CC-BY-4.0; without one only staff see it")
    parser.add_argument("--visibility", choices=Layer.Visibility.values, default="")
    parser.add_argument("--organisation", default="", help="slug of the publisher")
    for name, help_ in (
        ("--staff-field", "column that only staff may see"),
        ("--public-field", "column that everyone may read whatever it holds"),
    ):
        parser.add_argument(name, action="append", default=[], metavar="COLUMN", help=help_)


def add_doing_options(parser: CommandParser) -> None:
    """What is done with what was found, in whose name."""
    parser.add_argument(
        "--mode",
        choices=["merge", "replace"],
        default="merge",
        help="replace: remove features that the file does not name",
    )
    parser.add_argument(
        "--yes-remove", type=int, default=0, metavar="N", help="so many removals are meant"
    )
    parser.add_argument(
        "--yes",
        action="append",
        default=[],
        choices=sorted(BRAKES),
        metavar="CODE",
        help="what this brake says is meant",
    )
    parser.add_argument("--author", default="", metavar="EMAIL", help="who imports")
    parser.add_argument("--comment", default="", help="why; it stands in the history")
    parser.add_argument("--dry-run", action="store_true", help="count and report only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def render_flag(words: str, extra: Mapping[str, Any]) -> Iterator[str]:
    """A line below the sentence of a refusal that an answer would help, as a shell says it."""
    asked = str(extra.get("question", ""))
    flag = WORDS[asked][2] if asked in WORDS else ""
    if flag and flag not in words:
        yield _("Here that is said with %(flag)s.") % {"flag": flag}


def build_request(options: dict[str, Any]) -> ImportRequest:
    """Raises `UnusableOption` for options that contradict one another."""
    if not options["create"] and any(options[name] for name in OF_A_NEW_LAYER):
        raise UnusableOption(
            _("%(flags)s are for a new layer: add --create.")
            % {"flags": ", ".join(f"--{name.replace('_', '-')}" for name in OF_A_NEW_LAYER)}
        )
    return ImportRequest(
        path=Path(options["file"]),
        name=options.get("name", ""),
        details=options.get("details", {}),
        layer=options["layer"],
        new_layer=build_new_layer(options) if options["create"] else None,
        key=options["key"],
        crs=options["crs"],
        axes=options["axes"],
        columns=read_columns(options["field"]),
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
        actor=find_author(options["author"]),
        comment=options["comment"],
        consent=Consent(removes=options["yes_remove"], to=frozenset(options["yes"])),
    )


def build_new_layer(options: dict[str, Any]) -> NewLayer:
    """For staff until a licence is chosen; then for everyone, unless it is said otherwise."""
    licence = options["licence"]
    usual = Layer.Visibility.PUBLIC if licence else Layer.Visibility.STAFF
    new_layer = NewLayer(
        kind=options["kind"] or "",
        title=options["title"],
        title_field=options["title_field"],
        visibility=options["visibility"] or usual,
        organisation=find_organisation(options["organisation"]),
        licence=licence,
        staff_fields=tuple(options["staff_field"]),
        public_fields=tuple(options["public_field"]),
    )
    if new_layer.visibility == Layer.Visibility.ORGANISATION and not new_layer.organisation:
        raise UnusableOption(_("Name the organisation whose members may see the layer."))
    if new_layer.visibility == Layer.Visibility.PUBLIC and not licence:
        raise UnusableOption(
            _("A layer that everyone sees needs a licence: add --licence, as CC-BY-4.0.")
        )
    return new_layer


def read_columns(pairs: Sequence[str]) -> dict[str, str]:
    """`COLUMN=FIELD`, where the column's name may hold `=` itself."""
    columns = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not (column and equals):
            raise UnusableOption(_("“%(text)s” is no COLUMN=FIELD.") % {"text": pair})
        columns[column] = field
    return columns


def find_author(email: str) -> User | None:
    if not email:
        return None
    author = find_user(email)
    if author is None:
        raise UnusableOption(_("Nobody has the e-mail “%(email)s”.") % {"email": email})
    return author


def find_organisation(slug: str) -> Organisation | None:
    if not slug:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise UnusableOption(_("There is no organisation “%(slug)s”.") % {"slug": slug})
    return organisation
