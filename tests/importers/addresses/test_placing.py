"""Tables without places, imported by the addresses of a real town."""

import csv
import json

import pytest
from django.core.management import call_command

from importers.addresses.columns import propose_columns
from importers.addresses.placing import AddressColumns
from importers.errors import UnusableOption
from layers.models import Feature
from tests.importers.conftest import codes, places

pytestmark = pytest.mark.django_db
LADYZHYN = "ua-ladyzhyn-geoportal"


def write_table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def register(run_import, write_geojson):
    """A street of two houses, one of them in a village as well."""
    houses = [
        ("Калинобрід", "вулиця Незалежності", "10", 27.06),
        ("Калинобрід", "вулиця Незалежності", "12-А", 27.07),
        ("Яворовиця", "вулиця Незалежності", "10", 27.16),
    ]
    run_import(
        write_geojson(
            *(
                {
                    "type": "Feature",
                    "id": str(number),
                    "properties": {
                        "addressPostName": town,
                        "addressThoroughfare": street,
                        "addressLocatorDesignator": house,
                        "street_name_old": "вул. Леніна",
                    },
                    "geometry": {"type": "Point", "coordinates": [lon, 50.25]},
                }
                for number, (town, street, house, lon) in enumerate(houses)
            ),
            name="addresses.geojson",
        ),
        layer="addresses",
    )


@pytest.fixture
def table(tmp_path):
    return write_table(
        tmp_path / "pharmacies.csv",
        [
            {"uid": "1", "name": "Аптека 1", "address": "вул. Незалежності, 10"},
            {"uid": "2", "name": "Аптека 2", "address": "вул.Ленiна 12а"},
            {"uid": "3", "name": "Аптека 3", "address": "вул. Незалежності, 77"},
            {"uid": "4", "name": "Аптека 4", "address": "вул. Київська, 1"},
            {"uid": "5", "name": "Аптека 5", "address": ""},
        ],
    )


def test_rows_are_placed_and_each_doubt_is_told(run_import, register, table):
    result = run_import(table, addresses=AddressColumns(("address",), "Калинобрід"))
    found = {key: geom and (geom.x, geom.y) for key, geom in places().items()}
    assert found == {"1": (27.06, 50.25), "2": (27.07, 50.25), "3": None, "4": None, "5": None}
    told = [each for each in codes(result) if each[1].startswith("address")]
    assert told == [
        (2, "address-renamed"),
        (3, "address-no-house"),
        (4, "address-unknown"),
        (5, "address-missing"),
    ]


def test_without_a_settlement_addresses_of_two_villages_are_listed(run_import, register, table):
    result = run_import(table, addresses=AddressColumns(("address",)))
    issue = next(one for one in result.issues if one.row == 1)
    assert issue.code == "address-ambiguous"
    assert "Калинобрід, вулиця Незалежності, 10; Яворовиця" in issue.message


def test_the_middle_of_the_street_is_taken_only_where_asked(run_import, register, table):
    asked = AddressColumns(("address",), "Калинобрід", to_street=True)
    result = run_import(table, addresses=asked)
    assert (3, "address-street") in codes(result)
    assert places()["3"] is not None


def test_parts_in_columns_of_their_own_are_joined(run_import, register, tmp_path):
    path = write_table(
        tmp_path / "parts.csv", [{"Місто": "Яворовиця", "Вулиця": "Незалежності", "Будинок": "10"}]
    )
    columns = propose_columns(["Місто", "Вулиця", "Будинок", "Назва"])
    assert columns == ["Місто", "Вулиця", "Будинок"]
    run_import(path, addresses=AddressColumns(tuple(columns)))
    (place,) = places().values()
    assert place.x == 27.16


def test_rows_with_a_place_keep_it(run_import, register, tmp_path):
    path = write_table(
        tmp_path / "some.csv",
        [
            {"uid": "1", "lon": "27.5", "lat": "50.5", "address": "вул. Незалежності, 10"},
            {"uid": "2", "lon": "", "lat": "", "address": "Незалежності 10"},
        ],
    )
    run_import(path, addresses=AddressColumns(("address",), "Калинобрід"))
    assert {key: geom.x for key, geom in places().items()} == {"1": 27.5, "2": 27.06}


def test_a_column_that_is_not_there_and_a_town_without_register_are_refused(run_import, table):
    with pytest.raises(UnusableOption, match="реєстру адрес"):
        run_import(table, addresses=AddressColumns(("address",)))
    with pytest.raises(UnusableOption, match="«адреса»"):
        run_import(table, addresses=AddressColumns(("адреса",)))


def test_the_command_takes_columns_and_settlement(register, table, capsys):
    call_command(
        "import_layer", str(table), layer="pharmacies", create=True, json=True,
        addresses=["address"], settlement="Калинобрід",
    )  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    assert report["issues_by_code"]["address-no-house"] == 1
    assert Feature.objects.filter(layer__slug="pharmacies", geom__isnull=False).count() == 2
