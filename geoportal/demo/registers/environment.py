"""Waste containers, battery drop-off points and parks."""

from geoportal.demo import community, themes
from geoportal.demo.dataset import POLYGON, Dataset, Row, attribute
from geoportal.demo.organisations import BATTERIES, BY_SLUG, CLEAN_TOWN, IMPROVEMENT
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ADDRESS,
    DESCRIPTION,
    HOLDER,
    HOURS,
    PHONE,
    UID,
    UPDATED,
    URL,
    address_values,
    holder_values,
)
from geoportal.demo.registers.scaling import multiply_points
from geoportal.demo.styles.objects import park_style
from geoportal.demo.town.amenities import build_amenities
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream
from layers.schema import Json

ORGANISATION = (
    attribute("organizationName", "Обслуговує", "Served by"),
    attribute("organizationId", "Код ЄДРПОУ", "EDRPOU code"),
)
CONTAINERS = Register(
    slug="waste_containers",
    title=("Контейнерні майданчики", "Waste containers"),
    about=(
        "Майданчики для побутових відходів і роздільного збирання.",
        "Places for household waste and sorted waste.",
    ),
    theme=themes.ENVIRONMENT,
    icon="trash-2",
    color="#5d6d5e",
    publisher=CLEAN_TOWN,
    legal_basis="Закон України «Про управління відходами»",
    keywords=("відходи", "сміття", "контейнери", "сортування"),
    update_frequency="monthly",
    accepts_proposals=True,
    min_zoom=13,
    position=3,
    title_field="label",
    fields=(
        UID,
        attribute("label", "Назва", "Name", required=True),
        attribute("type", "Типи контейнерів", "Kinds of containers"),
        attribute("wasteType", "Які відходи", "Which waste"),
        attribute("cansCount", "Кількість контейнерів", "Containers", type="integer"),
        attribute("cansVolume", "Об’єм контейнерів", "Volume of containers", unit="л"),
        attribute("isRecycling", "Роздільне збирання", "Sorting", type="boolean"),
        *HOLDER,
        *ORGANISATION,
        attribute("serviceHours", "Графік вивезення", "Collection hours"),
        *ADDRESS,
        DESCRIPTION,
    ),
)
BATTERY_POINTS = Register(
    slug="battery_points",
    title=("Приймання батарейок", "Battery drop-off points"),
    about=(
        "Де здати батарейки, акумулятори й лампи.",
        "Where to hand in batteries, accumulators and lamps.",
    ),
    theme=themes.ENVIRONMENT,
    icon="battery-charging",
    color="#3f7d5a",
    publisher=BATTERIES,
    legal_basis="Закон України «Про управління відходами»",
    keywords=("батарейки", "небезпечні відходи", "переробка"),
    accepts_proposals=True,
    min_zoom=11,
    position=2,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("wasteType", "Що приймають", "What is taken"),
        attribute("isHazardWaste", "Небезпечні відходи", "Hazardous waste", type="boolean"),
        attribute("hazardWasteType", "Які небезпечні відходи", "Which hazardous waste"),
        *ORGANISATION,
        HOURS,
        PHONE,
        URL,
        *ADDRESS,
        DESCRIPTION,
    ),
)
PARKS = Register(
    slug="parks",
    title=("Парки і сквери", "Parks and squares"),
    about=("Озеленені території загального користування.", "Green areas open to everyone."),
    theme=themes.ENVIRONMENT,
    icon="trees",
    color="#5a9a48",
    style=park_style("#5a9a48"),
    geometry_type=POLYGON,
    publisher=IMPROVEMENT,
    legal_basis="Закон України «Про благоустрій населених пунктів»",
    keywords=("парк", "сквер", "зелені зони"),
    update_frequency="annual",
    shown_by_default=True,
    position=0,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("nameEn", "Назва англійською", "Name in English"),
        attribute("type", "Тип", "Type", choices=(("парк", "park"), ("сквер", "square garden"))),
        attribute("area_ha", "Площа", "Area", type="number", unit="га"),
        attribute("foundedYear", "Рік заснування", "Founded in", type="integer"),
        attribute("features", "Що є в парку", "What is there"),
        attribute("lighting", "Освітлення", "Lighting", type="boolean"),
        *HOLDER,
        URL,
        UPDATED,
    ),
)
FEATURES = (
    "Замкові вали, оглядовий майданчик, дитячий майданчик",
    "Набережна, лави, велодоріжка, альтанки",
    "Джерело, ставок, місток, спортивний майданчик",
    "Сцена, скейт-майданчик, дитячий майданчик",
    "Еколого-освітня стежка, пікнікові галявини",
)
CANS = "пластиковий на коліщатках"


def build_environment(gazetteer: Gazetteer, scale: int) -> list[Dataset]:
    return [
        BATTERY_POINTS.with_rows(_battery_points(gazetteer)),
        CONTAINERS.with_rows(_containers(gazetteer, scale)),
        PARKS.with_rows(_parks(gazetteer)),
    ]


def _organisation(slug: str) -> dict[str, Json]:
    organisation = BY_SLUG[slug]
    return {"organizationName": organisation.name_uk, "organizationId": organisation.edrpou}


def _containers(gazetteer: Gazetteer, scale: int) -> list[Row]:
    chance, rows = stream("containers/values"), []
    found = build_amenities().containers
    near = [gazetteer.near(amenity.shape) for amenity in found]
    points = [amenity.shape.centroid for amenity in found]
    for number, (point, index, _) in enumerate(multiply_points(points, scale), start=1):
        uid, count = f"WC-{number:04d}", found[index].size
        sorting = count >= 3
        values = {
            "uid": uid,
            "label": f"Контейнерний майданчик № {number}",
            "type": f"{CANS}, сітка для пластику" if sorting else CANS,
            "wasteType": "побутові відходи, скло, папір, пластик" if sorting
            else "побутові відходи (не сортовані)",
            "cansCount": count,
            "cansVolume": ", ".join(["1100.0"] * count),
            "isRecycling": sorting,
            "serviceHours": chance.choice(("Пн, Ср, Пт 07:00-09:00", "Вт, Чт, Сб 07:00-09:00",
                                           "Пн-Нд 06:00-08:00")),
            "addressDescription": "у дворі будинку" if count > 1 else "на розі вулиці",
        }  # fmt: skip
        holder = holder_values(CLEAN_TOWN) | _organisation(CLEAN_TOWN)
        rows.append(Row(uid, point, values | holder | address_values(near[index])))
    return rows


def _battery_points(gazetteer: Gazetteer) -> list[Row]:
    rows = []
    places = gazetteer.places("shop", "library", "services", "council", "college", "post")
    places += gazetteer.places("school")[::2]
    for number, (place, address) in enumerate(places, start=1):
        uid = f"BP-{number:02d}"
        lamps = number % 3 == 0
        values: dict[str, Json] = {
            "uid": uid,
            "name": f"Приймання батарейок: {place.name_uk}",
            "wasteType": "батарейки, акумулятори" + (", лампи" if lamps else ""),
            "isHazardWaste": True,
            "hazardWasteType": "лужні й літієві батарейки, акумулятори"
            + (", люмінесцентні лампи" if lamps else ""),
            "openingHours": "Пн-Нд 08:00-21:00" if place.kind == "shop" else "Пн-Пт 09:00-17:00",
            "contactPointTelephone": community.phone(1400 + number),
            "contactPointUrl": f"{community.SITE}/batteries/",
            "addressDescription": "бокс біля входу",
        }
        shape = place.building.representative_point()
        rows.append(Row(uid, shape, values | _organisation(BATTERIES) | address_values(address)))
    return rows


def _parks(gazetteer: Gazetteer) -> list[Row]:
    chance, rows = stream("parks"), []
    parks = [park for park in gazetteer.town.parks if park.kind in ("park", "square")]
    for number, park in enumerate(parks, start=1):
        uid = f"park-{number:02d}"
        square = park.kind == "square"
        values: dict[str, Json] = {
            "uid": uid,
            "name": park.name_uk,
            "nameEn": park.name_en,
            "type": "сквер" if square else "парк",
            "area_ha": round(park.area.area / 10_000, 2),
            "foundedYear": chance.randint(1955, 2018) if square else chance.randint(1878, 1975),
            "features": "Лави, квітники, дитячий майданчик" if square else FEATURES[number - 1],
            "lighting": square or chance.random() < 0.7,
            "contactPointUrl": f"{community.SITE}/parks/{uid}/",
            "inventoryDate": "2025-09-15",
        }
        rows.append(Row(uid, park.area, values | holder_values(IMPROVEMENT)))
    return rows
