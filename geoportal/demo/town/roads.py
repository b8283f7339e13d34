"""The roads and railway of the plan as smooth lines, with their widths and bridges."""

from dataclasses import dataclass, replace

import shapely
from shapely.ops import substring

from geoportal.demo.town import plan
from geoportal.demo.town.curves import smooth_line
from geoportal.demo.town.plane import Geometry

WIDTHS_M = {
    "trunk": 15.0,
    "primary": 14.0,
    "secondary": 11.0,
    "tertiary": 8.0,
    "residential": 7.5,
    "service": 5.0,
    "track": 4.0,
    "path": 3.0,
}
RAIL_WIDTH_M = 12.0


@dataclass(frozen=True)
class Street:
    """A street or road: `settlement` is empty outside of the town and villages."""

    name: str
    rank: str
    line: Geometry
    settlement: str = ""
    route: str = ""

    @property
    def width_m(self) -> float:
        return WIDTHS_M[self.rank]

    def outward(self) -> "Street":
        """The same street, drawn from its end nearer to the market square, where numbers begin."""
        first, last = shapely.get_point(self.line, 0), shapely.get_point(self.line, -1)
        origin = shapely.Point(0, 0)
        if first.distance(origin) <= last.distance(origin):
            return self
        return replace(self, line=shapely.reverse(self.line))


def build_roads(limit: Geometry) -> list[Street]:
    """The planned roads, whole, clipped to the community."""
    return [
        Street(road.name, road.rank, smooth_line(road.points).intersection(limit), "", road.route)
        for road in plan.ROADS
    ]


def build_railways(limit: Geometry) -> list[Geometry]:
    """Main line, branch to the sugar factory, and the station's side tracks."""
    main = smooth_line(plan.RAILWAY).intersection(limit)
    middle = main.project(shapely.Point(plan.STATION))
    yard = substring(main, middle - 620, middle + 520)
    sides = [yard.offset_curve(distance) for distance in (11.0, 22.0, -11.0)]
    return [main, smooth_line(plan.RAIL_BRANCH), *sides]


def build_bridges(streets: list[Street], water: Geometry) -> list[Geometry]:
    """Parts of the larger roads that hang over water, with their ends on the banks."""
    bridges = []
    for street in streets:
        if street.rank not in ("trunk", "primary", "secondary", "tertiary", "path"):
            continue
        for part in shapely.get_parts(street.line.intersection(water)):
            if part.geom_type == "LineString" and part.length > 3:
                middle = street.line.project(part.interpolate(0.5, normalized=True))
                half = part.length / 2 + 9
                bridges.append(substring(street.line, middle - half, middle + half))
    return bridges
