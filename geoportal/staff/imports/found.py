"""What was found out about a file, in words, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from geoportal.interface.formats import format_number
from importers.formats.registry import FORMATS
from importers.models import Import, ImportFetch
from importers.remote.address import show_address
from importers.remote.registry import KINDS
from importers.stages.journal import get_result
from importers.states import Stage


@dataclass(frozen=True)
class Fact:
    title: str
    text: str
    reason: str = ""


def describe_found(import_: Import) -> list[Fact]:
    """Of the latest reading, as far as it came; an import of the shell has said less."""
    found: dict[str, Any] = get_result(import_, Stage.INSPECT)
    known = found | get_result(import_, Stage.CHECK)
    facts = list(describe_source(import_))
    if "format" in found:
        facts.append(Fact(_("Format"), name_format(found["format"])))
    if "rows" in found:
        shapes = describe_shapes(found.get("shapes", {}))
        facts.append(Fact(_("Rows"), format_number(found["rows"]), shapes))
    if names := [each["name"] for each in found.get("columns", ())]:
        facts.append(Fact(_("Columns"), ", ".join(names)))
    if encoding := known.get("encoding"):
        facts.append(Fact(_("Encoding"), encoding["name"], encoding["reason"]))
    if crs := known.get("crs"):
        named = f"{crs['code']} {crs['name']}".strip()
        facts.append(Fact(_("Coordinate system"), named, crs["reason"]))
    if ignored := found.get("ignored"):
        facts.append(
            Fact(_("Left out"), ", ".join(ignored), _("no attribute can hold what they do"))
        )
    return facts


def describe_source(import_: Import) -> Iterator[Fact]:
    """Where it comes from, of an import from an address."""
    fetch = ImportFetch.objects.select_related("source").filter(of=import_).first()
    if fetch is not None:
        source = fetch.source
        kind = next((str(one.title) for one in KINDS if one.slug == source.kind), source.kind)
        yield Fact(_("Source"), f"{kind}: {source.title}", show_address(source.address))


def name_format(name: str) -> str:
    return next((kind.title for kind in FORMATS if kind.name == name), name)


def describe_shapes(shapes: dict[str, int]) -> str:
    """How many geometries are points, lines, areas."""
    words = {
        "point": _("points"),
        "line": _("lines"),
        "polygon": _("areas"),
        "other": _("of another kind"),
    }
    return ", ".join(f"{words[name]}: {format_number(n)}" for name, n in shapes.items())
