"""Cultural heritage and sights for visitors."""

import shapely

from geoportal.demo import community, themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import CULTURE
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import ADDRESS, HOURS, PHONE, UID, URL, address_values
from geoportal.demo.registers.sights import SIGHTS_UK, Sight
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream
from layers.schema import Json

MONUMENT_KINDS = (
    ("археології", "archaeology"),
    ("історії", "history"),
    ("монументального мистецтва", "monumental art"),
    ("архітектури", "architecture"),
    ("містобудування", "urban planning"),
    ("садово-паркового мистецтва", "garden and park art"),
    ("ландшафтна", "landscape"),
    ("науки і техніки", "science and technology"),
)
HERITAGE = Register(
    slug="heritage",
    title=("Культурна спадщина", "Cultural heritage"),
    about=("Пам’ятки, занесені до переліку громади.", "Listed monuments of the community."),
    theme=themes.CULTURE,
    icon="landmark",
    color="#8a5a2b",
    publisher=CULTURE,
    legal_basis="Закон України «Про охорону культурної спадщини»; наказ від 11.03.2013 № 158",
    keywords=("пам’ятка", "спадщина", "архітектура"),
    update_frequency="annual",
    shown_by_default=True,
    min_zoom=11,
    fields=(
        UID,
        attribute("protectionNumber", "Охоронний номер", "Protection number", searchable=True),
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("kind", "Вид пам’ятки", "Kind", choices=MONUMENT_KINDS),
        attribute("significance", "Категорія", "Significance", choices=(
            ("національного значення", "of national significance"),
            ("місцевого значення", "of local significance"),
            ("щойно виявлений об’єкт", "newly discovered"),
        )),
        attribute("dating", "Датування", "Dating"),
        attribute("condition", "Стан", "Condition", choices=(
            ("добрий", "good"), ("задовільний", "fair"), ("незадовільний", "poor"),
            ("аварійний", "dangerous"),
        )),
        attribute("decision", "Рішення про облік", "Decision"),
        attribute("decisionDate", "Дата рішення", "Date of the decision", type="date"),
        *ADDRESS,
        URL,
        attribute("owner", "Власник або користувач", "Owner or user", staff=True),
    ),
)  # fmt: skip
SIGHTS = Register(
    slug="tourist_sights",
    title=("Цікаві місця", "Tourist sights"),
    about=("Що подивитися гостям громади.", "What visitors come to see."),
    theme=themes.CULTURE,
    icon="camera",
    color="#a34a6f",
    publisher=CULTURE,
    legal_basis="Закон України «Про туризм»",
    keywords=("туризм", "пам’ятки", "відпочинок"),
    update_frequency="annual",
    accepts_proposals=True,
    position=1,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("nameEn", "Назва англійською", "Name in English", searchable=True),
        attribute("description", "Опис", "Description"),
        HOURS,
        attribute("price", "Вхід", "Entrance", type="number", unit="грн"),
        *ADDRESS,
        PHONE,
        URL,
    ),
)
OLD_HOUSES = ("Будинок купця", "Прибутковий будинок", "Кам’яниця", "Будинок аптекаря",
              "Житловий будинок", "Крамниця", "Будинок лікаря", "Колишнє училище",
              "Колишня пошта", "Заїжджий двір")  # fmt: skip
PUBLIC: dict[str, tuple[str, str, str]] = {
    "Церква Святої Трійці": ("архітектури", "національного значення", "1768"),
    "Костел Святої Анни": ("архітектури", "національного значення", "1694"),
    "Церква Покрови Пресвятої Богородиці": ("архітектури", "місцевого значення", "1849"),
    "Калинобрідська міська рада": ("архітектури", "місцевого значення", "1904"),
    "Калинобрідський краєзнавчий музей": ("архітектури", "місцевого значення", "1887"),
    "Ліцей № 1 імені Лесі Українки": ("архітектури", "місцевого значення", "1911"),
    "Калинобрідський цукровий завод": ("науки і техніки", "місцевого значення", "1873"),
}


def build_culture(gazetteer: Gazetteer) -> list[Dataset]:
    return [
        HERITAGE.with_rows([*_public(gazetteer), *_old_houses(gazetteer), *_others(gazetteer)]),
        SIGHTS.with_rows(_sights(gazetteer)),
    ]


def _monument(
    number: int, name: str, kind: str, significance: str, dating: str, owner: str
) -> dict[str, Json]:
    chance = stream(f"heritage/{number}")
    listed = significance != "щойно виявлений об’єкт"
    uid = f"99-{number:03d}-{chance.randint(1000, 9999)}"
    return {
        "uid": uid,
        "protectionNumber": f"{999_000 + number}-Км" if listed else None,
        "name": name,
        "kind": kind,
        "significance": significance,
        "dating": dating,
        "condition": chance.choice(("добрий", "задовільний", "задовільний", "незадовільний")),
        "decision": f"Наказ № {chance.randint(40, 900)}" if listed else None,
        "decisionDate": f"{chance.randint(1985, 2023)}-{chance.randint(1, 12):02d}-14"
        if listed
        else None,
        "contactPointUrl": f"{community.SITE}/heritage/{uid}/",
        "owner": owner,
    }


def _public(gazetteer: Gazetteer) -> list[Row]:
    rows: list[Row] = []
    kinds = ("church", "council", "museum", "school", "factory")
    for place, address in gazetteer.places(*kinds):
        if place.name_uk in PUBLIC:
            values = _monument(len(rows) + 1, place.name_uk, *PUBLIC[place.name_uk], "комунальна")
            shape = place.building.representative_point()
            rows.append(Row(str(values["uid"]), shape, values | address_values(address)))
    return rows


def _old_houses(gazetteer: Gazetteer) -> list[Row]:
    """Every nineteenth house of the old town is worth keeping."""
    rows = []
    for number, (index, house) in enumerate(gazetteer.houses(["urban"])[4::19], start=20):
        chance = stream(f"old-house/{number}")
        name = chance.choice(OLD_HOUSES)
        significance = "місцевого значення" if chance.random() < 0.7 else "щойно виявлений об’єкт"
        dating = chance.choice(("кінець XIX ст.", "початок XX ст.", "1896", "1903", "1912"))
        values = _monument(number, name, "архітектури", significance, dating, "приватна")
        address = gazetteer.of_house(index)
        shape = house.shape.representative_point()
        rows.append(Row(str(values["uid"]), shape, values | address_values(address)))
    return rows


def _others(gazetteer: Gazetteer) -> list[Row]:
    """Ramparts, parks, mounds: monuments that are not houses."""
    rows = []
    for number, sight in enumerate(SIGHTS_UK, start=90):
        if sight.monument is None:
            continue
        point = _place(sight, gazetteer)
        values = _monument(number, sight.name_uk, *sight.monument, "громада")
        place = address_values(gazetteer.near(point), with_number=False)
        rows.append(Row(str(values["uid"]), point, values | place))
    return rows


def _place(sight: Sight, gazetteer: Gazetteer) -> shapely.Point:
    """Where it is: a park's or a building's own place when it is named after one."""
    for park in gazetteer.town.parks:
        if sight.of and park.name_uk == sight.of:
            return park.area.representative_point()
    for town_place in gazetteer.town.places:
        if sight.of and town_place.name_uk == sight.of:
            return town_place.building.representative_point()
    return shapely.Point(sight.at)


def _sights(gazetteer: Gazetteer) -> list[Row]:
    rows = []
    for number, sight in enumerate(SIGHTS_UK, start=1):
        uid, point = f"sight-{number:02d}", _place(sight, gazetteer)
        address = gazetteer.near(point)
        values: dict[str, Json] = {
            "uid": uid,
            "name": sight.name_uk,
            "nameEn": sight.name_en,
            "description": sight.about,
            "openingHours": sight.hours,
            "price": sight.price,
            "contactPointTelephone": community.phone(1600 + number) if sight.price else None,
            "contactPointUrl": f"{community.SITE}/visit/{uid}/",
        }
        place = address_values(address, with_number=address.point.distance(point) < 60)
        rows.append(Row(uid, point, values | place))
    return rows
