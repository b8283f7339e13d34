"""Tables whose rows have no places: registers of decisions, appeals, petitions."""

import pytest

from importers.errors import UnusableFile, UnusableOption
from layers.schema.specs import FieldSpec
from tests.importers.conftest import codes, counts, places, stored

TABLE = "id,name\n1,Рішення\n2,Ухвала\n"


def test_that_there_are_no_places_is_asked_not_guessed(run_import, write_text):
    with pytest.raises(UnusableFile, match="@none"):
        run_import(write_text(TABLE))
    result = run_import(write_text(TABLE), place="@none")
    assert codes(result) == []
    assert list(places().values()) == [None, None]


def test_a_layer_without_places_takes_the_next_table_without_a_question(run_import, write_text):
    run_import(write_text(TABLE), place="@none")
    again = run_import(write_text(TABLE.replace("Ухвала", "Наказ")))
    assert counts(again) == (0, 1, 0, 1)
    assert codes(again) == []


def test_places_that_stand_are_not_taken_away_by_a_table_without_any(run_import, write_text):
    run_import(write_text("id,name,lon,lat\n1,Рішення,30.5,50.4\n", "placed.csv"))
    with pytest.raises(UnusableOption, match="--lon"):
        run_import(write_text(TABLE), place="@none")
    assert places()["1"].coords == (30.5, 50.4)


def test_coordinates_are_attributes_where_they_are_said_to_be_no_places(run_import, write_text):
    run_import(write_text("id,lon,lat\n1,30.5,50.4\n"), place="@none")
    assert stored()["1"] == {"id": 1, "lon": 30.5, "lat": 50.4}


@pytest.mark.parametrize("other", [{"lon": "id", "lat": "id"}, {"place_order": "lat-lon"}])
def test_no_places_and_columns_of_places_contradict_each_other(run_import, write_text, other):
    with pytest.raises(UnusableOption, match="@none"):
        run_import(write_text(TABLE), place="@none", **other)


def test_titles_under_the_headings_are_known_by_the_layers_own(run_import, write_text, make_layer):
    titles = {"uid": "Ідентифікатор", "issued": "Дата видачі", "name": "Назва"}
    fields = tuple(
        FieldSpec(name=name, title_uk=title, type="date" if name == "issued" else "text")
        for name, title in titles.items()
    )
    make_layer("acts", fields=fields, key_field="uid", title_field="")
    rows = "uid,issued,name\nІдентифікатор,Дата видачі,Назва\n1,2026-05-30,Акт\n"
    result = run_import(write_text(rows), layer="acts", place="@none")
    assert codes(result) == [(1, "title-row")]
    assert list(stored("acts")) == ["1"]
