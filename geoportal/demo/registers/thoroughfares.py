"""Streets and addresses: what the map names and what search looks in."""

from collections.abc import Iterator

from geoportal.demo import community, themes
from geoportal.demo.dataset import LINE, POINT, Dataset, Row, attribute, describe
from geoportal.demo.organisations import CITY_COUNCIL, contact_of
from geoportal.demo.registers.scaling import multiply_points
from geoportal.demo.styles import ground as style
from geoportal.demo.styles.streets import draw_streets
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.town import Town
from layers.specs import Choice, FieldSpec, LayerSpec

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


def build_streets_layer(town: Town) -> Dataset:
    """Streets of the town and villages, and roads between them."""
    spec = LayerSpec(
        slug="streets",
        title_uk="Вулиці та дороги",
        title_en="Streets and roads",
        **describe("Осі вулиць і доріг громади.", "Centre lines of streets and roads."),
        geometry_type=LINE,
        title_field="name",
        icon="route",
        color="#b08d57",
        style=style.both(draw_streets, []),
        is_basemap=True,
        position=7,
        update_frequency="quarterly",
        contact=contact_of(CITY_COUNCIL),
        keywords=("вулиці", "дороги", "адресний реєстр"),
        legal_basis="Постанова Кабінету Міністрів України від 07.07.2021 № 690",
        spatial_coverage=community.COMMUNITY_CODE,
        fields=STREET_FIELDS,
    )
    rows = [
        Row(
            f"street-{number:04d}",
            street.line,
            {
                "name": street.name,
                "class": street.rank,
                "settlement": street.settlement or None,
                "route": street.route,
                "length_m": round(street.line.length),
            },
        )
        for number, street in enumerate([*town.streets, *town.paths], start=1)
    ]
    return Dataset(spec=spec, theme=themes.ADDRESSES, rows=rows, seeded_by="Реєстр вулиць")


def build_addresses_layer(town: Town, scale: int) -> Dataset:
    """The address register; `scale` divides every plot that many times."""
    spec = LayerSpec(
        slug="addresses",
        title_uk="Адресний реєстр",
        title_en="Address register",
        **describe("Адреси будівель громади.", "Addresses of buildings."),
        geometry_type=POINT,
        title_field="label",
        icon="house",
        color="#8a7358",
        style=style.both(style.draw_numbers, []),
        min_zoom=17,
        is_basemap=True,
        position=8,
        update_frequency="weekly",
        contact=contact_of(CITY_COUNCIL),
        keywords=("адреси", "будинки", "адресний реєстр"),
        legal_basis=(
            "Закон України «Про регулювання містобудівної діяльності», стаття 26-3; "
            "постанова Кабінету Міністрів України від 07.07.2021 № 690"
        ),
        spatial_coverage=community.COMMUNITY_CODE,
        fields=ADDRESS_FIELDS,
    )
    rows = list(_addresses(town, scale))
    return Dataset(spec=spec, theme=themes.ADDRESSES, rows=rows, seeded_by="Адресний реєстр")


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
    statuses = ("Чинна", "Чинна", "Чинна", "Чинна", "Чинна", "Чинна зі змінами")
    for number, (place, index, copy) in enumerate(multiply_points(points, scale), start=1):
        address = town.addresses[index]
        label = address.number if copy == 0 else f"{address.number} корп. {copy + 1}"
        year = chance.randint(1998, 2025)
        town_name = address.settlement == community.TOWN_UK
        yield Row(
            f"A-{number:06d}",
            place,
            {
                "label": f"{address.street}, {label}"
                + ("" if town_name else f", {address.settlement}"),
                "CATUTTC": codes[address.settlement],
                "addressPostCode": community.POST_CODE,
                "addressAdminUnitL1": "Україна",
                "addressAdminUnitL2": community.OBLAST_UK,
                "addressAdminUnitL3": community.RAION_UK,
                "addressAdminUnitL4": community.COMMUNITY_UK,
                "addressPostName": address.settlement,
                "addressThoroughfare": address.street,
                "addressLocatorDesignator": label,
                "decisionNumber": str(chance.randint(12, 890)),
                "decisionIssuedDate": f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
                "statusType": chance.choice(statuses),
            },
        )
