"""Districts, okruhs, service areas, electoral districts, police precincts: exact tessellations."""

from dataclasses import dataclass
from functools import lru_cache

import shapely

from geoportal.demo.town import plan
from geoportal.demo.town.curves import Ripple, smooth_line
from geoportal.demo.town.limits import build_limits
from geoportal.demo.town.partition import Partition, Zones
from geoportal.demo.town.plane import Geometry

# fmt: off
DISTRICTS: Zones = {
    "Старе місто": [(0, 150), (-450, 250), (450, 200), (0, -250), (500, -100), (-500, -100)],
    "Привокзальний": [(250, 1000), (-500, 1000), (750, 950), (-900, 700), (-1500, 1200)],
    "Північний": [(-100, 1950), (600, 1900), (-900, 2200), (100, 2350)],
    "Цукровий": [(1850, 900), (1500, 350), (1700, -200), (2200, 1500), (2300, -500)],
    "Зарічний": [(-1250, -350), (-700, -1100), (-1600, -1400), (-1700, 200)],
    "Слобідський": [(400, -1000), (500, -1600), (1250, -1450), (1700, -1500)],
}
OKRUHS: Zones = {
    "Зеленобірський": [(300, 4600), (-200, 5900), (500, 3200), (1200, 5500)],
    "Лугомирський": [(4600, 3900), (7000, 4800), (6900, 1200), (3500, 1200)],
    "Сонячницький": [(6500, -3400), (3600, -4600), (4000, -2000), (8000, -3000)],
    "Медовицький": [(-645, -5250), (-4400, -4100), (-7450, -5480), (-1000, -3000)],
    "Яворовицький": [(-6300, -700), (-7400, 1600), (-3950, 4680), (-4000, 1500)],
}
WASTE: Zones = {
    "Маршрут № 1 «Центр і Північ»": [(0, 150), (250, 1000), (-100, 1950), (-600, 900)],
    "Маршрут № 2 «Зарічний і Слобідка»": [(-1000, -600), (500, -1300), (-600, -1500)],
    "Маршрут № 3 «Схід»": [(1800, 700), (1600, -200), (4600, 3900), (6900, 1200), (7000, 4800)],
    "Маршрут № 4 «Південні села»": [(6500, -3400), (3600, -4600), (-645, -5250), (-4400, -4100),
                                    (-7450, -5480)],
    "Маршрут № 5 «Захід і північні села»": [(-6300, -700), (-7400, 1600), (-3950, 4680),
                                            (300, 4600), (-200, 5900)],
}
WATER_SUPPLY: Zones = {
    "Міська мережа: верхня зона": [(100, 1950), (300, 1000), (-500, 1000), (1800, 900),
                                   (300, 2900)],
    "Міська мережа: нижня зона": [(0, 0), (-1250, -350), (500, -1300), (1600, -200)],
    "Групова мережа «Захід»": [(-6300, -700), (-7400, 1600), (-4400, -4100), (-7450, -5480)],
    "Групова мережа «Схід»": [(6900, 1200), (4600, 3900), (7000, 4800), (6500, -3400)],
    "Сільські свердловини": [(300, 5200), (-3950, 4680), (-645, -5250), (3600, -4600)],
}
LIGHTING: Zones = {
    "Дільниця «Правий берег»": [(-1250, -350), (-600, -1400), (500, -1400), (-4400, -4100),
                                (-645, -5250), (3600, -4600), (-6300, -700), (-7450, -5480)],
    "Дільниця «Центр»": [(0, 150), (-450, 250), (450, 200), (250, 1000), (-500, 1000)],
    "Дільниця «Північ»": [(-100, 1950), (600, 1900), (300, 4600), (-3950, 4680), (-7400, 1600)],
    "Дільниця «Схід»": [(1850, 900), (1600, -200), (4600, 3900), (6900, 1200), (6500, -3400),
                        (7000, 4800)],
}
ROAD_CARE: Zones = {
    "Дорожня дільниця № 1 (місто)": [(0, 150), (250, 1000), (-100, 1950), (1850, 900),
                                     (-1250, -350), (500, -1400), (-600, -1500)],
    "Дорожня дільниця № 2 (північ)": [(300, 4600), (-3950, 4680), (4600, 3900), (7000, 4800)],
    "Дорожня дільниця № 3 (південь)": [(-645, -5250), (3600, -4600), (6500, -3400),
                                       (-4400, -4100)],
    "Дорожня дільниця № 4 (захід)": [(-6300, -700), (-7400, 1600), (-7450, -5480)],
    "Дорожня дільниця № 5 (схід)": [(6900, 1200)],
}
ELECTORAL: Zones = {
    "Територіальний виборчий округ № 1": [(-100, 150), (-450, 250), (0, -250)],
    "Територіальний виборчий округ № 2": [(450, 150), (700, 300), (900, -300), (1500, 350)],
    "Територіальний виборчий округ № 3": [(250, 1000), (-500, 1000), (-900, 700), (750, 950)],
    "Територіальний виборчий округ № 4": [(-100, 1950), (600, 1900), (300, 4600), (-200, 5900)],
    "Територіальний виборчий округ № 5": [(-1250, -350), (-700, -1100), (-6300, -700),
                                          (-7400, 1600), (-3950, 4680)],
    "Територіальний виборчий округ № 6": [(400, -1000), (500, -1600), (-645, -5250),
                                          (-4400, -4100), (-7450, -5480), (3600, -4600)],
    "Територіальний виборчий округ № 7": [(1850, 900), (1700, -200), (2200, 1500), (4600, 3900),
                                          (6900, 1200), (7000, 4800), (6500, -3400)],
}
POLICE: Zones = {
    "Поліцейська дільниця № 1": [(0, 150), (-450, 250), (450, 200), (0, -250), (250, 1000)],
    "Поліцейська дільниця № 2": [(-100, 1950), (600, 1900), (-500, 1100), (300, 4600),
                                 (-200, 5900)],
    "Поліцейська дільниця № 3": [(-1250, -350), (500, -1300), (-600, -1500)],
    "Поліцейська дільниця № 4": [(1850, 900), (1700, -200), (4600, 3900), (6900, 1200),
                                 (7000, 4800)],
    "Поліцейська дільниця № 5": [(6500, -3400), (3600, -4600), (-645, -5250)],
    "Поліцейська дільниця № 6": [(-6300, -700), (-7400, 1600), (-3950, 4680), (-4400, -4100),
                                 (-7450, -5480)],
}
OKRUH_BORDERS = (
    ((700, 1700), (1300, 2300), (1900, 3300), (2500, 4600), (2900, 5700), (3300, 7900)),
    ((1500, -200), (2500, -600), (4300, -1000), (6100, -1300), (10_400, -1700)),
    ((300, -1200), (700, -2300), (1200, -3600), (1500, -5200), (1200, -8000)),
    ((-1000, -700), (-2100, -1500), (-3600, -2100), (-5700, -2500), (-10_400, -3300)),
    ((-600, 1900), (-1300, 2800), (-1900, 3900), (-2300, 5300), (-2100, 8200)),
    ((1600, 3000), (3600, 2300), (5600, 2500), (10_300, 2900)),
    ((-1900, 2500), (-4200, 3100), (-6000, 2500), (-10_300, 3200)),
    ((-2300, -900), (-2700, -3500), (-2600, -5200), (-2500, -8000)),
    ((2500, -1700), (5000, -3900), (5200, -5200), (5400, -8000)),
)
CUTTING_STREETS = (
    "вулиця Львівська", "вулиця Київська", "вулиця Шевченка", "вулиця Мостова",
    "проспект Незалежності", "вулиця Молодіжна", "вулиця Козацька", "вулиця Замкова",
    "вулиця Вокзальна", "вулиця Зарічна",
)
# fmt: on


@dataclass(frozen=True)
class Territories:
    """Areas by layer and name, all unions of the same faces."""

    boundary: Geometry
    town: Geometry
    districts: dict[str, Geometry]
    okruhs: dict[str, Geometry]
    waste: dict[str, Geometry]
    water_supply: dict[str, Geometry]
    lighting: dict[str, Geometry]
    road_care: dict[str, Geometry]
    electoral: dict[str, Geometry]
    police: dict[str, Geometry]


@lru_cache(maxsize=1)
def build_territories() -> Territories:
    """Districts divide the town, okruhs the rest; every other layer divides the whole community."""
    limits = build_limits()
    partition = Partition(limits.community, _lines(limits.town))
    town = partition.inside(limits.town)
    everything = list(range(len(partition.faces)))
    rest = sorted(set(everything) - set(town))
    return Territories(
        boundary=partition.union(everything),
        town=partition.union(town),
        districts=partition.divide(town, DISTRICTS),
        okruhs=partition.divide(rest, OKRUHS),
        waste=partition.divide(everything, WASTE),
        water_supply=partition.divide(everything, WATER_SUPPLY),
        lighting=partition.divide(everything, LIGHTING),
        road_care=partition.divide(everything, ROAD_CARE),
        electoral=partition.divide(everything, ELECTORAL),
        police=partition.divide(everything, POLICE),
    )


def _lines(town_limit: Geometry) -> list[Geometry]:
    """Water and railway everywhere, main streets inside the town, okruh borders outside of it."""
    ripple = Ripple.named("okruhs", 150, 1100)
    borders = [ripple.bend(smooth_line(points), 90).simplify(12) for points in OKRUH_BORDERS]
    streets = [smooth_line(road.points) for road in plan.ROADS if road.name in CUTTING_STREETS]
    brooks = [smooth_line(points) for points in plan.BROOKS.values()]
    through = [smooth_line(plan.RIVER), smooth_line(plan.RAILWAY)]
    inner = [line.intersection(town_limit.buffer(40)) for line in (*streets, *brooks)]
    outer = [line.difference(town_limit.buffer(-60)) for line in borders]
    return [
        line.simplify(4)
        for line in (*through, *inner, *outer, shapely.LineString(town_limit.exterior))
    ]
