"""The base map as layers: land, built-up areas, water, buildings, railways, bridges."""

from collections.abc import Iterator

import shapely

from geoportal.demo import themes
from geoportal.demo.dataset import LINE, MIXED, POLYGON, Dataset, Row, attribute
from geoportal.demo.registers.describing import Register
from geoportal.demo.styles import ground as style
from geoportal.demo.styles.streets import draw_bridges
from geoportal.demo.town.amenities import build_amenities
from geoportal.demo.town.network import MARKET_SQUARE
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import build_bridges
from geoportal.demo.town.town import Town
from layers.schema import Json
from layers.specs import FieldSpec

NAME = attribute("name", "Назва", "Name")
LEGAL_BASIS = "Постанова Кабінету Міністрів України від 25.05.2011 № 555 (містобудівний кадастр)"


def build_ground(town: Town) -> list[Dataset]:
    """Base layers from the lowest to the highest."""
    return [
        _layer("land_cover", "Земельний покрив", "Land cover", POLYGON, 1, (_kind(LAND_TITLES),),
               list(_land(town)), style.both(style.draw_land, []), 0),
        _layer("built_up_areas", "Забудовані території", "Built-up areas", POLYGON, 2,
               (_kind(BUILT_UP_TITLES),), list(_built_up(town)),
               style.both(style.draw_built_up, []), 8),
        _layer("water", "Водні об’єкти", "Water", MIXED, 3, (_kind(WATER_TITLES), NAME),
               list(_water(town)), style.both(style.draw_water, []), 0),
        _layer("buildings", "Будівлі", "Buildings", POLYGON, 4, BUILDING_FIELDS,
               list(_buildings(town)), style.both(style.draw_buildings, []), 13),
        _layer("bridges", "Мости", "Bridges", LINE, 5, (NAME,), list(_bridges(town)),
               style.both(draw_bridges, []), 12),
        _layer("railways", "Залізниця", "Railways", LINE, 6, (_kind(RAIL_TITLES),),
               list(_rails(town)), style.both(style.draw_railways, []), 7),
    ]  # fmt: skip


def _kind(titles: dict[str, tuple[str, str]]) -> FieldSpec:
    """The class by which a feature is drawn, with its titles."""
    field = attribute("class", "Клас", "Class", required=True)
    choices = tuple(
        {"value": value, "title_uk": uk, "title_en": en} for value, (uk, en) in titles.items()
    )
    values = vars(field) | {"choices": choices}
    return FieldSpec(**values)


LAND_TITLES = {
    "community": ("Територія громади", "Territory of the community"),
    "field_a": ("Рілля", "Arable land"),
    "field_b": ("Рілля", "Arable land"),
    "field_c": ("Багаторічні трави", "Perennial grass"),
    "field_d": ("Рілля", "Arable land"),
    "forest": ("Ліс", "Forest"),
    "shelterbelt": ("Лісосмуга", "Shelterbelt"),
    "meadow": ("Луки", "Meadow"),
    "bank": ("Зелений берег", "Green bank"),
    "orchard": ("Садове товариство", "Gardens"),
    "cemetery": ("Кладовище", "Cemetery"),
    "park": ("Парк", "Park"),
    "square": ("Сквер", "Square garden"),
}
BUILT_UP_TITLES = {
    "old": ("Історична забудова", "Historic quarter"),
    "mixed": ("Змішана забудова", "Mixed quarter"),
    "flats": ("Багатоквартирна забудова", "Blocks of flats"),
    "private": ("Садибна забудова", "Detached houses"),
    "village": ("Сільська забудова", "Village"),
    "industry": ("Виробнича територія", "Industry"),
    "lot": ("Ділянка громадської будівлі", "Public building’s lot"),
    "plaza": ("Площа", "Square"),
    "pitch": ("Спортивний майданчик", "Sports ground"),
    "playground": ("Дитячий майданчик", "Playground"),
    "parking": ("Автостоянка", "Car park"),
}
WATER_TITLES = {
    "river": ("Річка", "River"),
    "reservoir": ("Водосховище", "Reservoir"),
    "pond": ("Ставок", "Pond"),
    "oxbow": ("Стариця", "Oxbow"),
    "brook": ("Струмок", "Brook"),
    "river_line": ("Вісь річки", "River’s axis"),
}
RAIL_TITLES = {"main": ("Головна колія", "Main track"), "side": ("Станційна колія", "Side track")}
BUILDING_TITLES = {
    "house": ("Садибний будинок", "Detached house"),
    "apartments": ("Багатоквартирний будинок", "Apartment house"),
    "urban": ("Міський будинок", "Town house"),
    "public": ("Громадська будівля", "Public building"),
    "industrial": ("Виробнича будівля", "Industrial building"),
    "shed": ("Господарська будівля", "Outbuilding"),
}
BUILDING_FIELDS = (
    _kind(BUILDING_TITLES),
    NAME,
    attribute("levels", "Кількість поверхів", "Storeys", type="integer"),
)


def _layer(
    slug: str,
    title_uk: str,
    title_en: str,
    geometry_type: str,
    position: int,
    fields: tuple[FieldSpec, ...],
    rows: list[Row],
    drawn: style.Style,
    min_zoom: int,
) -> Dataset:
    """A base layer: always drawn, never in the panel's list."""
    register = Register(
        slug=slug,
        title=(title_uk, title_en),
        about=(f"Шар базової карти: {title_uk.lower()}.", f"A layer of the base map: {title_en}."),
        theme=themes.ADDRESSES,
        icon="map",
        color="#8a8577",
        fields=fields,
        keywords=("базова карта", title_uk.lower()),
        geometry_type=geometry_type,
        title_field="name" if slug == "water" else "",
        legal_basis=LEGAL_BASIS,
        update_frequency="annual",
        min_zoom=min_zoom,
        position=position,
        style=drawn,
        is_basemap=True,
        source="Топографічний план",
    )
    return register.with_rows(rows)


def _numbered(prefix: str, parts: list[tuple[Geometry, dict[str, Json]]]) -> Iterator[Row]:
    for number, (shape, values) in enumerate(parts, start=1):
        yield Row(f"{prefix}-{number:05d}", shape, values)


def _land(town: Town) -> Iterator[Row]:
    """The community's whole ground first; parks and gardens over what they are laid out on."""
    parts: list[tuple[Geometry, dict[str, Json]]] = [(town.limit, {"class": "community"})]
    parts += [(land.area, {"class": land.kind}) for land in town.land]
    parts += [(park.area, {"class": park.kind}) for park in town.parks]
    yield from _numbered("land", parts)


def _built_up(town: Town) -> Iterator[Row]:
    parts: list[tuple[Geometry, dict[str, Json]]] = [
        (area, {"class": fabric}) for fabric, area in town.blocks
    ]
    parts += [(place.lot, {"class": "lot"}) for place in town.places]
    parts.append((MARKET_SQUARE.buffer(3), {"class": "plaza"}))
    amenities = build_amenities()
    for kind, found in (
        ("pitch", amenities.pitches),
        ("playground", amenities.playgrounds),
        ("parking", amenities.parking),
    ):
        parts += [(amenity.shape, {"class": kind}) for amenity in found]
    yield from _numbered("block", parts)


def _water(town: Town) -> Iterator[Row]:
    waters = town.waters
    parts: list[tuple[Geometry, dict[str, Json]]] = [
        (waters.river, {"class": "river", "name": None}),
        (waters.reservoir, {"class": "reservoir", "name": "Калинобрідське вдсх."}),
        (waters.river_line, {"class": "river_line", "name": "Верболоза"}),
    ]
    parts += [(pond, {"class": "pond"}) for pond in waters.ponds]
    parts += [(oxbow, {"class": "oxbow"}) for oxbow in waters.oxbows]
    parts += [(line, {"class": "brook", "name": name}) for name, line in waters.brooks.items()]
    yield from _numbered("water", parts)


def _buildings(town: Town) -> Iterator[Row]:
    for number, house in enumerate(town.houses, start=1):
        name = town.places[house.place].name_uk if house.place >= 0 else None
        kind = "public" if house.place >= 0 else house.kind
        if house.place >= 0 and town.places[house.place].kind == "factory":
            kind = "industrial"
        values: dict[str, Json] = {"class": kind, "name": name, "levels": house.levels}
        yield Row(f"building-{number:05d}", house.shape, values)


def _bridges(town: Town) -> Iterator[Row]:
    waters = town.waters
    wide = shapely.union_all([waters.river, waters.reservoir])
    parts = build_bridges(town.streets, wide)
    for number, line in enumerate(parts, start=1):
        yield Row(f"bridge-{number:02d}", line, {"name": f"Міст № {number}"})


def _rails(town: Town) -> Iterator[Row]:
    for number, line in enumerate(town.railways):
        values = {"class": "main" if number == 0 else "side"}
        yield Row(f"rail-{number + 1}", line, values)
