"""Hospitals and clinics, and pharmacies."""

from geoportal.demo import themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import HOSPITAL
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ACCESSIBILITY,
    ADDRESS,
    EMAIL,
    HOURS,
    PHONE,
    UID,
    URL,
    address_values,
    contact_values,
)
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream

HOSPITAL_TYPES = (
    ("Лікарня", "Hospital"),
    ("Поліклініка", "Polyclinic"),
    ("Амбулаторія", "Family clinic"),
    ("Медичний пункт", "Health post"),
    ("Станція екстреної допомоги", "Ambulance station"),
)
HOSPITALS = Register(
    slug="hospitals",
    title=("Лікарні та амбулаторії", "Hospitals and clinics"),
    about=(
        "Заклади охорони здоров’я громади з графіком, відділеннями й доступністю.",
        "Health facilities of the community with hours, departments and accessibility.",
    ),
    theme=themes.HEALTH,
    icon="hospital",
    color="#c0392b",
    publisher=HOSPITAL,
    legal_basis="Основи законодавства України про охорону здоров’я",
    keywords=("лікарня", "поліклініка", "амбулаторія", "медицина"),
    shown_by_default=True,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("type", "Тип закладу", "Type", choices=HOSPITAL_TYPES),
        *ADDRESS,
        HOURS,
        PHONE,
        attribute("emergencyPhone", "Цілодобова лінія", "Round-the-clock line", type="phone"),
        EMAIL,
        URL,
        attribute("departments", "Відділення і послуги", "Departments and services"),
        attribute("beds", "Кількість ліжок", "Beds", type="integer", unit="ліжок"),
        ACCESSIBILITY,
        attribute("isShelter", "Є укриття", "Has a shelter", type="boolean"),
    ),
)
PHARMACIES = Register(
    slug="pharmacies",
    title=("Аптеки", "Pharmacies"),
    about=(
        "Аптеки з графіком роботи та відпуском за програмою «Доступні ліки».",
        "Pharmacies with hours and the Affordable Medicines programme.",
    ),
    theme=themes.HEALTH,
    icon="pill",
    color="#2e8b57",
    keywords=("аптека", "ліки"),
    position=1,
    min_zoom=11,
    accepts_proposals=True,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        *ADDRESS,
        HOURS,
        PHONE,
        attribute("isRoundTheClock", "Цілодобово", "Open day and night", type="boolean"),
        attribute("affordableMedicines", "«Доступні ліки»", "Affordable Medicines", type="boolean"),
        ACCESSIBILITY,
    ),
)
DEPARTMENTS = (
    "Терапія, хірургія, травматологія, кардіологія, пологове відділення",
    "Педіатрія, дитяча хірургія, щеплення",
)
CHAINS = ("Аптека «Калина»", "Аптека «Подорожник здоров’я»", "Аптека № 1", "Аптека «Мелісса»",
          "Аптека «Добра ціна»")  # fmt: skip


def build_health(gazetteer: Gazetteer) -> list[Dataset]:
    return [
        HOSPITALS.with_rows(_hospitals(gazetteer)),
        PHARMACIES.with_rows(_pharmacies(gazetteer)),
    ]


def _type_of(kind: str, name: str) -> str:
    if kind == "hospital":
        return "Лікарня"
    if kind == "ambulance":
        return "Станція екстреної допомоги"
    if name.startswith("Амбулаторія"):
        return "Амбулаторія"
    return "Медичний пункт" if name.startswith("Медичний") else "Поліклініка"


def _hospitals(gazetteer: Gazetteer) -> list[Row]:
    chance, rows = stream("hospitals"), []
    for number, (place, address) in enumerate(
        gazetteer.places("hospital", "clinic", "ambulance"), start=1
    ):
        kind = _type_of(place.kind, place.name_uk)
        inpatient, small = kind == "Лікарня", kind == "Медичний пункт"
        hours = "Цілодобово" if inpatient or place.kind == "ambulance" else "Пн-Пт 08:00-18:00"
        uid = f"med-{number:02d}"
        values = {
            "uid": uid,
            "name": place.name_uk,
            "type": kind,
            "openingHours": "Пн, Ср, Пт 09:00-13:00" if small else hours,
            "emergencyPhone": "103" if inpatient else None,
            "departments": DEPARTMENTS[min(number, 2) - 1] if inpatient else None,
            "beds": (240, 60)[min(number, 2) - 1] if inpatient else None,
            "accessibilityClass": chance.choice(
                ("безбар’єрний", "частково безбар’єрний", "частково безбар’єрний")
            ),
            "isShelter": not small,
        }
        shape = place.building.representative_point()
        contacts = contact_values(uid, 1000 + number)
        rows.append(Row(uid, shape, values | address_values(address) | contacts))
    return rows


def _pharmacies(gazetteer: Gazetteer) -> list[Row]:
    """On ground floors in the old town, by blocks of flats, and one in each larger village."""
    chance, rows = stream("pharmacies"), []
    houses = gazetteer.houses(["urban"])[7::41] + gazetteer.houses(["apartments"])[5::34]
    villages = [v.plan.name_uk for v in gazetteer.town.villages if v.plan.houses >= 130]
    houses += [gazetteer.houses(["house"], name)[3] for name in villages]
    for number, (index, house) in enumerate(houses, start=1):
        day_and_night = number in (2, 9)
        uid = f"apt-{number:02d}"
        values = {
            "uid": uid,
            "name": CHAINS[number % len(CHAINS)],
            "openingHours": "Цілодобово"
            if day_and_night
            else chance.choice(("Пн-Нд 08:00-21:00", "Пн-Пт 08:00-20:00; Сб-Нд 09:00-18:00")),
            "contactPointTelephone": f"+38000555{1100 + number}",
            "isRoundTheClock": day_and_night,
            "affordableMedicines": chance.random() < 0.75,
            "accessibilityClass": chance.choice(
                ("безбар’єрний", "частково безбар’єрний", "бар’єрний")
            ),
        }
        address = gazetteer.of_house(index)
        rows.append(Row(uid, house.shape.representative_point(), values | address_values(address)))
    return rows
