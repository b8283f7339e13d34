"""Cutting, holes and merging of unsaved shapes, by shapely: noding of crossings is GEOS's."""

import shapely
from django.utils.translation import gettext as _
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, split

from geoportal.core.errors import InvalidInput

AREAS = (Polygon, MultiPolygon)
LINES = (LineString, MultiLineString)


def cut(shape: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    """The parts of an area or a line on both sides of a line, the largest first.

    Parts share the vertices of the cut exactly. Raises `InvalidInput` when nothing is cut.
    """
    if not isinstance(line, LineString):
        raise InvalidInput(_("Draw a line to cut along."))
    _require(shape, (*AREAS, *LINES), _("Only areas and lines can be cut."))
    _require_valid(shape)
    if not line.is_simple:
        raise InvalidInput(_("The line crosses itself; draw it anew."))
    parts = _cut_each(shape, line)
    if len(parts) < 2:
        raise InvalidInput(_("The line does not cut the object through: begin and end it outside."))
    return sorted(parts, key=lambda part: -(part.area or part.length))


def _cut_each(shape: BaseGeometry, line: LineString) -> list[BaseGeometry]:
    """Of a shape in several parts those that the line misses stay together, as one."""
    cut_parts: list[BaseGeometry] = []
    whole: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        if isinstance(part, LineString) and not part.crosses(line):
            whole.append(part)
            continue
        pieces = list(split(part, line).geoms)
        (cut_parts if len(pieces) > 1 else whole).extend(pieces)
    if whole and cut_parts:
        largest = max(cut_parts, key=lambda part: part.area or part.length)
        cut_parts.remove(largest)
        cut_parts.append(_gather([largest, *whole]))
    return cut_parts


def _gather(parts: list[BaseGeometry]) -> BaseGeometry:
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts) if isinstance(parts[0], Polygon) else MultiLineString(parts)


def make_hole(shape: BaseGeometry, hole: BaseGeometry) -> BaseGeometry:
    """The area without another that lies inside it; raises `InvalidInput`."""
    _require(shape, AREAS, _("Only areas have holes."))
    _require_valid(shape, hole)
    if not isinstance(hole, Polygon) or not shape.contains_properly(hole):
        raise InvalidInput(_("Draw the hole inside the area, away from its borders."))
    return shape.difference(hole)


def merge(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One area or line of several that touch; raises `InvalidInput`."""
    if len(shapes) < 2:
        raise InvalidInput(_("Choose at least two objects to merge."))
    kind = AREAS if isinstance(shapes[0], AREAS) else LINES
    for shape in shapes:
        _require(shape, kind, _("Only areas with areas and lines with lines can be merged."))
    _require_valid(*shapes)
    merged = shapely.union_all(shapes)
    if kind is LINES:
        merged = linemerge(merged) if isinstance(merged, MultiLineString) else merged
    if len(shapely.get_parts(merged)) > max(len(shapely.get_parts(each)) for each in shapes):
        raise InvalidInput(_("These objects do not touch; they would stay in parts."))
    return merged


def _require(shape: BaseGeometry, kinds: tuple[type[BaseGeometry], ...], words: str) -> None:
    if not isinstance(shape, kinds):
        raise InvalidInput(words)


def _require_valid(*shapes: BaseGeometry) -> None:
    if not all(shape.is_valid for shape in shapes):
        raise InvalidInput(_("A border crosses itself; put it right first."))
