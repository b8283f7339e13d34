"""Areas made to lie side by side: GEOS gives shared ground to one of them and fills narrow gaps."""

from dataclasses import dataclass

import numpy as np
import shapely

from importers.coverage.faults import SLIVER_M, list_open_strips
from importers.coverage.plane import lay_plane
from importers.geometry.repair import Shapes


@dataclass(frozen=True)
class AreaChange:
    """One area that became another. `swallowed`: nothing would be left of it; it was let be."""

    place: int
    before_m2: float
    after_m2: float
    swallowed: bool = False


@dataclass(frozen=True)
class Cleaned:
    """`shapes` as they were given where nothing had to change."""

    shapes: Shapes
    changes: tuple[AreaChange, ...]


def clean_areas(areas: Shapes, gap_m: float = SLIVER_M) -> Cleaned:
    """Areas in degrees as a coverage (OGC Simple Features; GEOS `CoverageClean`).

    Overlaps go to the neighbour with the longest common border, gaps narrower than `gap_m` are
    filled, borders get the same vertices on both sides. Wider gaps stay: a person decides those.
    """
    places = np.flatnonzero(~shapely.is_missing(areas) & ~shapely.is_empty(areas))
    if len(places) < 2:
        return Cleaned(areas, ())
    plane = lay_plane(areas[places])
    before = plane.flatten(areas[places])
    if shapely.coverage_is_valid(before, gap_width=gap_m):  # also where strips are open
        return Cleaned(areas, ())
    framed = [*before, *frame_open_strips(before, gap_m)]
    after = np.asarray(shapely.coverage_clean(framed, gap_width=gap_m), dtype=object)
    after = after[: len(before)]
    differs = ~shapely.equals_identical(shapely.normalize(before), shapely.normalize(after))
    shapes = areas.copy()
    changes = []
    for place in np.flatnonzero(differs).tolist():
        swallowed = bool(shapely.is_empty(after[place]))
        if not swallowed:
            shapes[places[place]] = plane.restore(after[place : place + 1])[0]
        changes.append(
            AreaChange(
                int(places[place]),
                round(float(shapely.area(before[place])), 1),
                round(float(shapely.area(after[place])), 1),
                swallowed,
            )
        )
    return Cleaned(shapes, tuple(changes))


def frame_open_strips(flat: Shapes, gap_m: float) -> list[shapely.Geometry]:
    """A frame around everything: GEOS fills only gaps that are closed at their ends."""
    whole = shapely.union_all(flat)
    strips = list_open_strips(whole, gap_m)
    if not len(strips):
        return []
    inside = shapely.union_all([whole, *strips])
    outside = shapely.box(*shapely.bounds(whole)).buffer(2 * gap_m, join_style="mitre")
    return [shapely.difference(outside, inside)]
