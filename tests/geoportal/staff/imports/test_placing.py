"""Addresses that were not found, placed by hand on a page of the wizard."""

import pytest
from django.contrib.gis.geos import GEOSGeometry

from importers.models import Import
from layers.models import Feature
from layers.schema.specs import FieldSpec
from layers.services import add_feature
from tests.conftest import write_layer

pytestmark = pytest.mark.django_db
TABLE = (
    "Ключ;Назва;Адреса\r\n1;Аптека 1;вул. Незалежності 10\r\n2;Аптека 2;вул. Незалежності 77\r\n"
    "3;Аптека 3;<b>Нізвідки</b> 5\r\n"
)


def write_register(council):
    """One house of a street that has more."""
    fields = tuple(FieldSpec(name=name) for name in ("settlement", "label"))
    layer = write_layer(council, "addresses", fields=fields, title_field="label")
    add_feature(
        layer=layer,
        geom=GEOSGeometry("POINT(30.5 50.4)", srid=4326),
        values={"settlement": "Калинобрід", "label": "вул. Незалежності, 10"},
    )


@pytest.fixture
def placing(wizard, council):
    """The wizard when the rows of a table of addresses are checked."""
    write_register(council)
    wizard.send(TABLE, name="аптеки.csv", into="new", layer="")
    wizard.post(
        "answers",
        **{"q-addresses": "Адреса", "q-settlement": "Калинобрід", "do": "check"},
    )
    assert wizard.state == "ready", wizard.words
    return wizard


def fill(*places: str) -> dict[str, str]:
    addresses = ("вул. Незалежності 77", "<b>Нізвідки</b> 5")
    named = enumerate(zip(addresses, places, strict=True))
    return {
        name: value
        for number, (address, place) in named
        for name, value in ((f"address-{number}", address), (f"place-{number}", place))
    }


def test_the_page_of_the_import_leads_to_the_addresses(placing):
    placing.get()
    assert "2 рядки без місця" in placing.words
    placing.get("addresses/")
    assert "вул. Незалежності 77" in placing.words
    assert "лише вулиця" in placing.words
    assert "<b>Нізвідки" not in placing.page
    assert "У реєстрі нічого схожого немає" in placing.words


def test_places_are_saved_and_the_rows_checked_again(placing):
    placing.post("addresses", **fill("50,45 30,55", "вулиця Незалежності, 10"))
    assert placing.state == "ready"
    placing.post("publish")
    stored = Feature.objects.filter(layer=Import.objects.latest("id").layer)
    xs = {feature.properties["Назва"]: feature.geom.x for feature in stored}
    assert xs == {"Аптека 1": 30.5, "Аптека 2": 30.55, "Аптека 3": 30.5}


def test_what_is_no_place_is_said_beside_it_and_nothing_is_lost(placing):
    answer = placing.post("addresses", **fill("50.45, 30.55", "десь там"))
    assert answer.status_code == 400
    assert 'value="50.45, 30.55"' in placing.page
    assert 'value="десь там"' in placing.page
    assert "ще нічого не збережено" in placing.words
    assert "placed" not in Import.objects.latest("id").answers


def test_addresses_that_the_file_does_not_have_are_passed_over(placing):
    placing.post("addresses", **{"address-0": "чужа", "place-0": "50.45, 30.55"})
    assert "placed" not in Import.objects.latest("id").answers


def test_the_register_is_asked_by_words(placing):
    found = placing.get("addresses/find/", address="Незалежності 10").json()["places"]
    assert found[0]["is_house"]
    assert placing.get("addresses/find/", address="").json() == {"places": []}


def test_where_nothing_waits_the_page_leads_back(wizard):
    wizard.send()
    assert wizard.get("addresses/").status_code == 302
