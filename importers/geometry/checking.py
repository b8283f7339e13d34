"""Geometries of a batch: projected, checked, repaired where that is honest, written as EWKB.

Points, the greater part of what cities have, never become objects: numpy maps their coordinates
and writes their bytes. Everything else goes through GEOS by shapely, all rows at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely

from importers.crs.extents import Extent
from importers.crs.projection import Projector
from importers.geometry.repair import Shapes, decode, make_valid, unwrap_collections
from importers.geometry.wkb.column import WkbColumn
from importers.geometry.wkb.ewkb import write_points, write_shapes
from importers.issues import Issue
from importers.sources import ArrowArray, BoolArray, FloatArray, IntArray
from layers.geometry.antimeridian import HALF_WORLD, leaps_over
from layers.geometry.checking import LATITUDE_MAX

FAR_KM = 100
KEY_DECIMALS = 7  # coordinates in keys made from content: 1 cm, so that rounding makes no new key
DIMENSION_NAMES = {0: "point", 1: "line", 2: "polygon"}
Fit = Callable[[IntArray, Shapes], tuple[Shapes, list[Issue]]]


@dataclass(frozen=True)
class GeometryRules:
    """What the layer takes. `usual`: the box outside which a place is reported as far away.

    `placeless`: that no row has a place is known and meant.
    `fit`: changes shapes by one another, so all rows of the file must come as one batch.
    """

    projector: Projector
    geometry_type: str
    required: bool = False
    placeless: bool = False
    usual: Extent | None = None
    fit: Fit | None = None

    @property
    def dimension(self) -> int | None:
        """0, 1, 2, or `None` for any."""
        return {"point": 0, "line": 1, "polygon": 2}.get(self.geometry_type)


@dataclass
class CheckedGeometry:
    """`ewkb`: Arrow's large binary, null: none. `content`: for keys.

    `lonlat`: points, or middles of boxes, (n, 2); NaN: no place. `shapes`: `None` where all are
    points. `heights`: a third dimension was left out.
    """

    ewkb: ArrowArray
    refused: BoolArray
    content: list[bytes]
    lonlat: FloatArray
    issues: list[Issue] = field(default_factory=list)
    shapes: Shapes | None = None
    heights: bool = False


def check_geometry(
    rows: IntArray, wkb: ArrowArray, rules: GeometryRules, *, with_content: bool = False
) -> CheckedGeometry:
    """One result for each row; rows are numbered for issues."""
    column = WkbColumn.read(wkb)
    points = column.points()
    if points is not None:
        checked = check_points(rows, points, rules)
    else:
        checked = check_shapes(rows, wkb, column, rules, with_content=with_content)
    if points is not None and with_content:
        checked.content = round_points(rules.projector(points))
    return checked


def check_points(rows: IntArray, xy: FloatArray, rules: GeometryRules) -> CheckedGeometry:
    present: BoolArray = ~(np.isnan(xy[:, 0]) | np.isnan(xy[:, 1]))
    lonlat = xy
    if not rules.projector.leaves_as_is:
        lonlat = np.full_like(xy, np.nan)
        lonlat[present] = rules.projector(xy[present])
    outside: BoolArray = present & ~in_world(lonlat, lonlat)
    issues = [outside_issue(int(rows[place]), lonlat[place]) for place in np.flatnonzero(outside)]
    refused = outside
    if rules.dimension not in (None, 0):
        wrong = present & ~outside
        issues += [wrong_type(int(rows[place]), "Point", rules) for place in np.flatnonzero(wrong)]
        refused = refused | wrong
    refused, more = report_absent(rows, present, refused, rules)
    issues += more + list(report_far(rows, lonlat, present & ~refused, rules.usual))
    return CheckedGeometry(write_points(lonlat, present & ~outside), refused, [], lonlat, issues)


def in_world(lower: FloatArray, upper: FloatArray) -> BoolArray:
    """Both corners (n, 2) within the map; infinite and NaN are not."""
    inside: BoolArray = (
        (lower[:, 0] >= -180)
        & (upper[:, 0] <= 180)
        & (lower[:, 1] >= -LATITUDE_MAX)
        & (upper[:, 1] <= LATITUDE_MAX)
    )
    return inside


def outside_issue(row: int, lonlat: FloatArray) -> Issue:
    x, y = (f"{number:.6g}" for number in lonlat)
    return Issue(row, "outside-world", {"x": x, "y": y})


def wrong_type(row: int, found: str, rules: GeometryRules) -> Issue:
    return Issue(row, "wrong-geometry-type", {"wanted": rules.geometry_type, "found": found})


def report_absent(
    rows: IntArray, present: BoolArray, refused: BoolArray, rules: GeometryRules
) -> tuple[BoolArray, list[Issue]]:
    """A register keeps rows without a place, a territory does not."""
    absent = ~present & ~refused
    if rules.placeless and not rules.required:
        return refused, []
    code = "territory-without-area" if rules.required else "no-geometry"
    issues = [Issue(int(rows[place]), code) for place in np.flatnonzero(absent)]
    return (refused | absent if rules.required else refused), issues


def report_far(
    rows: IntArray, lonlat: FloatArray, considered: BoolArray, usual: Extent | None
) -> Iterable[Issue]:
    if usual is None:
        return
    far = considered & ~usual.holds(lonlat)
    for place in np.flatnonzero(far):
        x, y = (f"{number:.6f}" for number in lonlat[place])
        yield Issue(int(rows[place]), "far-away", {"x": x, "y": y, "distance_km": FAR_KM})


def round_points(lonlat: FloatArray) -> list[bytes]:
    """Coordinates to 1 cm as two whole numbers; empty where there is no place."""
    present: BoolArray = np.isfinite(lonlat[:, 0]) & np.isfinite(lonlat[:, 1])
    scaled = np.where(present[:, None], lonlat, 0) * 10**KEY_DECIMALS
    pairs = np.ascontiguousarray(np.round(scaled).astype("<i8")).view("V16").ravel()
    return [bytes(pair) if here else b"" for pair, here in zip(pairs, present, strict=True)]


def check_shapes(
    rows: IntArray,
    wkb: ArrowArray,
    column: WkbColumn,
    rules: GeometryRules,
    *,
    with_content: bool,
) -> CheckedGeometry:
    shapes, refused, issues = decode(rows, wkb, column)
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes[~present] = None
    heights = bool(shapely.has_z(shapes).any())
    if heights:
        shapes = shapely.force_2d(shapes)
    if not rules.projector.leaves_as_is:
        shapes = shapely.transform(shapes, rules.projector)
    boxes = shapely.bounds(shapes)
    outside = present & ~refused & ~in_world(boxes[:, :2], boxes[:, 2:])
    issues += [
        outside_issue(int(rows[place]), boxes[place, :2]) for place in np.flatnonzero(outside)
    ]
    refused = refused | outside
    shapes[refused] = None
    leaping = np.zeros(len(rows), np.bool_)
    for place in np.flatnonzero(~refused & (boxes[:, 2] > boxes[:, 0] + HALF_WORLD)):
        leaping[place] = leaps_over(shapes[place])
    issues += [Issue(int(rows[place]), "over-antimeridian") for place in np.flatnonzero(leaping)]
    refused = refused | leaping
    shapes[refused] = None
    for step in (unwrap_collections, make_valid):
        shapes, bad, more = step(rows, shapes, rules.dimension)
        refused, issues = refused | bad, issues + more
    wrong, more = find_wrong_types(rows, shapes, rules)
    refused, issues = refused | wrong, issues + more
    refused, more = report_absent(rows, present, refused, rules)
    centers = (boxes[:, :2] + boxes[:, 2:]) / 2
    issues += more + list(report_far(rows, centers, present & ~refused, rules.usual))
    shapes[refused] = None
    if rules.fit is not None:
        shapes, more = rules.fit(rows, shapes)
        issues += more
    content = round_shapes(shapes) if with_content else []
    same = rules.projector.leaves_as_is and not heights and rules.fit is None
    changed = np.isin(rows, [issue.row or 0 for issue in issues]) if same else np.ones_like(refused)
    ewkb = write_shapes(shapes, wkb, column, changed)
    return CheckedGeometry(ewkb, refused, content, centers, issues, shapes, heights)


def find_wrong_types(
    rows: IntArray, shapes: Shapes, rules: GeometryRules
) -> tuple[BoolArray, list[Issue]]:
    """Shapes of another dimension than the layer's."""
    if rules.dimension is None:
        return np.zeros(len(rows), np.bool_), []
    found = shapely.get_dimensions(shapes)
    wrong: BoolArray = (found >= 0) & (found != rules.dimension)
    places = np.flatnonzero(wrong)
    return wrong, [wrong_type(int(rows[place]), shapes[place].geom_type, rules) for place in places]


def round_shapes(shapes: Shapes) -> list[bytes]:
    """As `round_points` for points, so that it does not matter what else is in the batch."""
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, KEY_DECIMALS) + 0.0)
    content = [wkb or b"" for wkb in shapely.to_wkb(rounded)]
    places = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.POINT)
    points = shapes[places]
    lonlat = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    for place, pair in zip(places, round_points(lonlat), strict=True):
        content[place] = pair
    return content
