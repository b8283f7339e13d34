"""Layers of the kind territory: boundary, districts, okruhs, service areas, precincts."""

from collections.abc import Callable

from geoportal.demo import community, names, themes
from geoportal.demo.dataset import POLYGON, Dataset, Row, attribute, describe
from geoportal.demo.organisations import (
    BY_SLUG,
    CITY_COUNCIL,
    CITY_LIGHT,
    CLEAN_TOWN,
    POLICE,
    ROADS,
    WATER_UTILITY,
    contact_of,
)
from geoportal.demo.styles.territories import draw_boundary, draw_zones
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.territories import build_territories
from geoportal.demo.town.town import Town
from layers.schema import Json
from layers.specs import FieldSpec, LayerSpec

NAME = attribute("name", "Назва", "Name", required=True, searchable=True)
AREA = attribute("area_ha", "Площа", "Area", type="number", unit="га")
POPULATION = attribute("population", "Населення", "Population", type="integer", unit="осіб")
LOCAL_LAW = "Закон України «Про місцеве самоврядування в Україні»"
SERVICE_FIELDS = (
    NAME,
    attribute("organizationName", "Відповідальна організація", "Responsible organisation"),
    attribute("organizationId", "Код ЄДРПОУ", "EDRPOU code"),
    attribute("dispatcherPhone", "Диспетчерська", "Dispatcher", type="phone"),
    attribute("schedule", "Графік", "Schedule"),
    AREA,
)
Values = Callable[[int, str, Geometry], dict[str, Json]]


def build_territory_layers(town: Town) -> list[Dataset]:
    """All territory layers, in the order of the panel."""
    areas = build_territories()
    whole = {f"{community.COMMUNITY_UK} міська територіальна громада": areas.boundary}
    return [
        _boundary(whole),
        _districts(areas.districts),
        _okruhs(areas.okruhs, town),
        _services("waste", "Вивезення відходів", "Waste collection", areas.waste, CLEAN_TOWN, 3,
                  "#7a8b3c", ("Пн, Ср, Пт 06:00-14:00", "Вт, Чт, Сб 06:00-14:00")),
        _services("water", "Водопостачання", "Water supply", areas.water_supply, WATER_UTILITY, 4,
                  "#2f7fb0", ("Цілодобово", "06:00-09:00, 17:00-22:00")),
        _services("lighting", "Вуличне освітлення", "Street lighting", areas.lighting, CITY_LIGHT,
                  5, "#c58a1f", ("Від сутінків до 23:00, з 05:00 до світанку",)),
        _services("roads", "Утримання доріг", "Road maintenance", areas.road_care, ROADS, 6,
                  "#9a6a4f", ("Пн-Пт 07:00-16:00, узимку цілодобово",)),
        _electoral(areas.electoral),
        _police(areas.police),
    ]  # fmt: skip


def _rows(prefix: str, zones: dict[str, Geometry], values: Values) -> list[Row]:
    return [
        Row(
            f"{prefix}-{number}",
            area,
            {"name": name, "area_ha": round(area.area / 10_000, 1)} | values(number, name, area),
        )
        for number, (name, area) in enumerate(zones.items(), start=1)
    ]


def _spec(
    slug: str, title: tuple[str, str], about: tuple[str, str], publisher: str, position: int,
    fields: tuple[FieldSpec, ...], color: str, icon: str, style: dict[str, object],
    legal_basis: str = LOCAL_LAW,
) -> LayerSpec:  # fmt: skip
    return LayerSpec(
        slug=slug,
        title_uk=title[0],
        title_en=title[1],
        kind="territory",
        **describe(*about),
        geometry_type=POLYGON,
        title_field="name",
        icon=icon,
        color=color,
        style=style,
        position=position,
        update_frequency="annual",
        contact=contact_of(publisher),
        keywords=("межі", title[0].lower()),
        legal_basis=legal_basis,
        spatial_coverage=community.COMMUNITY_CODE,
        fields=fields,
    )


def _boundary(zones: dict[str, Geometry]) -> Dataset:
    fields = (
        NAME,
        attribute("CATUTTC", "Код КАТОТТГ", "KATOTTG code"),
        attribute("centre", "Адміністративний центр", "Administrative centre"),
        POPULATION,
        AREA,
    )
    spec = _spec(
        "boundary", ("Межа громади", "Boundary of the community"),
        ("Межа територіальної громади.", "The boundary of the territorial community."),
        CITY_COUNCIL, 0, fields, "#8a4a6b", "map", draw_boundary("#8a4a6b"),
    )  # fmt: skip
    rows = _rows("community", zones, lambda *_: {
        "CATUTTC": community.COMMUNITY_CODE, "centre": community.TOWN_UK, "population": 31_480,
    })  # fmt: skip
    return Dataset(spec=spec, theme=themes.BOUNDARIES, rows=rows)


def _districts(zones: dict[str, Geometry]) -> Dataset:
    spec = _spec(
        "districts", ("Мікрорайони міста", "Districts of the town"),
        ("Шість мікрорайонів міста Калинобрід.", "The six districts of the town of Kalynobrid."),
        CITY_COUNCIL, 1, (NAME, POPULATION, AREA), "#4f6fa8", "map-pinned", draw_zones("#4f6fa8"),
    )  # fmt: skip
    population = (4120, 5960, 6480, 2740, 2310, 2190)
    rows = _rows("district", zones, lambda number, *_: {"population": population[number - 1]})
    return Dataset(spec=spec, theme=themes.BOUNDARIES, rows=rows)


def _okruhs(zones: dict[str, Geometry], town: Town) -> Dataset:
    fields = (
        NAME,
        attribute("settlements", "Населені пункти", "Settlements", searchable=True),
        attribute("starosta", "Староста", "Starosta"),
        attribute("phone", "Телефон старости", "Starosta’s phone", type="phone"),
        attribute("decision", "Рішення ради", "Council’s decision"),
        POPULATION,
        AREA,
    )
    spec = _spec(
        "starosta_okruhs", ("Старостинські округи", "Starosta okruhs"),
        ("Старостинські округи з їхніми селами.", "Okruhs of starostas with their villages."),
        CITY_COUNCIL, 2, fields, "#6b7f3a", "trees", draw_zones("#6b7f3a"),
        "Закон України від 14.07.2021 № 1638-IX",
    )  # fmt: skip

    def values(number: int, name: str, area: Geometry) -> dict[str, Json]:
        villages = [v.plan for v in town.villages if area.contains(v.area.centroid)]
        return {
            "settlements": ", ".join(f"с. {village.name_uk}" for village in villages),
            "starosta": person(f"starosta/{name}"),
            "phone": community.phone(200 + number),
            "decision": f"№ {number + 4}-2/2021 від 16.12.2021",
            "population": sum(round(village.houses * 2.7) for village in villages),
        }

    rows = _rows("okruh", zones, values)
    return Dataset(spec=spec, theme=themes.BOUNDARIES, rows=rows)


def person(subject: str) -> str:
    """An invented full name."""
    chance = stream(f"person/{subject}")
    return " ".join((chance.choice(names.SURNAMES), *chance.choice(names.FIRST_NAMES)))


def _services(
    service: str, title_uk: str, title_en: str, zones: dict[str, Geometry], publisher: str,
    position: int, color: str, schedules: tuple[str, ...],
) -> Dataset:  # fmt: skip
    holder = BY_SLUG[publisher]
    spec = _spec(
        f"service_areas_{service}", (f"Зони обслуговування: {title_uk.lower()}",
                                     f"Service areas: {title_en.lower()}"),
        (f"{title_uk}: зони, за які відповідає {holder.name_uk}.",
         f"{title_en}: areas that {holder.name_en} answers for."),
        publisher, position, SERVICE_FIELDS, color, "wrench", draw_zones(color),
        "Закон України «Про житлово-комунальні послуги»",
    )  # fmt: skip
    rows = _rows(service, zones, lambda number, *_: {
        "organizationName": holder.name_uk,
        "organizationId": holder.edrpou,
        "dispatcherPhone": community.phone(300 + 10 * position + number),
        "schedule": schedules[number % len(schedules)],
    })  # fmt: skip
    return Dataset(spec=spec, theme=themes.BOUNDARIES, rows=rows, publisher=publisher)


def _electoral(zones: dict[str, Geometry]) -> Dataset:
    fields = (
        NAME,
        attribute("deputies", "Депутати", "Deputies"),
        attribute("validFrom", "Чинний з", "Valid from", type="date"),
        POPULATION,
        AREA,
    )
    spec = _spec(
        "electoral_districts", ("Територіальні виборчі округи", "Electoral districts"),
        ("Округи місцевих виборів з депутатами.", "Districts of local elections with deputies."),
        CITY_COUNCIL, 7, fields, "#7d5a9c", "vote", draw_zones("#7d5a9c"),
        "Виборчий кодекс України, стаття 201",
    )  # fmt: skip
    rows = _rows("electoral", zones, lambda number, name, _: {
        "deputies": "; ".join(person(f"deputy/{name}/{seat}") for seat in range(3)),
        "validFrom": "2020-08-12",
        "population": 3900 + 173 * number,
    })  # fmt: skip
    return Dataset(spec=spec, theme=themes.BOUNDARIES, rows=rows)


def _police(zones: dict[str, Geometry]) -> Dataset:
    fields = (
        NAME,
        attribute("officer", "Дільничний офіцер", "Community police officer"),
        attribute("phone", "Службовий телефон", "Duty phone", type="phone"),
        attribute("reception", "Прийом громадян", "Reception hours"),
        AREA,
    )
    spec = _spec(
        "police_precincts", ("Поліцейські дільниці", "Police precincts"),
        ("Дільниці з офіцерами, до яких звертатися.", "Precincts with the officers to turn to."),
        POLICE, 8, fields, "#34588f", "shield", draw_zones("#34588f"),
        "Наказ МВС України від 28.07.2017 № 650",
    )  # fmt: skip
    rows = _rows("precinct", zones, lambda number, name, _: {
        "officer": person(f"police/{name}"),
        "phone": community.phone(400 + number),
        "reception": "Вт, Чт 17:00-20:00, Сб 10:00-13:00",
    })  # fmt: skip
    return Dataset(spec=spec, theme=themes.SAFETY, rows=rows, publisher=POLICE)
