"""A table without places asks by which columns it is placed, and where."""

import pytest

from geoportal.core.errors import InvalidInput
from importers.addresses.book import open_book
from importers.addresses.candidates import list_candidates
from importers.stages.answers import check_answers
from importers.stages.placing import count_unplaced, list_open_addresses, place_addresses
from importers.stages.services import answer_import, check_import
from importers.states import State
from layers.models import Feature
from tests.importers.stages.conftest import publish

pytestmark = pytest.mark.django_db
TABLE = "uid,name,address\n1,Аптека 1,вул. Незалежності 10\n2,Аптека 2,вул. Київська 1\n"
REGISTER = (
    '{"type": "FeatureCollection", "features": ['
    '{"type": "Feature", "id": "1", "geometry": {"type": "Point", "coordinates": [30.5, 50.4]},'
    ' "properties": {"settlement": "Калинобрід", "label": "вул. Незалежності, 10"}},'
    '{"type": "Feature", "id": "2", "geometry": {"type": "Point", "coordinates": [30.6, 50.4]},'
    ' "properties": {"settlement": "Яворовиця", "label": "вул. Незалежності, 10"}}]}'
)


def questions(import_):
    kept = import_.stages.get(name="questions").result["questions"]
    return {one["code"]: one for one in kept}


@pytest.fixture
def register(run_import, write_text):
    run_import(write_text(REGISTER, "addresses.geojson"), layer="addresses")


def test_columns_are_proposed_and_the_settlement_is_asked(register, receive, do):
    import_ = receive(TABLE, name="pharmacies.csv", slug="pharmacies", creates=True)
    assert import_.state == State.ASKING
    asked = questions(import_)
    assert asked["addresses"]["proposed"] == ["address"]
    assert [one["value"] for one in asked["settlement"]["choices"]] == [
        "Калинобрід", "Яворовиця", "",
    ]  # fmt: skip
    answers = {"addresses": ["address"], "settlement": "Калинобрід", "near": 5}
    import_ = do(check_import, do(answer_import, import_, answers=answers))
    assert (import_.state, import_.error) == (State.READY, "")
    assert "address-unknown" in import_.issues.filter(row=2).values_list("code", flat=True)
    do(publish, import_)
    placed = Feature.objects.get(layer__slug="pharmacies", geom__isnull=False)
    assert (placed.properties["name"], placed.geom.x) == ("Аптека 1", 30.5)


@pytest.mark.parametrize("answer", [{"near": "5"}, {"near": -1}, {"fit_areas": 1}])
def test_what_is_no_number_and_no_yes_is_refused(answer):
    with pytest.raises(InvalidInput):
        check_answers(answer)


def test_without_a_register_a_table_without_places_is_asked_for_its_columns(receive):
    import_ = receive(TABLE, name="pharmacies.csv", slug="pharmacies", creates=True)
    assert import_.state == State.ASKING
    assert "координат" in import_.error
    asked = questions(import_)
    assert "addresses" not in asked
    columns = [one["value"] for one in asked["place"]["choices"]]
    assert columns == ["", "uid", "name", "address", "@none"]
    assert asked["lon"]["kind"] == "choice"


def test_a_table_that_needs_no_places_goes_on_when_that_is_answered(register, receive, do):
    import_ = receive(TABLE, name="pharmacies.csv", slug="pharmacies", creates=True)
    assert "@none" in [one["value"] for one in questions(import_)["place"]["choices"]]
    import_ = do(answer_import, import_, answers={"place": "@none"})
    assert "addresses" not in questions(import_)
    do(publish, do(check_import, import_))
    assert Feature.objects.filter(layer__slug="pharmacies", geom__isnull=True).count() == 2


HARD = (
    "uid,name,address\n1,Аптека 1,вул. Незалежності 10\n2,Аптека 2,вул. Незалежності 77\n"
    "3,Аптека 3,вул. Незалежна 10\n4,Аптека 4,вул. Незалежності 77\n"
)
ANSWERS = {"addresses": ["address"], "settlement": "Калинобрід", "near": 5}


@pytest.fixture
def checked(register, receive, do):
    import_ = receive(HARD, name="pharmacies.csv", slug="pharmacies", creates=True)
    return do(check_import, do(answer_import, import_, answers=ANSWERS))


def place(do, import_, **places):
    return do(lambda import_: place_addresses(import_, places), import_)


def test_an_address_that_was_not_found_is_listed_once_with_its_rows(checked):
    (first, *_rest) = list_open_addresses(checked)
    assert (first.text, first.rows) == ("вул. Незалежності 77", (2, 4))
    assert count_unplaced(checked) >= 2


def test_what_is_placed_by_hand_is_part_of_the_import(checked, do):
    import_ = place(do, checked, **{"вул. Незалежності 77": (30.55, 50.45)})
    assert import_.state == State.READY
    told = import_.issues.filter(code="address-placed").values_list("row", flat=True)
    assert sorted(told) == [2, 4]
    do(publish, import_)
    by_name = {
        f.properties["name"]: f.geom for f in Feature.objects.filter(layer__slug="pharmacies")
    }
    assert by_name["Аптека 2"].coords == by_name["Аптека 4"].coords == (30.55, 50.45)
    assert by_name["Аптека 1"].x == 30.5


def test_a_place_is_taken_back(checked, do):
    import_ = place(do, checked, **{"вул. Незалежності 77": (30.55, 50.45)})
    (first, *_rest) = list_open_addresses(import_)
    assert first.lonlat == (30.55, 50.45)
    import_ = place(do, import_, **{"вул. Незалежності 77": None})
    assert not import_.issues.filter(code="address-placed").exists()
    assert "placed" not in import_.answers
    assert place_addresses(import_, {"вул. Незалежності 77": None})[1] == 0


def test_the_next_file_of_the_kind_remembers_the_place(checked, do, receive):
    do(publish, place(do, checked, **{"вул. Незалежності 77": (30.55, 50.45)}))
    again = receive(
        HARD.replace("Аптека 2", "Аптека два"), name="pharmacies2.csv", slug="pharmacies"
    )
    if again.state == State.ASKING:
        again = do(check_import, again)
    assert again.answers["placed"] == {"вул. Незалежності 77": [30.55, 50.45]}
    assert again.issues.filter(code="address-placed").count() == 2


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"a": [1]},
        {"a": [181, 0]},
        {"a": [0, 91]},
        {"a": ["1", 2]},
        {"a": [True, 2]},
        {"a" * 1001: [1, 2]},
    ],
)
def test_what_is_no_place_is_refused(answer):
    with pytest.raises(InvalidInput):
        check_answers({"placed": answer})


def test_candidates_are_the_house_then_its_street_then_what_is_like_it(register):
    book = open_book()

    def titles(text, settlement="Калинобрід"):
        found = list_candidates(book, text, settlement)
        return [(each.spot.title, each.accuracy) for each in found]

    house, street = "Калинобрід, вулиця Незалежності, 10", "Калинобрід, вулиця Незалежності"
    assert titles("вул. Незалежності 10а") == [(house, "house"), (street, "street")]
    assert titles("вул. Незалежності 77") == [(street, "street")]
    assert (house, "house") in titles("вул. Незалижна 10")
    assert titles("вул. Щорса 10") == []
    assert titles("") == []
    both = titles("вул. Незалежності 10", "Чужинці")
    assert {title for title, _accuracy in both} >= {house, "Яворовиця, вулиця Незалежності, 10"}
