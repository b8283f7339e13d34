"""Kinds of geometry in words that people read: points, lines, areas."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The words of the Simple Features standard → one of ours.
KINDS: Mapping[str, str] = {
    "point": "point",
    "multipoint": "point",
    "line": "line",
    "linestring": "line",
    "multilinestring": "line",
    "linearring": "line",
    "circularstring": "line",
    "compoundcurve": "line",
    "curve": "line",
    "multicurve": "line",
    "polygon": "polygon",
    "multipolygon": "polygon",
    "curvepolygon": "polygon",
    "surface": "polygon",
    "multisurface": "polygon",
    "polyhedralsurface": "polygon",
    "tin": "polygon",
    "triangle": "polygon",
    "geometrycollection": "collection",
}
WORDS: Mapping[str, str | Promise] = {
    "point": _("points"),
    "line": _("lines"),
    "polygon": _("areas"),
    "collection": _("shapes of several kinds in one"),
    "": _("without places"),
}
UNKNOWN = _("shapes of different kinds")


def find_kind(name: str) -> str:
    """`point`, `line`, `polygon`, `collection`; "" for what names none of them.

    `name`: as GDAL, shapely or a standard writes it: `MultiPolygon Z`, `3D Point`.
    """
    folded = name.casefold().replace("2.5d", "").replace("3d", "").replace("measured", "")
    words = folded.split()
    return KINDS.get(words[0], "") if words else ""


def describe_shape(name: str) -> str:
    """In the active language; "" is a table without places."""
    if not name:
        return str(WORDS[""])
    kind = find_kind(name)
    return str(WORDS[kind] if kind else UNKNOWN)


def name_shape(text: str) -> str:
    """As `describe_shape`; what names no kind of geometry stays as it is."""
    kind = find_kind(text)
    return str(WORDS[kind]) if kind else text
