"""Schools and kindergartens."""

from geoportal.demo import themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import EDUCATION
from geoportal.demo.people import invent_person
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
from layers.specs import FieldSpec


def _fields(*own: FieldSpec) -> tuple[FieldSpec, ...]:
    return (
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("institutionId", "Код ЄДРПОУ закладу", "EDRPOU code"),
        *own,
        *ADDRESS,
        HOURS,
        PHONE,
        EMAIL,
        URL,
        attribute("director", "Керівник", "Head"),
        ACCESSIBILITY,
        attribute("isShelter", "Є укриття", "Has a shelter", type="boolean"),
    )


SCHOOLS = Register(
    slug="schools",
    title=("Школи", "Schools"),
    about=("Заклади загальної середньої освіти.", "Institutions of general secondary education."),
    theme=themes.EDUCATION,
    icon="graduation-cap",
    color="#2b6cb0",
    publisher=EDUCATION,
    legal_basis="Закон України «Про повну загальну середню освіту»",
    keywords=("школа", "ліцей", "гімназія", "освіта"),
    update_frequency="semiannual",
    shown_by_default=True,
    fields=_fields(
        attribute(
            "level",
            "Рівень освіти",
            "Level",
            choices=(("початкова, базова", "primary, basic"),
                     ("базова, профільна", "basic, specialised"),
                     ("початкова, базова, профільна", "all levels")),
        ),
        attribute("pupils", "Учнів", "Pupils", type="integer", unit="осіб"),
        attribute("capacity", "Проєктна місткість", "Capacity", type="integer", unit="осіб"),
        attribute("builtYear", "Рік побудови", "Built in", type="integer"),
    ),
)  # fmt: skip
KINDERGARTENS = Register(
    slug="kindergartens",
    title=("Дитячі садки", "Kindergartens"),
    about=("Заклади дошкільної освіти.", "Institutions of preschool education."),
    theme=themes.EDUCATION,
    icon="baby",
    color="#d0679d",
    publisher=EDUCATION,
    legal_basis="Закон України «Про дошкільну освіту»",
    keywords=("дитячий садок", "дошкільна освіта"),
    update_frequency="semiannual",
    position=1,
    fields=_fields(
        attribute("groups", "Кількість груп", "Groups", type="integer"),
        attribute("children", "Дітей", "Children", type="integer", unit="осіб"),
        attribute("freePlaces", "Вільних місць", "Free places", type="integer"),
        attribute("inclusive", "Інклюзивні групи", "Inclusive groups", type="boolean"),
    ),
)


def build_education(gazetteer: Gazetteer) -> list[Dataset]:
    return [
        SCHOOLS.with_rows(_rows(gazetteer, "school")),
        KINDERGARTENS.with_rows(_rows(gazetteer, "kindergarten")),
    ]


def _rows(gazetteer: Gazetteer, kind: str) -> list[Row]:
    chance, rows = stream(kind), []
    for number, (place, address) in enumerate(gazetteer.places(kind), start=1):
        uid = f"{kind}-{number:02d}"
        in_town = place.settlement == "Калинобрід"
        values: dict[str, str | int | bool | None] = {
            "uid": uid,
            "name": place.name_uk,
            "institutionId": f"99{number + (200 if kind == 'school' else 300):06d}",
            "openingHours": "Пн-Пт 08:00-17:00" if kind == "school" else "Пн-Пт 07:30-18:30",
            "director": invent_person(uid),
            "accessibilityClass": chance.choice(
                ("безбар’єрний", "частково безбар’єрний", "бар’єрний")
            ),
            "isShelter": in_town or chance.random() < 0.6,
        }
        if kind == "school":
            capacity = chance.randint(42, 92) * 10 if in_town else chance.randint(12, 26) * 10
            is_lyceum = "Ліцей" in place.name_uk
            values |= {
                "level": "базова, профільна" if is_lyceum else "початкова, базова",
                "pupils": round(capacity * chance.uniform(0.72, 1.08)),
                "capacity": capacity,
                "builtYear": chance.randint(1911, 1989),
            }
        else:
            groups = chance.randint(6, 12) if in_town else chance.randint(2, 4)
            values |= {
                "groups": groups,
                "children": groups * chance.randint(17, 23),
                "freePlaces": chance.choice((0, 0, 2, 3, 5, 8)),
                "inclusive": chance.random() < 0.4,
            }
        contacts = contact_values(uid, (1200 if kind == "school" else 1300) + number)
        shape = place.building.representative_point()
        rows.append(Row(uid, shape, values | address_values(address) | contacts))
    return rows
