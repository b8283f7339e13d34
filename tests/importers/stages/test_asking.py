"""What is asked of a file, with what was found: only what matters, and so that it changes."""

import pytest
from django.contrib.gis.geos import GEOSGeometry

from importers.stages.selectors import list_questions
from importers.stages.services import answer_import
from importers.states import State
from layers.schema.specs import FieldSpec
from layers.services import add_feature
from tests.importers.stages.several import write_town

pytestmark = pytest.mark.django_db
PAIRS = 'Назва;Координати\nШкола;"50.41, 30.5"\nСадок;"50.42, 30.51"\n'
OAKS = "id,lon,lat,species\n1,30.5,50.4,дуб\n2,30.51,50.41,Дуб \n3,30.52,50.42,дубб\n"


def write_boundary(make_layer):
    place = "POLYGON((30 50, 31 50, 31 51, 30 51, 30 50))"
    title = FieldSpec(name="title", type="text", title_uk="Назва")
    layer = make_layer(
        "boundary", kind="territory", geometry_type="polygon", fields=(title,), title_field="title"
    )
    geom = GEOSGeometry(place, srid=4326)
    add_feature(layer=layer, key="1", geom=geom, values={"title": "Місто"})


def ask(import_):
    return {one["code"]: one for one in list_questions(import_)}


def test_a_file_with_geometry_of_its_own_is_asked_for_no_columns(receive, tmp_path):
    town = write_town(tmp_path / "town.gpkg").read_bytes()
    asked = ask(receive(town, "town.gpkg", creates=True, answers={"dataset": "парки"}))
    assert not {"lon", "lat", "place", "place_order", "header_row"} & set(asked)


def test_a_column_of_places_can_be_chosen_and_let_go(receive, do):
    import_ = receive(PAIRS, creates=True, slug="schools")
    place = ask(import_)["place"]
    assert (place["proposed"], place["choices"][0]["value"]) == ("Координати", "")
    assert len(place["rows"]) == 2
    import_ = do(answer_import, import_, answers={"place": "Координати"})
    import_ = do(answer_import, import_, answers={"place": ""})
    assert (import_.state, ask(import_)["place"]["answer"]) == (State.ASKING, "")


def test_each_order_of_coordinates_says_where_the_rows_would_fall(receive, make_layer):
    write_boundary(make_layer)
    order = ask(receive(PAIRS, creates=True, slug="schools"))["place_order"]
    told = {one["value"]: one["samples"] for one in order["choices"]}
    assert order["proposed"] == "lat-lon"
    assert told["lat-lon"][0] == "50.41, 30.5 → у громаді: Місто"
    assert "поза громадою" in told["lon-lat"][0]


def test_an_order_holds_for_a_column_that_only_its_cells_tell(receive):
    text = 'Назва;Де\nШкола;"30.5, 50.41"\nСадок;"30.51, 50.42"\n'
    import_ = receive(text, creates=True, slug="schools", answers={"place_order": "lon-lat"})
    assert (import_.state, import_.error) == (State.ASKING, "")
    assert ask(import_)["place_order"]["answer"] == "lon-lat"


def test_a_wrong_encoding_that_was_chosen_is_asked_again_with_the_letters(receive, do):
    raw = "id;lon;lat;Порода\n1;30.5;50.4;Їжакова груша\n".encode("cp1251")
    import_ = do(answer_import, receive(raw, creates=True), answers={"encoding": "cp866"})
    asked = ask(import_)["encoding"]
    shown = {one["value"]: one["samples"] for one in asked["choices"]}
    assert asked["answer"] == "cp866"
    assert shown["cp1251"][0] == "Їжакова груша"
    assert shown["cp866"][0] != "Їжакова груша"
    import_ = do(answer_import, import_, answers={"encoding": "utf-8"})
    asked = ask(import_)["encoding"]
    shown = {one["value"]: " ".join(one["samples"]) for one in asked["choices"]}
    assert "Їжакова груша" in shown["cp1251"]
    assert "Їжакова груша" not in shown["koi8_u"]
    assert do(answer_import, import_, answers={"encoding": ""}).error == ""


def test_a_key_that_was_answered_is_asked_further(receive, do, make_layer):
    make_layer(slug="keyed", key_field="species")
    import_ = receive("id,lon,lat,sort\n1,30.5,50.4,Дуб\n", slug="keyed")
    assert ask(import_)["key"]["required"]
    import_ = do(answer_import, import_, answers={"key": "sort"})
    asked = ask(import_)["key"]
    assert asked["answer"] == "sort"
    assert [one["value"] for one in asked["choices"]] == ["id", "lon", "lat", "sort"]
    assert ask(do(answer_import, import_, answers={"key": "id"}))["key"]["answer"] == "id"


def test_a_unique_column_is_proposed_to_a_layer_that_knows_no_key(receive, trees, plant):
    assert ask(receive())["key"]["proposed"] == "id"
    plant(trees, "of-another-source")
    assert ask(receive())["key"]["proposed"] == "@content"
    plant(trees, "2")
    assert ask(receive())["key"]["proposed"] == "id"


def test_values_that_are_no_choice_are_shown_with_rows_and_what_was_meant(receive, trees):
    assert "accept_choices" not in ask(receive())
    trees.fields.filter(name="species").update(choices=[{"value": "дуб"}, {"value": "клен"}])
    asked = ask(receive(OAKS))["accept_choices"]
    sure, others = (one["samples"] for one in asked["choices"])
    assert [text.replace("\u00a0", " ") for text in sure] == ["Порода: “Дуб ” → дуб · 1 рядок"]
    assert "найближче: «дуб»" in others[0]
    assert "1 рядок має значення" in asked["reason"]
