"""Playgrounds and sports grounds, by annex 68 to Cabinet resolution 835."""

from geoportal.demo import community, themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import BY_SLUG, EDUCATION, IMPROVEMENT
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ADDRESS,
    DESCRIPTION,
    HOLDER,
    UID,
    UPDATED,
    address_values,
    holder_values,
)
from geoportal.demo.town.amenities import Amenity, build_amenities
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream

FIELDS = (
    UID,
    attribute("label", "Назва", "Name", required=True, searchable=True),
    attribute("type", "Тип майданчика", "Type"),
    attribute("elements", "Обладнання", "Equipment"),
    attribute("surface", "Покриття", "Surface", choices=(
        ("ґумове", "rubber"), ("пісок", "sand"), ("трава", "grass"), ("асфальт", "asphalt"),
        ("штучна трава", "artificial turf"),
    )),
    attribute("area", "Площа", "Area", type="number", unit="м²"),
    attribute("isInclusive", "Інклюзивне обладнання", "Inclusive equipment", type="boolean"),
    attribute("lighting", "Освітлення", "Lighting", type="boolean"),
    *ADDRESS,
    DESCRIPTION,
    *HOLDER,
    attribute("startDate", "Введено в експлуатацію", "In use since", type="date"),
    UPDATED,
    attribute("inventoryOrgName", "Хто провів інвентаризацію", "Counted by"),
    attribute("inventoryOrgId", "Код ЄДРПОУ того, хто провів", "EDRPOU code of who counted"),
    attribute("passport", "Паспорт об’єкта", "Passport", type="url"),
)  # fmt: skip
PLAYGROUNDS = Register(
    slug="playgrounds",
    title=("Дитячі майданчики", "Playgrounds"),
    about=("Дитячі майданчики та їх обладнання.", "Playgrounds and their equipment."),
    theme=themes.LEISURE,
    icon="toy-brick",
    color="#e08e2b",
    publisher=IMPROVEMENT,
    keywords=("дитячий майданчик", "діти"),
    update_frequency="semiannual",
    accepts_proposals=True,
    min_zoom=12,
    title_field="label",
    fields=FIELDS,
)
SPORTS_GROUNDS = Register(
    slug="sports_grounds",
    title=("Спортивні майданчики", "Sports grounds"),
    about=("Спортивні майданчики, поля та стадіон.", "Sports grounds, pitches and the stadium."),
    theme=themes.LEISURE,
    icon="volleyball",
    color="#b8622f",
    publisher=IMPROVEMENT,
    keywords=("спорт", "стадіон", "спортивний майданчик"),
    update_frequency="semiannual",
    accepts_proposals=True,
    min_zoom=12,
    position=1,
    title_field="label",
    fields=FIELDS,
)
PLAY = ("гірка", "гойдалка дитяча", "пісочниця", "карусель", "гойдалка-балансир", "будиночок",
        "канатна сітка", "лави")  # fmt: skip
SPORT = {
    "Стадіон": ("футбольні ворота, бігові доріжки, трибуна", "трава"),
    "Шкільний спортивний майданчик": ("футбольні ворота, турніки, смуга перешкод", "трава"),
    "Футбольний майданчик": ("футбольні ворота, огорожа", "штучна трава"),
    "Баскетбольний майданчик": ("баскетбольні щити", "асфальт"),
    "Волейбольний майданчик": ("волейбольна сітка", "пісок"),
    "Майданчик вуличної гімнастики": ("турніки, бруси, рукохід, лава для преса", "ґумове"),
    "Тенісний корт": ("тенісна сітка, огорожа", "асфальт"),
}


def build_leisure(gazetteer: Gazetteer) -> list[Dataset]:
    amenities = build_amenities()
    return [
        PLAYGROUNDS.with_rows(_rows(gazetteer, "play", amenities.playgrounds)),
        SPORTS_GROUNDS.with_rows(_rows(gazetteer, "sport", amenities.pitches)),
    ]


def _rows(gazetteer: Gazetteer, prefix: str, found: list[Amenity]) -> list[Row]:
    chance, rows = stream(prefix), []
    counted_by = BY_SLUG[IMPROVEMENT]
    for number, amenity in enumerate(found, start=1):
        uid = f"{prefix}-{number:03d}"
        elements, surface = SPORT.get(
            amenity.kind, (", ".join(chance.sample(PLAY, 4)), chance.choice(("ґумове", "пісок")))
        )
        at_school = amenity.kind.startswith("Шкільний")
        address = gazetteer.near(amenity.shape)
        where = amenity.near or f"{address.street}, {address.number}"
        values = {
            "uid": uid,
            "label": f"{amenity.kind}: {where}",
            "type": "дитячий майданчик" if prefix == "play" else "спортивний майданчик",
            "elements": elements,
            "surface": surface,
            "area": round(amenity.shape.area, 1),
            "isInclusive": prefix == "play" and chance.random() < 0.2,
            "lighting": chance.random() < 0.55,
            "addressDescription": amenity.near or "у дворі",
            "startDate": f"{chance.randint(2008, 2024)}-{chance.randint(4, 10):02d}-01",
            "inventoryDate": community.COUNTED_ON,
            "inventoryOrgName": counted_by.name_uk,
            "inventoryOrgId": counted_by.edrpou,
            "passport": f"{community.SITE}/grounds/{uid}/" if chance.random() < 0.6 else None,
        }
        holder = holder_values(EDUCATION if at_school else IMPROVEMENT)
        place = address_values(address)
        rows.append(Row(uid, amenity.shape.centroid, values | holder | place))
    return rows
