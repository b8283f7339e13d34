"""Parks, squares and the cemetery: drawn by hand, cut by the roads that cross them."""

from dataclasses import dataclass

import shapely

from geoportal.demo.town.curves import smooth_area
from geoportal.demo.town.plane import Geometry, Point
from geoportal.demo.town.roads import Street


@dataclass(frozen=True)
class PlannedPark:
    """A green place of the plan. `kind`: park, square, cemetery, orchard."""

    name_uk: str
    name_en: str
    kind: str
    points: tuple[Point, ...]
    soft: bool = True


# fmt: off
PLANNED: tuple[PlannedPark, ...] = (
    PlannedPark("Парк «Замкова гора»", "Castle Hill Park", "park", (
        (-1035, 85), (-770, 75), (-635, 105), (-650, 280), (-750, 490), (-915, 650),
        (-1120, 705), (-1230, 615), (-1150, 365), (-1070, 180),
    )),
    PlannedPark("Набережний парк", "Embankment Park", "park", (
        (-790, -230), (-630, -330), (-420, -415), (-180, -440), (40, -425), (230, -330),
        (450, -335), (630, -350), (670, -295), (490, -260), (280, -230), (55, -320), (-175, -350),
        (-390, -320), (-615, -225), (-755, -140),
    )),
    PlannedPark("Парк «Криничний гай»", "Spring Grove Park", "park", (
        (1115, 265), (1290, 280), (1395, 390), (1455, 530), (1490, 735), (1440, 905),
        (1280, 930), (1175, 785), (1125, 530),
    )),
    PlannedPark("Молодіжний парк", "Youth Park", "park", (
        (435, 1990), (755, 2000), (835, 2165), (690, 2305), (455, 2245), (390, 2105),
    )),
    PlannedPark("Лісопарк «Діброва»", "Oakwood Forest Park", "park", (
        (-1050, -995), (-770, -1035), (-595, -1120), (-590, -1420), (-875, -1570),
        (-1205, -1400), (-1190, -1150),
    )),
    PlannedPark("Привокзальний сквер", "Station Square Garden", "square", (
        (350, 1160), (485, 1160), (485, 1215), (350, 1215),
    ), soft=False),
    PlannedPark("Сквер Героїв", "Heroes’ Square Garden", "square", (
        (105, 90), (205, 100), (200, 165), (100, 160),
    ), soft=False),
    PlannedPark("Сквер Лесі Українки", "Lesia Ukrainka Square Garden", "square", (
        (-275, 350), (-190, 355), (-190, 425), (-275, 425),
    ), soft=False),
    PlannedPark("Сквер «Зарічний»", "Zarichnyi Square Garden", "square", (
        (125, -995), (230, -995), (230, -915), (125, -915),
    ), soft=False),
    PlannedPark("Сквер Цукровиків", "Sugar Workers’ Square Garden", "square", (
        (1735, 630), (1850, 615), (1860, 700), (1750, 715),
    ), soft=False),
    PlannedPark("Міське кладовище", "Town cemetery", "cemetery", (
        (1790, -435), (2085, -390), (2160, -715), (1860, -790),
    ), soft=False),
    PlannedPark("Садове товариство «Вишенька»", "Vyshenka gardens", "orchard", (
        (-1930, 1280), (-1630, 1035), (-1440, 1370), (-1505, 1560), (-1805, 1645),
    ), soft=False),
)
# fmt: on


@dataclass(frozen=True)
class Park:
    """A park as it is: one area, not crossed by roads."""

    name_uk: str
    name_en: str
    kind: str
    area: Geometry


def build_parks(roads: list[Street], water: Geometry) -> list[Park]:
    """The planned parks less roads and water; parts under 1500 m² are left to the street."""
    surfaces = shapely.union_all([road.line.buffer(road.width_m / 2 + 4) for road in roads])
    parks = []
    for planned in PLANNED:
        shape = smooth_area(planned.points) if planned.soft else shapely.Polygon(planned.points)
        dry = shape.difference(surfaces).difference(water.buffer(3))
        parts = [part for part in shapely.get_parts(dry) if part.area > 1500]
        area = shapely.multipolygons(parts) if len(parts) > 1 else parts[0]
        parks.append(Park(planned.name_uk, planned.name_en, planned.kind, area))
    return parks
