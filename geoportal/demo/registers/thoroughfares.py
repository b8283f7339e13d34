"""Streets and addresses: what the map names and what search looks in."""

from collections.abc import Iterator
from datetime import date, timedelta

from geoportal.demo import community, themes
from geoportal.demo.dataset import LINE, Dataset, Row, Stream, attribute
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.scaling import multiply_points
from geoportal.demo.styles import ground as style
from geoportal.demo.styles.streets import draw_streets
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street
from geoportal.demo.town.town import Town
from layers.schema import Json
from layers.specs import Choice, FieldSpec

RANK_TITLES = {
    "trunk": ("Міжнародна автодорога", "International road"),
    "primary": ("Магістральна вулиця, регіональна дорога", "Primary street or regional road"),
    "secondary": ("Районна вулиця, територіальна дорога", "Secondary street or territorial road"),
    "tertiary": ("Місцева автодорога", "Local road"),
    "residential": ("Житлова вулиця", "Residential street"),
    "service": ("Проїзд", "Service road"),
    "path": ("Пішохідна доріжка", "Footpath"),
}
STREET_FIELDS = (
    attribute("name", "Назва", "Name", searchable=True),
    FieldSpec(
        name="class",
        title_uk="Клас",
        title_en="Class",
        required=True,
        choices=tuple(
            Choice(value=value, title_uk=uk, title_en=en) for value, (uk, en) in RANK_TITLES.items()
        ),
    ),
    attribute("settlement", "Населений пункт", "Settlement", searchable=True),
    attribute("route", "Номер дороги", "Road number"),
    attribute("length_m", "Довжина", "Length", type="integer", unit="м"),
)
# Names of the fields are those of annex 37 to Cabinet resolution 835 (address register).
ADDRESS_FIELDS = (
    attribute("label", "Адреса", "Address", required=True, searchable=True),
    attribute("CATUTTC", "Код КАТОТТГ", "KATOTTG code", required=True),
    attribute("addressPostCode", "Поштовий індекс", "Post code"),
    attribute("addressAdminUnitL1", "Країна", "Country"),
    attribute("addressAdminUnitL2", "Регіон", "Oblast"),
    attribute("addressAdminUnitL3", "Район", "Raion"),
    attribute("addressAdminUnitL4", "Територіальна громада", "Community"),
    attribute("addressPostName", "Населений пункт", "Settlement", required=True, searchable=True),
    attribute("addressThoroughfare", "Вулиця", "Street", required=True, searchable=True),
    attribute("addressLocatorDesignator", "Номер будівлі", "House number", required=True,
              searchable=True),
    attribute("decisionNumber", "Номер рішення", "Decision number"),
    attribute("decisionIssuedDate", "Дата рішення", "Date of the decision", type="date"),
    attribute("statusType", "Статус", "Status", choices=(
        ("Чинна", "Valid"), ("Чинна зі змінами", "Valid, changed"), ("Скасована", "Cancelled"),
        ("Чинність відновлено", "Restored"),
    )),
)  # fmt: skip


WHOLE_COMMUNITY: dict[str, Json] = {
    "addressPostCode": community.POST_CODE,
    "addressAdminUnitL1": "Україна",
    "addressAdminUnitL2": community.OBLAST_UK,
    "addressAdminUnitL3": community.RAION_UK,
    "addressAdminUnitL4": community.COMMUNITY_UK,
}
STREETS = Register(
    slug="streets",
    title=("Вулиці та дороги", "Streets and roads"),
    about=("Осі вулиць і доріг громади.", "Centre lines of streets and roads."),
    theme=themes.ADDRESSES,
    icon="route",
    color="#b08d57",
    fields=STREET_FIELDS,
    keywords=("вулиці", "дороги", "адресний реєстр"),
    geometry_type=LINE,
    legal_basis="Постанова Кабінету Міністрів України від 07.07.2021 № 690",
    min_zoom=0,
    position=7,
    style=style.both(draw_streets, []),
    is_basemap=True,
    source="Реєстр вулиць",
)
ADDRESSES = Register(
    slug="addresses",
    title=("Адресний реєстр", "Address register"),
    about=("Адреси будівель громади.", "Addresses of buildings."),
    theme=themes.ADDRESSES,
    icon="house",
    color="#8a7358",
    fields=ADDRESS_FIELDS,
    keywords=("адреси", "будинки", "адресний реєстр"),
    title_field="label",
    legal_basis=(
        "Закон України «Про регулювання містобудівної діяльності», стаття 26-3; "
        "постанова Кабінету Міністрів України від 07.07.2021 № 690"
    ),
    update_frequency="weekly",
    min_zoom=17,
    position=8,
    style=style.both(style.draw_numbers, []),
    is_basemap=True,
    source="Адресний реєстр",
)


def build_streets_layer(town: Town) -> Dataset:
    """Streets of the town and villages, and roads between them."""
    streets = enumerate([*town.streets, *town.paths], start=1)
    return STREETS.with_rows([_street(number, street) for number, street in streets])


def build_addresses_layer(town: Town, scale: int) -> Dataset:
    """The address register; `scale` divides every plot that many times."""
    return ADDRESSES.with_rows(Stream(lambda: _addresses(town, scale)))


def _street(number: int, street: Street) -> Row:
    values: dict[str, Json] = {
        "name": street.name,
        "class": street.rank,
        "settlement": street.settlement or None,
        "route": street.route,
        "length_m": round(street.line.length),
    }
    return Row(f"street-{number:04d}", street.line, values)


def settlement_codes(town: Town) -> dict[str, str]:
    """KATOTTG-like codes of the town and its villages by name."""
    codes = {community.TOWN_UK: community.TOWN_CODE}
    return codes | {
        village.plan.name_uk: community.village_code(number)
        for number, village in enumerate(town.villages)
    }


def _addresses(town: Town, scale: int) -> Iterator[Row]:
    codes, chance = settlement_codes(town), stream("addresses")
    points = [address.point for address in town.addresses]
    for number, (place, index, copy) in enumerate(multiply_points(points, scale), start=1):
        address = town.addresses[index]
        house = address.number if copy == 0 else f"{address.number} корп. {copy + 1}"
        in_town = address.settlement == community.TOWN_UK
        label = f"{address.street}, {house}" + ("" if in_town else f", {address.settlement}")
        decided_on = date(1998, 1, 12) + timedelta(days=chance.randint(0, 10_000))
        values: dict[str, Json] = {
            "label": label,
            "CATUTTC": codes[address.settlement],
            "addressPostName": address.settlement,
            "addressThoroughfare": address.street,
            "addressLocatorDesignator": house,
            "decisionNumber": str(chance.randint(12, 890)),
            "decisionIssuedDate": decided_on.isoformat(),
            "statusType": "Чинна зі змінами" if chance.random() < 0.15 else "Чинна",
        }
        yield Row(f"A-{number:06d}", place, WHOLE_COMMUNITY | values)
