"""A table without places asks by which columns it is placed, and where."""

import pytest

from geoportal.core.errors import InvalidInput
from importers.stages.answers import check_answers
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
    assert columns == ["uid", "name", "address", "@none"]
    assert asked["lon"]["kind"] == "choice"


def test_a_table_that_needs_no_places_goes_on_when_that_is_answered(register, receive, do):
    import_ = receive(TABLE, name="pharmacies.csv", slug="pharmacies", creates=True)
    assert "@none" in [one["value"] for one in questions(import_)["place"]["choices"]]
    import_ = do(answer_import, import_, answers={"place": "@none"})
    assert "addresses" not in questions(import_)
    do(publish, do(check_import, import_))
    assert Feature.objects.filter(layer__slug="pharmacies", geom__isnull=True).count() == 2
