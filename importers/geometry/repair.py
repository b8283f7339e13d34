"""What GEOS can read and mend: unclosed rings, curves, collections, invalid areas."""

import numpy as np
import shapely
from django.contrib.gis.gdal import OGRGeometry
from django.contrib.gis.gdal.error import GDALException
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from importers.geometry.wkb import CURVED
from importers.geometry.wkb.column import WkbColumn
from importers.issues import Issue
from importers.sources import ArrowArray, BoolArray, IntArray

Shapes = NDArray[np.object_]
Step = tuple[Shapes, BoolArray, list[Issue]]
METRES_A_DEGREE = 111_195.0

# What GEOS answers to "why is it not valid", before the coordinates.
REASONS = {
    "Self-intersection": _("its border crosses itself near %(place)s"),
    "Ring Self-intersection": _("a ring touches itself near %(place)s"),
    "Hole lies outside shell": _("a hole lies outside, near %(place)s"),
    "Holes are nested": _("a hole lies in a hole, near %(place)s"),
    "Nested shells": _("a part lies in another part, near %(place)s"),
    "Interior is disconnected": _("its inside falls apart near %(place)s"),
    "Too few points in geometry component": _("a line or ring has too few points near %(place)s"),
    "Duplicate Rings": _("a ring stands twice near %(place)s"),
    "Invalid Coordinate": _("a coordinate is not a number"),
}
AREA = 2
UNKNOWN_REASON = _("it breaks the rules of simple features")


def decode(rows: IntArray, wkb: ArrowArray, column: WkbColumn) -> Step:
    """Shapes from WKB; what GEOS refuses is mended by closing rings, or refused with its row."""
    raw = np.array(wkb.to_pylist(), dtype=object)
    issues = linearise_curves(rows, raw, column)
    shapes = np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object)
    failed = column.present & shapely.is_missing(shapes)
    refused = np.zeros(len(rows), np.bool_)
    for place in np.flatnonzero(failed):
        row = int(rows[place])
        shape = None if raw[place] is None else shapely.from_wkb(raw[place], on_invalid="fix")
        if shape is None:
            reason = _("a line or ring has too few points, or the bytes are damaged")
            issues.append(Issue(row, "unreadable-geometry", {"reason": reason}))
            refused[place] = True
        else:
            shapes[place] = shape
            issues.append(Issue(row, "ring-closed", repair="ring-closed"))
    return shapes, refused, issues


def linearise_curves(rows: IntArray, raw: Shapes, column: WkbColumn) -> list[Issue]:
    """Arcs become segments of at most 4° in place, by GDAL, which GEOS cannot read."""
    issues = []
    for place in np.flatnonzero(np.isin(column.codes(), CURVED)):
        try:
            curve = OGRGeometry(memoryview(raw[place]))
            raw[place] = bytes(curve.get_linear_geometry().wkb)
        except GDALException:
            raw[place] = None
            continue
        issues.append(Issue(int(rows[place]), "curve-linearised", repair="linearised"))
    return issues


def unwrap_collections(rows: IntArray, shapes: Shapes, dimension: int | None) -> Step:
    """Collections of one kind become multi-geometries; of mixed ones the layer's kind is kept."""
    issues = []
    places = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for place in places:
        parts = list_parts(shapes[place])
        kinds = set(shapely.get_dimensions(parts).tolist())
        if len(kinds) == 1:
            shapes[place] = unite(parts)
        elif dimension in kinds:
            shapes[place] = unite(parts[shapely.get_dimensions(parts) == dimension])
            issues.append(Issue(int(rows[place]), "parts-dropped", repair="parts-dropped"))
    return shapes, np.zeros(len(rows), np.bool_), issues


def list_parts(shape: shapely.Geometry) -> Shapes:
    """Single geometries of a collection, however deep, without empty ones."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    found: Shapes = parts[~shapely.is_empty(parts)]
    return found


def unite(parts: Shapes) -> shapely.Geometry:
    """One geometry of parts of the same dimension."""
    if len(parts) == 1:
        return parts[0]
    makers = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
    return makers[dimension_of(parts)](list(parts))


def dimension_of(parts: Shapes) -> int:
    """0 points, 1 lines, 2 areas; all parts have the same."""
    return int(shapely.get_dimensions(parts[0]))


def make_valid(rows: IntArray, shapes: Shapes, dimension: int | None) -> Step:
    """Invalid areas and lines rebuilt by GEOS ("structure": rings keep their meaning).

    The dimension stays; where nothing of it is left the row is refused. How much the area
    changed is told.
    """
    refused = np.zeros(len(rows), np.bool_)
    issues = []
    for place in np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)):
        row, broken = int(rows[place]), shapes[place]
        reason = explain(broken)
        parts = list_parts(shapely.make_valid(broken, method="structure", keep_collapsed=False))
        kept = parts[shapely.get_dimensions(parts) == shapely.get_dimensions(broken)]
        if not len(kept):
            refused[place] = True
            shapes[place] = None
            issues.append(Issue(row, "irreparable-geometry", {"reason": reason}))
            continue
        # Parts may share an edge, which a multipolygon must not: the union dissolves it.
        shapes[place] = shapely.union_all(kept) if dimension_of(kept) == AREA else unite(kept)
        issues.append(report_repair(row, reason, broken, shapes[place]))
    return shapes, refused, issues


def report_repair(
    row: int, reason: "LazyReason", before: shapely.Geometry, after: shapely.Geometry
) -> Issue:
    if shapely.get_dimensions(after) < 2:
        return Issue(row, "geometry-repaired", {"reason": reason}, repair="made-valid")
    told = {
        "reason": reason,
        "before": round(area_m2(before), 1),
        "after": round(area_m2(after), 1),
    }
    return Issue(row, "area-changed", told, repair="made-valid")


def area_m2(shape: shapely.Geometry) -> float:
    """Of a shape in degrees, on a sphere cut to a plane at its middle: right to about 0.5 %."""
    _west, south, _east, north = shapely.bounds(shape)
    squeeze = np.cos(np.radians((south + north) / 2))
    return float(shapely.area(shape) * METRES_A_DEGREE**2 * squeeze)


class LazyReason:
    """GEOS's reason in the language that is active when it is shown."""

    def __init__(self, text: str) -> None:
        self._name, _bracket, place = text.partition("[")
        self._place = ", ".join(f"{float(number):.6f}" for number in place.rstrip("]").split())

    def __str__(self) -> str:
        return str(REASONS.get(self._name.strip(), UNKNOWN_REASON)) % {"place": self._place}


def explain(shape: shapely.Geometry) -> LazyReason:
    return LazyReason(str(shapely.is_valid_reason(shape)))
