"""Layers of the kind territory: boundary, districts, okruhs, service areas, precincts."""

from collections.abc import Callable

from geoportal.demo import community, themes
from geoportal.demo.dataset import POLYGON, Dataset, Row, attribute
from geoportal.demo.organisations import (
    BY_SLUG,
    CITY_COUNCIL,
    CITY_LIGHT,
    CLEAN_TOWN,
    POLICE,
    ROADS,
    WATER_UTILITY,
)
from geoportal.demo.people import invent_person
from geoportal.demo.registers.describing import Register
from geoportal.demo.styles.territories import draw_boundary, draw_zones
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.territories import build_territories
from geoportal.demo.town.town import Town
from layers.schema import Json
from layers.specs import FieldSpec

NAME = attribute("name", "Назва", "Name", required=True, searchable=True)
AREA = attribute("area_ha", "Площа", "Area", type="number", unit="га")
POPULATION = attribute("population", "Населення", "Population", type="integer", unit="осіб")
LOCAL_LAW = "Закон України «Про місцеве самоврядування в Україні»"
Values = Callable[[int, str, Geometry], dict[str, Json]]
Zones = dict[str, Geometry]


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


def _rows(prefix: str, zones: Zones, values: Values) -> list[Row]:
    """Numbered rows with name and area beside their own values."""
    rows = []
    for number, (name, area) in enumerate(zones.items(), start=1):
        alike: dict[str, Json] = {"name": name, "area_ha": round(area.area / 10_000, 1)}
        rows.append(Row(f"{prefix}-{number}", area, alike | values(number, name, area)))
    return rows


def _register(
    slug: str, title: tuple[str, str], about: tuple[str, str], publisher: str, position: int,
    fields: tuple[FieldSpec, ...], color: str, icon: str, legal_basis: str = LOCAL_LAW,
) -> Register:  # fmt: skip
    return Register(
        slug=slug,
        title=title,
        about=about,
        theme=themes.SAFETY if publisher == POLICE else themes.BOUNDARIES,
        icon=icon,
        color=color,
        fields=fields,
        keywords=("межі", title[0].lower()),
        geometry_type=POLYGON,
        publisher=publisher,
        legal_basis=legal_basis,
        update_frequency="annual",
        min_zoom=0,
        position=position,
        style=draw_zones(color),
        kind="territory",
        source="Рішення міської ради",
    )


def _boundary(zones: Zones) -> Dataset:
    fields = (
        NAME,
        attribute("CATUTTC", "Код КАТОТТГ", "KATOTTG code"),
        attribute("centre", "Адміністративний центр", "Administrative centre"),
        POPULATION,
        AREA,
    )
    color = "#8a4a6b"
    register = Register(
        slug="boundary",
        title=("Межа громади", "Boundary of the community"),
        about=("Межа територіальної громади.", "The boundary of the territorial community."),
        theme=themes.BOUNDARIES,
        icon="map",
        color=color,
        fields=fields,
        keywords=("межі", "громада"),
        geometry_type=POLYGON,
        legal_basis=LOCAL_LAW,
        update_frequency="annual",
        min_zoom=0,
        style=draw_boundary(color),
        kind="territory",
        source="Рішення міської ради",
    )
    values: dict[str, Json] = {
        "CATUTTC": community.COMMUNITY_CODE,
        "centre": community.TOWN_UK,
        "population": 31_480,
    }
    return register.with_rows(_rows("community", zones, lambda *_: values))


def _districts(zones: Zones) -> Dataset:
    register = _register(
        "districts", ("Мікрорайони міста", "Districts of the town"),
        ("Шість мікрорайонів міста Калинобрід.", "The six districts of the town of Kalynobrid."),
        CITY_COUNCIL, 1, (NAME, POPULATION, AREA), "#4f6fa8", "map-pinned",
    )  # fmt: skip
    population = (4120, 5960, 6480, 2740, 2310, 2190)
    rows = _rows("district", zones, lambda number, *_: {"population": population[number - 1]})
    return register.with_rows(rows)


def _okruhs(zones: Zones, town: Town) -> Dataset:
    fields = (
        NAME,
        attribute("settlements", "Населені пункти", "Settlements", searchable=True),
        attribute("starosta", "Староста", "Starosta"),
        attribute("phone", "Телефон старости", "Starosta’s phone", type="phone"),
        attribute("decision", "Рішення ради", "Council’s decision"),
        POPULATION,
        AREA,
    )
    register = _register(
        "starosta_okruhs", ("Старостинські округи", "Starosta okruhs"),
        ("Старостинські округи з їхніми селами.", "Okruhs of starostas with their villages."),
        CITY_COUNCIL, 2, fields, "#6b7f3a", "trees", "Закон України від 14.07.2021 № 1638-IX",
    )  # fmt: skip

    def values(number: int, name: str, area: Geometry) -> dict[str, Json]:
        villages = [v.plan for v in town.villages if area.contains(v.area.centroid)]
        return {
            "settlements": ", ".join(f"с. {village.name_uk}" for village in villages),
            "starosta": invent_person(f"starosta/{name}"),
            "phone": community.phone(200 + number),
            "decision": f"№ {number + 4}-2/2021 від 16.12.2021",
            "population": sum(round(village.houses * 2.7) for village in villages),
        }

    return register.with_rows(_rows("okruh", zones, values))


def _services(
    service: str, title_uk: str, title_en: str, zones: Zones, publisher: str,
    position: int, color: str, schedules: tuple[str, ...],
) -> Dataset:  # fmt: skip
    holder = BY_SLUG[publisher]
    fields = (
        NAME,
        attribute("organizationName", "Відповідальна організація", "Responsible organisation"),
        attribute("organizationId", "Код ЄДРПОУ", "EDRPOU code"),
        attribute("dispatcherPhone", "Диспетчерська", "Dispatcher", type="phone"),
        attribute("schedule", "Графік", "Schedule"),
        AREA,
    )
    register = _register(
        f"service_areas_{service}",
        (f"Обслуговування: {title_uk.lower()}", f"Service areas: {title_en.lower()}"),
        (f"{title_uk}: зони, за які відповідає {holder.name_uk}.",
         f"{title_en}: areas that {holder.name_en} answers for."),
        publisher, position, fields, color, "wrench",
        "Закон України «Про житлово-комунальні послуги»",
    )  # fmt: skip
    rows = _rows(service, zones, lambda number, *_: {
        "organizationName": holder.name_uk,
        "organizationId": holder.edrpou,
        "dispatcherPhone": community.phone(300 + 10 * position + number),
        "schedule": schedules[number % len(schedules)],
    })  # fmt: skip
    return register.with_rows(rows)


def _electoral(zones: Zones) -> Dataset:
    fields = (
        NAME,
        attribute("deputies", "Депутати", "Deputies"),
        attribute("validFrom", "Чинний з", "Valid from", type="date"),
        POPULATION,
        AREA,
    )
    register = _register(
        "electoral_districts", ("Територіальні виборчі округи", "Electoral districts"),
        ("Округи місцевих виборів з депутатами.", "Districts of local elections with deputies."),
        CITY_COUNCIL, 7, fields, "#7d5a9c", "vote", "Виборчий кодекс України",
    )  # fmt: skip
    rows = _rows("electoral", zones, lambda number, name, _: {
        "deputies": "; ".join(invent_person(f"deputy/{name}/{seat}") for seat in range(3)),
        "validFrom": "2020-08-12",
        "population": 3900 + 173 * number,
    })  # fmt: skip
    return register.with_rows(rows)


def _police(zones: Zones) -> Dataset:
    fields = (
        NAME,
        attribute("officer", "Дільничний офіцер", "Community police officer"),
        attribute("phone", "Службовий телефон", "Duty phone", type="phone"),
        attribute("reception", "Прийом громадян", "Reception hours"),
        AREA,
    )
    register = _register(
        "police_precincts", ("Поліцейські дільниці", "Police precincts"),
        ("Дільниці з офіцерами, до яких звертатися.", "Precincts with the officers to turn to."),
        POLICE, 8, fields, "#34588f", "shield", "Наказ МВС України від 28.07.2017 № 650",
    )  # fmt: skip
    rows = _rows("precinct", zones, lambda number, name, _: {
        "officer": invent_person(f"police/{name}"),
        "phone": community.phone(400 + number),
        "reception": "Вт, Чт 17:00-20:00, Сб 10:00-13:00",
    })  # fmt: skip
    return register.with_rows(rows)
