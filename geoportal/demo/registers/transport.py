"""Car parks (annex 36) and stops of public transport (annex 27 to Cabinet resolution 835)."""

import shapely

from geoportal.demo import community, themes
from geoportal.demo.dataset import Dataset, Row, attribute
from geoportal.demo.organisations import BY_SLUG, ROADS
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import (
    ADDRESS,
    DESCRIPTION,
    HOLDER,
    HOURS,
    UID,
    address_values,
    holder_values,
)
from geoportal.demo.town.amenities import build_amenities
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.stops import build_stops

PARKING = Register(
    slug="parking",
    title=("Автостоянки", "Car parks"),
    about=("Місця паркування з тарифами.", "Car parks with their tariffs."),
    theme=themes.TRANSPORT,
    icon="square-parking",
    color="#3466a8",
    publisher=ROADS,
    legal_basis="Постанова Кабінету Міністрів України від 03.12.2009 № 1342",
    keywords=("паркування", "автостоянка"),
    min_zoom=12,
    position=1,
    title_field="label",
    fields=(
        UID,
        attribute("label", "Назва", "Name", required=True, searchable=True),
        attribute("type", "Тип", "Type", choices=(
            ("Відведений", "Marked"), ("Спеціально обладнаний", "Equipped"),
        )),
        attribute("lotQuantity", "Кількість місць", "Places", type="integer"),
        attribute("lotQuantityDisabled", "Місць для людей з інвалідністю",
                  "Places for disabled people", type="integer"),
        attribute("area", "Площа", "Area", type="number", unit="м²"),
        HOURS,
        attribute("price", "Вартість години", "Price an hour", type="number", unit="грн"),
        attribute("currencyCode", "Валюта", "Currency"),
        attribute("paymentType", "Тип оплати", "Payment", choices=(
            ("Готівковий", "Cash"), ("Безготівковий", "Cashless"),
            ("Готівковий та безготівковий", "Cash and cashless"),
        )),
        attribute("priceDescription", "Деталі оплати", "About payment"),
        attribute("mobileParkingUrl", "Мобільний паркінг", "Mobile parking", type="url"),
        *HOLDER,
        attribute("operatorName", "Оператор", "Operator"),
        attribute("operatorId", "Код ЄДРПОУ оператора", "Operator’s EDRPOU code"),
        *ADDRESS,
        DESCRIPTION,
    ),
)  # fmt: skip
STOPS = Register(
    slug="public_transport_stops",
    title=("Зупинки автобусів", "Bus stops"),
    about=("Зупинки міських і приміських автобусів.", "Stops of town and suburban buses."),
    theme=themes.TRANSPORT,
    icon="bus",
    color="#6a4fa3",
    publisher=ROADS,
    legal_basis="Закон України «Про автомобільний транспорт»",
    keywords=("зупинка", "автобус", "громадський транспорт"),
    min_zoom=12,
    title_field="label",
    fields=(
        UID,
        attribute("code", "Код", "Code"),
        attribute("label", "Назва", "Name", required=True, searchable=True),
        attribute("description", "Опис", "Description"),
        attribute("zoneId", "Тарифна зона", "Fare zone"),
        attribute("wheelchairBoarding", "Доступність", "Accessibility", type="integer"),
        attribute("addressPostName", "Населений пункт", "Settlement", searchable=True),
        attribute("addressThoroughfare", "Вулиця", "Street"),
        attribute("timezone", "Часовий пояс", "Time zone"),
    ),
)


def build_transport(gazetteer: Gazetteer) -> list[Dataset]:
    return [STOPS.with_rows(_stops()), PARKING.with_rows(_parking(gazetteer))]


def _stops() -> list[Row]:
    chance, rows = stream("stops/values"), []
    for number, stop in enumerate(build_stops(), start=1):
        uid = f"z-{number:03d}"
        values = {
            "uid": uid,
            "code": f"{number:03d}",
            "label": stop.name,
            "description": chance.choice(("Павільйон, лава", "Лава", "Павільйон, табло прибуття")),
            "zoneId": "0" if stop.settlement == community.TOWN_UK else "1",
            "wheelchairBoarding": chance.choice((0, 1, 1, 2)),
            "addressPostName": stop.settlement,
            "addressThoroughfare": stop.street,
            "timezone": "Europe/Kyiv",
        }
        rows.append(Row(uid, stop.point, values))
    return rows


def _parking(gazetteer: Gazetteer) -> list[Row]:
    rows, operator = [], BY_SLUG[ROADS]
    market_square = shapely.Point(0, 0)
    for number, lot in enumerate(build_amenities().parking, start=1):
        uid = f"{100_000 + number}"
        paid = lot.shape.distance(market_square) < 420
        values = {
            "uid": uid,
            "label": f"Стоянка: {lot.near}",
            "type": "Спеціально обладнаний" if lot.size > 20 else "Відведений",
            "lotQuantity": lot.size,
            "lotQuantityDisabled": max(1, round(lot.size * 0.1)),
            "area": round(lot.shape.area, 1),
            "openingHours": "Цілодобово",
            "price": 15.0 if paid else 0,
            "currencyCode": "UAH",
            "paymentType": "Безготівковий" if paid else None,
            "priceDescription": "З 20:00 до 08:00 безкоштовно" if paid else "Безкоштовно",
            "mobileParkingUrl": f"{community.SITE}/parking/" if paid else None,
            "operatorName": operator.name_uk,
            "operatorId": operator.edrpou,
            "addressDescription": lot.near,
        }
        place = address_values(gazetteer.near(lot.shape)) | holder_values(ROADS)
        rows.append(Row(uid, lot.shape.centroid, values | place))
    return rows
