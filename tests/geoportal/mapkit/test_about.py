"""What is asked of an object first, from the attributes of real registers."""

from geoportal.mapkit.about import Spot, build_about
from layers.models import LayerField


def fields(**types: str) -> list[LayerField]:
    return [
        LayerField(name=name, type=kind, title_uk=name, audience="public", choices=[])
        for name, kind in types.items()
    ]


def test_an_institution_of_resolution_835():
    about = build_about(
        fields(name="text", openingHours="text", addressThoroughfare="text",
               addressLocatorDesignator="text", addressPostName="text",
               contactPointTelephone="phone", contactPointEmail="email", contactPointUrl="url",
               beds="integer"),
        {"name": "Лікарня", "openingHours": "Цілодобово", "addressThoroughfare": "вулиця Садова",
         "addressLocatorDesignator": "5", "addressPostName": "Місто", "beds": 5,
         "contactPointTelephone": "+38 044 123-45-67", "contactPointEmail": "a@b.example",
         "contactPointUrl": "https://b.example/x/"},
        Spot(30.5, 50.4),
    )  # fmt: skip
    assert (about["hours"], about["is_open"]) == ("24/7", True)
    assert about["open_state"] == "Відкрито цілодобово"
    assert about["address"] == "вулиця Садова, 5, Місто"
    assert [(each["href"], each["icon"]) for each in about["contacts"]] == [
        ("tel:+380441234567", "phone"), ("mailto:a@b.example", "mail"),
        ("https://b.example/x/", "globe"),
    ]  # fmt: skip
    assert about["way"].endswith("?to=50.400000%2C30.500000")
    assert not {"name", "beds"} & set(about["told"])
    assert len(about["told"]) == 7


def test_names_of_openstreetmap_and_of_tables_are_known_too():
    about = build_about(
        fields(**{"addr:street": "text", "addr:housenumber": "text", "opening_hours": "text"}),
        {"addr:street": "Зелена", "addr:housenumber": 7, "opening_hours": "Mo-Fr 09:00-18:00"},
        None,
    )
    assert (about["address"], about["way"]) == ("Зелена, 7", "")
    assert about["is_open"] is not None
    about = build_about(
        fields(**{"Адреса": "text", "Режим роботи": "text"}),
        {"Адреса": "м. Місто,\n вул. Садова, 5", "Режим роботи": "за записом"},
        None,
    )
    assert about["address"] == "м. Місто, вул. Садова, 5"
    assert (about["hours"], about["is_open"], about["open_state"]) == ("за записом", None, "")


def test_what_cannot_be_followed_or_is_for_staff_is_left_to_others():
    known = fields(phone="phone", isRoundTheClock="boolean", house="text", openingHours="text")
    known[3].audience = LayerField.Audience.STAFF
    values = {
        "phone": "101, 102",
        "isRoundTheClock": False,
        "house": "5",
        "openingHours": "щодня 9-18",
    }
    about = build_about(known, values, None)
    assert about["contacts"] == []
    assert (about["hours"], about["address"]) == ("", "")
    assert "phone" not in about["told"]
    assert build_about(known, {"isRoundTheClock": True}, None)["is_open"] is True
