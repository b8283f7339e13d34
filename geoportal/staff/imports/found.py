"""What was found out about a file, in words, each with its reason."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from geoportal.interface.formats import format_number
from importers.formats.registry import FORMATS
from importers.models import Import
from importers.stages.journal import get_result
from importers.states import Stage


@dataclass(frozen=True)
class Fact:
    title: str
    text: str
    reason: str = ""


def describe_found(import_: Import) -> list[Fact]:
    """Of the latest reading; nothing before the file was read."""
    found: dict[str, Any] = get_result(import_, Stage.INSPECT)
    checked: dict[str, Any] = get_result(import_, Stage.CHECK)
    if not found:
        return []
    encoding = checked.get("encoding") or found["encoding"]
    crs = checked.get("crs") or found["crs"]
    facts = [
        Fact(_("Format"), name_format(found["format"])),
        Fact(_("Rows"), format_number(found["rows"]), describe_shapes(found["shapes"])),
        Fact(_("Columns"), ", ".join(each["name"] for each in found["columns"]) or "—"),
        Fact(_("Encoding"), encoding["name"], encoding["reason"]),
    ]
    if crs:
        facts.append(
            Fact(_("Coordinate system"), f"{crs['code']} {crs['name']}".strip(), crs["reason"])
        )
    if found["ignored"]:
        names = ", ".join(found["ignored"])
        facts.append(Fact(_("Left out"), names, _("no attribute can hold what they do")))
    return facts


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
