"""One change of all objects that a filter finds, whatever the page of the table."""

import re

import pytest

from geoportal.core.errors import InvalidInput, VersionMismatch
from layers.models import Changeset, Feature, LayerState
from layers.services import change_many, edit_feature
from tests.conftest import plant_tree
from tests.geoportal.staff.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def alley(grove, monkeypatch):
    """Three more limes, and pages of two rows."""
    monkeypatch.setattr("geoportal.staff.objects.table.ROWS_A_PAGE", 2)
    for number in (10, 11, 12):
        plant_tree(grove.trees, str(number), values={"species": "Липа", "height": 7})
    return grove.trees


def list_values(name: str) -> dict[str, object]:
    return {each.key: each.properties.get(name) for each in Feature.objects.order_by("id")}


def build_ask(control, **given: object) -> dict[str, object]:
    return {"all": "1", "field": control("height")[1:], "do": "set", "back": "q=лип"} | given


def find_revision(shown: str) -> str:
    return re.search(r'name="revision" value="(\d+)"', shown)[1]


def test_all_that_the_filter_finds_is_counted_shown_and_changed_at_once(desk, alley, control):
    shown = desk.post("trees/bulk/", 200, **build_ask(control))
    assert "Заповнити «Висота» у 4 об’єктів" in shown
    assert re.search(r'<li>7\D{0,3} <span class="muted">3</span>', shown)
    sure = {"sure": "yes", control("height"): "8", "revision": find_revision(shown)}
    before = Changeset.objects.count()
    shown = desk.post("trees/bulk/", 303, **build_ask(control, **sure, comment="виміряно"))
    assert "Змінено 4 об’єкти." in shown
    heights = list_values("height")
    assert [heights[key] for key in ("2", "10", "11", "12")] == [8, 8, 8, 8]
    assert heights["1"] == 9
    changeset = Changeset.objects.latest("pk")
    assert Changeset.objects.count() == before + 1
    assert (changeset.changed, changeset.comment, changeset.author) == (4, "виміряно", desk.user)
    assert list_values("species")["10"] == "Липа"


def test_what_somebody_else_changed_meanwhile_is_asked_about_again(desk, alley, control):
    shown = desk.post("trees/bulk/", 200, **build_ask(control))
    edit_feature(layer=alley, key="1", values={"species": "Липа"})
    sure = {"sure": "yes", control("height"): "8", "revision": find_revision(shown)}
    shown = desk.post("trees/bulk/", 200, **build_ask(control, **sure))
    assert "Тим часом шар змінив хтось інший" in shown
    assert "у 5 об’єктів" in shown
    assert 'value="8"' in shown
    assert list_values("height")["10"] == 7


def test_a_value_that_the_field_does_not_take_is_said_beside_it(desk, alley, control):
    shown = desk.post("trees/bulk/", 200, **build_ask(control, sure="yes", revision="1",
                      **{control("height"): "високе"}))  # fmt: skip
    assert "“високе”" in shown or "«високе»" in shown
    assert "field-error" in shown
    assert list_values("height")["10"] == 7


def test_all_of_a_layer_are_deleted_and_brought_back(desk, alley):
    shown = desk.post("trees/bulk/", 200, all="1", do="delete", back="")
    assert "Видалити 6 об’єктів?" in shown
    revision = find_revision(shown)
    desk.post("trees/bulk/", 303, all="1", do="delete", back="", sure="yes", revision=revision)
    assert not Feature.objects.filter(layer=alley).exists()
    assert Changeset.objects.latest("pk").removed == 6


def test_a_filter_that_finds_too_many_or_nothing_says_so(desk, alley, control, monkeypatch):
    monkeypatch.setattr("geoportal.staff.objects.whole_filter.BULK_MAX", 3)
    assert "понад 3 об’єктів" in desk.post("trees/bulk/", 303, **build_ask(control))
    nothing = desk.post("trees/bulk/", 303, **build_ask(control, back="q=ґ"))
    assert "За цим фільтром нічого немає" in nothing


def test_values_that_stand_already_make_no_change(alley):
    revision = LayerState.objects.get(layer=alley).revision
    before = Changeset.objects.count()
    made = change_many(
        layer=alley, keys=["10", "11"], values={"height": 7}, expected_revision=revision
    )
    assert made.changed == 0
    assert Changeset.objects.count() == before


def test_no_keys_an_old_revision_and_unknown_fields_are_refused(alley):
    revision = LayerState.objects.get(layer=alley).revision
    with pytest.raises(InvalidInput):
        change_many(layer=alley, keys=[], values={"height": 1}, expected_revision=revision)
    with pytest.raises(VersionMismatch):
        change_many(layer=alley, keys=["1"], values={"height": 1}, expected_revision=revision - 1)
    with pytest.raises(InvalidInput):
        change_many(layer=alley, keys=["1"], values={"вік": 1}, expected_revision=revision)


def test_the_key_is_given_to_nobody(alley):
    """The page does not offer it, and a form made by hand gets no further."""
    alley.key_field = "species"
    revision = LayerState.objects.get(layer=alley).revision
    with pytest.raises(InvalidInput):
        change_many(layer=alley, keys=["10"], values={"species": "11"}, expected_revision=revision)


def test_who_may_not_edit_changes_nothing(grove, alley, control):
    Desk(grove.neighbour).post("trees/bulk/", 403, **build_ask(control))
