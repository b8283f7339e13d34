"""Addresses looked up in a book: exact, old, short, misspelled, doubtful; never guessed."""

import json
import math
import sqlite3

import pytest

from importers.addresses.book import AddressBook, join_address, read_name, strip_settlement
from importers.addresses.matching import Accuracy, How, find_renamed, locate
from importers.addresses.parsing import parse_address
from importers.addresses.placing import describe
from importers.addresses.streets import Street
from layers.words.folding import fold


@pytest.fixture(scope="module")
def book():
    found = AddressBook()
    for place, text in enumerate(
        [
            "Калинобрід, вулиця Богдана Хмельницького, 1",
            "Калинобрід, вулиця Богдана Хмельницького, 3-А",
            "Калинобрід, вулиця Богдана Хмельницького, 12",
            "Калинобрід, вулиця Садова, 5",
            "Калинобрід, провулок Садовий, 5",
            "Калинобрід, вулиця Шевченка, 7",
            "Калинобрід, провулок Шевченка, 7",
            "Калинобрід, провулок Шевченка, 9",
            "Яворовиця, вулиця Шевченка, 7",
            "Калинобрід, вулиця Незалежності, 10/2",
        ]
    ):
        found.add_house(parse_address(text), 27 + place * 0.01, 50.2)
    found.add_renaming(
        Street("вулиця", "Леніна"), Street("вулиця", "Незалежності"), "м. Калинобрід"
    )
    return found


def look_up(book, text, settlement="Калинобрід"):
    return locate(book, parse_address(text), settlement)


@pytest.mark.parametrize(
    ("text", "title", "how"),
    [
        ("вул. Садова 5", "Калинобрід, вулиця Садова, 5", How.EXACT),
        ("вул. Cадoва, буд. 5", "Калинобрід, вулиця Садова, 5", How.EXACT),
        ("Хмельницького Богдана, 3а", "Калинобрід, вулиця Богдана Хмельницького, 3-А", How.EXACT),
        ("вул. Б.Хмельницького, 1", "Калинобрід, вулиця Богдана Хмельницького, 1", How.SHORT),
        ("вул. Леніна, 10/2", "Калинобрід, вулиця Незалежності, 10/2", How.RENAMED),
        ("вул. Незалежносты 10/2", "Калинобрід, вулиця Незалежності, 10/2", How.ALIKE),
        ("Шевченка 9", "Калинобрід, провулок Шевченка, 9", How.EXACT),
        ("с. Яворовиця, Шевченка 7", "Яворовиця, вулиця Шевченка, 7", How.EXACT),
    ],
)
def test_a_house_is_found(book, text, title, how):
    found = look_up(book, text)
    assert (found.accuracy, found.how) == (Accuracy.HOUSE, how)
    assert found.spot is not None
    assert found.spot.title == title


@pytest.mark.parametrize(
    ("text", "placed", "codes"),
    [
        ("", False, ["address-missing"]),
        ("вул. Грушевського, 1", False, ["address-unknown"]),
        ("вул. Садова, 77", False, ["address-no-house"]),
        ("вул. Садова", False, ["address-street-only"]),
        ("вул. Садова, 77", True, ["address-street"]),
        ("Шевченка, 7", False, ["address-ambiguous"]),
        ("вул. Леніна, 10/2", True, ["address-renamed"]),
        ("вул. Садовa 5 корп. 3", True, ["address-no-building"]),
        ("вул. Незалежносты 10/2", True, ["address-alike"]),
        ("вул. Садова 5", True, []),
    ],
)
def test_every_doubt_has_its_remark(book, text, placed, codes):
    found = describe(1, text, parse_address(text), look_up(book, text), placed=placed)
    told = list(found)
    assert [issue.code for issue in told] == codes
    assert all("%(" not in issue.message for issue in told)


def test_of_several_that_fit_none_is_taken_and_all_are_named(book):
    found = look_up(book, "Шевченка, 7")
    assert (found.accuracy, found.ambiguous, found.spot) == (Accuracy.NONE, True, None)
    assert found.others == ("Калинобрід, вулиця Шевченка, 7", "Калинобрід, провулок Шевченка, 7")


def test_without_a_settlement_the_same_street_of_two_villages_is_doubtful(book):
    assert look_up(book, "вул. Шевченка, 7", settlement="").ambiguous
    assert look_up(book, "вул. Шевченка, 7").accuracy == Accuracy.HOUSE


def test_a_house_that_is_not_there_is_not_put_beside_another(book):
    found = look_up(book, "вул. Богдана Хмельницького, 12-Б")
    assert found.accuracy == Accuracy.STREET
    assert found.others == ("Калинобрід, вулиця Богдана Хмельницького, 12",)


def test_the_middle_of_a_street_is_one_of_its_houses_or_of_its_line(book):
    found = look_up(book, "вул. Богдана Хмельницького, 99")
    assert found.spot is not None
    assert found.spot.lon == 27.01


def test_a_building_that_the_register_does_not_tell_apart_is_its_house(book):
    found = look_up(book, "вул. Садова, 5, корп. 2")
    assert (found.accuracy, found.without_building) == (Accuracy.HOUSE, True)


@pytest.mark.parametrize("text", ["вул. Грушевського, 1", "площа Садова, 5", "???", ""])
def test_what_is_not_in_the_book_has_no_place(book, text):
    assert look_up(book, text).accuracy == Accuracy.NONE


def test_another_settlement_is_not_taken_for_this_one(book):
    assert look_up(book, "м. Нетішин, вул. Садова, 5").accuracy == Accuracy.NONE


def test_organisations_of_ladyzhyn_are_found_by_its_register_of_houses(shared_data):
    def read(name):
        path = shared_data / "ua-ladyzhyn-geoportal" / name
        return json.loads(path.read_text(encoding="utf-8"))

    towns = {
        one["human_settlement_code"]: one["human_settlement_short_name"]
        for one in read("settlements.json")
    }
    book = AddressBook()
    for house in read("houses.geojson")["features"]:
        said = house["properties"]
        parts = {
            "settlement": towns[said["settlement_code"]],
            "street": said["street_name"],
            "house": str(said["house_name"]),
        }
        if house["geometry"]:
            book.add_house(join_address(parts), *house["geometry"]["coordinates"])
    distances = []
    for each in read("organizations.geojson")["features"]:
        found = locate(book, parse_address(each["properties"]["organization_address"]), "Ладижин")
        if found.accuracy == Accuracy.HOUSE and found.spot:
            lon, lat = each["geometry"]["coordinates"]
            east, north = (lon - found.spot.lon) * 73_300, (lat - found.spot.lat) * 111_195
            distances.append(math.hypot(east, north))
    assert len(distances) > 220
    assert sorted(distances)[len(distances) // 2] < 60  # from a door to the middle of its house


def test_every_old_name_of_shepetivka_leads_to_the_new_one(shared_data):
    path = shared_data / "ua-shepetivka-streets" / "streets.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT pos, objtype, old_name, new_name FROM streets").fetchall()
    book = AddressBook()
    for town, kind, old, new in rows:
        street = read_name(new, kind)
        book.open_street(street, town)
        book.add_renaming(read_name(old, kind), street, town)
    lost = []
    for town, kind, old, new in rows:
        address = join_address({"settlement": town, "street": f"{kind} {old}"})
        found = find_renamed(book, address, fold(strip_settlement(town)))
        if old != new and read_name(new).key not in {street.street.key for street in found}:
            lost.append((town, kind, old, new))
    assert len(rows) == 536
    assert lost == []
