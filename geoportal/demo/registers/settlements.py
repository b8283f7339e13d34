"""Settlements and districts as points: the names on the base map."""

import shapely

from geoportal.demo import community, themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.thoroughfares import settlement_codes
from geoportal.demo.styles.ground import both
from geoportal.demo.styles.places import draw_places
from geoportal.demo.town.territories import build_territories
from geoportal.demo.town.town import Town
from layers.schema import Json

KINDS = (("місто", "town"), ("село", "village"), ("мікрорайон", "district"))
FIELDS = (
    attribute("name", "Назва", "Name", required=True, searchable=True),
    attribute("nameEn", "Назва англійською", "Name in English", searchable=True),
    attribute("class", "Категорія", "Category", required=True, choices=KINDS),
    attribute("CATUTTC", "Код КАТОТТГ", "KATOTTG code"),
    attribute("population", "Населення", "Population", type="integer", unit="осіб"),
)
TOWN_POPULATION = 23_800


SETTLEMENTS = Register(
    slug="settlements",
    title=("Населені пункти", "Settlements"),
    about=("Місто, села та мікрорайони.", "The town, villages and districts."),
    theme=themes.ADDRESSES,
    icon="map-pinned",
    color="#7a6a55",
    fields=FIELDS,
    keywords=("населені пункти", "села", "КАТОТТГ"),
    legal_basis="Кодифікатор адміністративно-територіальних одиниць, наказ від 26.11.2020 № 290",
    update_frequency="annual",
    min_zoom=0,
    position=9,
    style=both(draw_places, []),
    is_basemap=True,
    source="Кодифікатор",
)


def build_settlements_layer(town: Town) -> Dataset:
    codes = settlement_codes(town)
    rows = [_row("town", shapely.Point(0, 0), "місто", community.TOWN_UK, community.TOWN_EN,
                 codes[community.TOWN_UK], TOWN_POPULATION)]  # fmt: skip
    for number, village in enumerate(town.villages, start=1):
        name, residents = village.plan.name_uk, round(village.plan.houses * 2.7)
        rows.append(_row(f"village-{number:02d}", village.area.centroid, "село", name,
                         village.plan.name_en, codes[name], residents))  # fmt: skip
    for number, (name, area) in enumerate(build_territories().districts.items(), start=1):
        middle = area.intersection(town.built_up).representative_point()
        rows.append(_row(f"district-{number}", middle, "мікрорайон", name, "", None, None))
    return SETTLEMENTS.with_rows(rows)


def _row(
    key: str, point: object, kind: str, name: str, name_en: str, code: str | None,
    population: int | None,
) -> Row:  # fmt: skip
    values: dict[str, Json] = {
        "name": name,
        "nameEn": name_en or None,
        "class": kind,
        "CATUTTC": code,
        "population": population,
    }
    return Row(key, point, values)
