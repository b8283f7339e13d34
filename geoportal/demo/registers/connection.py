"""Free Wi-Fi."""

from geoportal.demo import community, themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ADDRESS,
    HOURS,
    PHONE,
    UID,
    URL,
    address_values,
)
from geoportal.demo.town.addresses import Address
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream

WIFI = Register(
    slug="free_wifi",
    title=("Безоплатний Wi-Fi", "Free Wi-Fi"),
    about=("Точки безоплатного доступу до інтернету.", "Points of free Internet access."),
    theme=themes.SERVICES,
    icon="wifi",
    color="#1f8a8a",
    keywords=("Wi-Fi", "інтернет"),
    accepts_proposals=True,
    min_zoom=11,
    fields=(
        UID,
        attribute("name", "Назва", "Name", required=True, searchable=True),
        attribute("networkName", "Назва мережі", "Network name"),
        attribute("speed", "Швидкість", "Speed", type="integer", unit="Мбіт/с"),
        attribute("range", "Радіус дії", "Range", type="integer", unit="м"),
        attribute("backupPower", "Резервне живлення", "Backup power", type="boolean"),
        HOURS,
        *ADDRESS,
        PHONE,
        URL,
        attribute("equipmentNumber", "Інвентарний номер", "Inventory number", staff=True),
    ),
)
KINDS = ("council", "library", "museum", "culture", "services", "bus_station", "market",
         "hospital", "college", "hotel", "stadium")  # fmt: skip


def build_connection(gazetteer: Gazetteer) -> list[Dataset]:
    """In public buildings, in parks and squares, and on the market square's edge."""
    spots: list[tuple[str, Geometry, Address]] = [
        (place.name_uk, place.building.representative_point(), address)
        for place, address in gazetteer.places(*KINDS)
    ]
    for park in gazetteer.town.parks:
        if park.kind in ("park", "square"):
            point = park.area.representative_point()
            spots.append((park.name_uk, point, gazetteer.near(point)))
    return [WIFI.with_rows([_row(number, *spot) for number, spot in enumerate(spots, start=1)])]


def _row(number: int, name: str, point: Geometry, address: Address) -> Row:
    chance, uid = stream(f"wifi/{number}"), f"wifi-{number:02d}"
    outdoors = any(word in name for word in ("арк", "квер"))
    values = {
        "uid": uid,
        "name": f"Wi-Fi: {name}",
        "networkName": "Kalynobrid_Free",
        "speed": chance.choice((50, 100, 100, 200)),
        "range": 120 if outdoors else 40,
        "backupPower": chance.random() < 0.6,
        "openingHours": "Цілодобово" if outdoors else "У години роботи закладу",
        "contactPointTelephone": community.phone(1500 + number),
        "contactPointUrl": f"{community.SITE}/wifi/",
        "equipmentNumber": f"AP-{chance.randint(1000, 9999)}",
    }
    return Row(uid, point, values | address_values(address))
