"""Shelters, by annex 72 to Cabinet resolution 835; who keeps the keys is for staff only."""

from geoportal.demo import themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import CIVIL_PROTECTION, EDUCATION, HOSPITAL, IMPROVEMENT
from geoportal.demo.people import invent_person
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ACCESSIBILITY,
    ADDRESS,
    DESCRIPTION,
    HOLDER,
    UID,
    address_values,
    holder_values,
)
from geoportal.demo.town.addresses import Address
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from layers.schema import Json

TYPES = (
    ("сховище", "blast shelter"),
    ("протирадіаційне укриття", "fallout shelter"),
    ("споруда подвійного призначення", "dual-purpose shelter"),
    ("найпростіше укриття", "simplest shelter"),
    ("швидкоспоруджувана захисна споруда", "rapidly built shelter"),
)
SHELTERS = Register(
    slug="shelters",
    title=("Укриття", "Shelters"),
    about=(
        "Захисні споруди цивільного захисту та найпростіші укриття.",
        "Civil protection shelters.",
    ),
    theme=themes.SAFETY,
    icon="shield-check",
    color="#3b5b92",
    publisher=CIVIL_PROTECTION,
    legal_basis="Кодекс цивільного захисту України, стаття 32; наказ МВС від 09.07.2018 № 579",
    keywords=("укриття", "сховище", "цивільний захист"),
    update_frequency="monthly",
    position=0,
    min_zoom=11,
    title_field="label",
    fields=(
        UID,
        attribute("label", "Назва", "Name", required=True, searchable=True),
        attribute("type", "Тип споруди", "Type", required=True, choices=TYPES),
        attribute("capacity", "Місткість", "Capacity", type="integer", unit="осіб"),
        *ADDRESS,
        DESCRIPTION,
        attribute("ownershipForm", "Форма власності", "Ownership", choices=(
            ("приватна", "private"), ("комунальна", "municipal"), ("державна", "state"),
        )),
        *HOLDER,
        attribute("purpose", "Використання в мирний час", "Use in peacetime"),
        ACCESSIBILITY,
        attribute("isRoundTheClock", "Відкрите цілодобово", "Open day and night", type="boolean"),
        attribute("responsiblePersonName", "Відповідальний за ключі", "Keeper of the keys",
                  staff=True),
        attribute("responsiblePersonPhone", "Телефон відповідального", "Keeper’s phone",
                  type="phone", staff=True),
    ),
)  # fmt: skip
HOLDERS = {"school": EDUCATION, "kindergarten": EDUCATION, "hospital": HOSPITAL, "clinic": HOSPITAL}


def build_safety(gazetteer: Gazetteer) -> list[Dataset]:
    """In schools, hospitals and public buildings, and in cellars of apartment houses."""
    rows: list[Row] = []
    kinds = ("school", "kindergarten", "hospital", "council", "culture", "college", "services")
    for place, address in gazetteer.places(*kinds):
        point = place.building.representative_point()
        public = place.kind in ("hospital", "school", "council")
        rows.append(_row(len(rows) + 1, point, address, place.name_uk, HOLDERS.get(
            place.kind, IMPROVEMENT), public))  # fmt: skip
    for index, house in gazetteer.houses(["apartments"])[::6]:
        address = gazetteer.of_house(index)
        point = house.shape.representative_point()
        rows.append(_row(len(rows) + 1, point, address, "", IMPROVEMENT, False))
    return [SHELTERS.with_rows(rows)]


def _row(
    number: int, point: Geometry, address: Address, name: str, holder: str, solid: bool
) -> Row:
    chance = stream(f"shelter/{number}")
    kind = chance.choice(TYPES[:3])[0] if solid and chance.random() < 0.6 else TYPES[3][0]
    uid = f"{99_000 + number}"
    values: dict[str, Json] = {
        "uid": uid,
        "label": f"Укриття: {name or f'{address.street}, {address.number}'}",
        "type": kind,
        "capacity": chance.randint(8, 60) * (10 if name else 3),
        "addressDescription": "вхід із двору" if not name else "вхід позначено покажчиком",
        "ownershipForm": "комунальна",
        "purpose": "Навчальні приміщення" if name and solid else "Господарські приміщення",
        "accessibilityClass": chance.choice(
            ("безбар’єрний", "частково безбар’єрний", "бар’єрний", "бар’єрний")
        ),
        "isRoundTheClock": chance.random() < 0.5,
        "responsiblePersonName": invent_person(f"keys/{number}"),
        "responsiblePersonPhone": f"+38000555{5000 + number}",
    }
    return Row(uid, point, values | address_values(address) | holder_values(holder))
