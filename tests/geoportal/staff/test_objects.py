"""Objects of a layer in a table and by forms: found, added, changed, merged, deleted, undone."""

import pytest

from layers.models import Changeset, Feature
from layers.services import edit_feature
from tests.conftest import write_layer
from tests.geoportal.staff.conftest import Desk

pytestmark = pytest.mark.django_db


def find(key: str) -> Feature:
    return Feature.objects.get(layer__slug="trees", key=key)


def list_keys(shown: str) -> list[str]:
    """Keys of the table in their order."""
    return [key for key in shown.split('name="keys" value="')[1:] for key in [key.split('"')[0]]]


@pytest.fixture
def form(grove, control):
    """What the browser sends of the form of the tree 1, as it was opened."""

    def fill(**changed: object) -> dict[str, object]:
        tree = find("1")
        values = {**tree.properties, **tree.internal} | changed
        controls = {control(name): value for name, value in values.items()}
        return controls | {"based_on": tree.changeset_id, "visibility": "public", "comment": ""}

    return fill


def test_the_table_shows_every_object_with_the_way_to_its_form(desk):
    shown = desk.get("trees/objects/")
    assert list_keys(shown) == ["1", "2", "3"]
    assert 'href="/staff/layers/trees/objects/2/"' in shown
    assert "Службова примітка" in shown


def test_who_may_only_look_is_offered_no_change_and_sees_nothing_internal(grove):
    other = Desk(grove.neighbour)
    shown = other.get("trees/objects/")
    assert "Липа" in shown
    assert "таємне" not in shown
    assert "Службова примітка" not in shown
    assert 'name="keys"' not in shown
    assert "таємне" not in other.get("trees/objects/1/")
    other.post("trees/objects/1/", 403, based_on=1)
    other.post("trees/bulk/", 403, keys="1", do="delete")
    other.get("trees/add/", 403)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"q": "лип"}, ["2"]),
        ({"q": "100%"}, []),
        ({"q": "ТАЄМНЕ"}, ["1", "2", "3"]),
        ({"q": "inspector_remark"}, []),
        ({"sort": "key", "down": "1"}, ["3", "2", "1"]),
        ({"sort": "height"}, ["3", "1", "2"]),
        ({"sort": "height", "down": "1"}, ["2", "1", "3"]),
        ({"field": "height", "asked": "empty"}, ["3"]),
        ({"field": "height", "asked": "filled"}, ["1", "2"]),
        ({"field": "species", "asked": "equals", "value": "Дуб"}, ["1"]),
        ({"field": "species", "asked": "holds", "value": "ЛЕ"}, ["3"]),
        ({"field": "absent", "sort": "absent"}, ["1", "2", "3"]),
    ],
)
def test_objects_are_found_and_sorted(desk, control, query, keys):
    for name in ("field", "sort"):
        if query.get(name) in ("height", "species"):
            query = query | {name: control(query[name])[1:]}
    assert list_keys(desk.get("trees/objects/", **query)) == keys


@pytest.mark.parametrize("words", ['"Дуб"', "a\\b", "тип: «ґ»", "50%_"])
def test_words_are_found_however_json_writes_them(desk, grove, words):
    edit_feature(layer=grove.trees, key="2", values={"species": f"Це {words} тут"})
    assert list_keys(desk.get("trees/objects/", q=words)) == ["2"]


@pytest.mark.parametrize("query", [{}, {"sort": "key"}, {"sort": "key", "down": "1"}])
def test_pages_go_on_from_the_last_row(desk, monkeypatch, query):
    monkeypatch.setattr("geoportal.staff.objects.table.ROWS_A_PAGE", 2)
    shown = desk.get("trees/objects/", **query)
    ahead = shown.split('rel="next" href="?')[1].split('"')[0]
    rest = desk.client.get(f"/staff/layers/trees/objects/?{ahead}").content.decode()
    assert sorted(list_keys(shown) + list_keys(rest)) == ["1", "2", "3"]
    assert 'rel="next"' not in rest


def test_an_address_of_a_page_that_cannot_be_is_refused_with_words(desk):
    assert "не вдалося прочитати" in desk.get("trees/objects/", 400, after="{]")


def test_a_save_changes_what_was_touched_and_offers_to_undo_it(desk, form, control):
    shown = desk.post("trees/objects/1/", **form(height="10,5") | {"comment": "виміряно"})
    assert "Об’єкт збережено." in shown
    saved = find("1")
    assert saved.properties == {"species": "Дуб", "height": 10.5}
    assert saved.changeset.comment == "виміряно"
    assert saved.changeset.author == desk.user
    assert saved.geom.coords == (30.5, 50.4)
    back = shown.split('class="done" method="post" action="')[1].split('"')[0]
    undone = desk.client.post(back, {"sure": "yes", "back": "/staff/layers/trees/objects/1/"})
    assert undone["Location"] == "/staff/layers/trees/objects/1/"
    assert find("1").properties["height"] == 9


def test_a_form_that_changes_nothing_writes_nothing(desk, form):
    before = Changeset.objects.count()
    assert "Нічого не змінено" in desk.post("trees/objects/1/", **form())
    assert Changeset.objects.count() == before


def test_a_value_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost(desk, form):
    shown = desk.post("trees/objects/1/", 400, **form(height="високе", species="Бук"))
    assert "«високе» – не число" in shown
    assert 'value="Бук"' in shown
    assert find("1").properties["species"] == "Дуб"


def test_what_the_schema_would_refuse_may_stand_until_it_is_touched(desk, grove, form):
    grove.trees.fields.filter(name="height").update(type="integer")
    Feature.objects.filter(pk=find("1").pk).update(properties={"species": "Дуб", "height": "?"})
    desk.post("trees/objects/1/", **form(species="Бук"))
    assert find("1").properties == {"species": "Бук", "height": "?"}


def test_two_who_changed_different_fields_meet_and_both_changes_stand(desk, grove, form):
    mine = form(height="10")
    edit_feature(layer=grove.trees, key="1", values={"species": "Бук"})
    shown = desk.post("trees/objects/1/", 409, **mine)
    assert "Дві зміни зустрілися" in shown
    assert find("1").properties["height"] == 9
    merged = mine | {"merged_on": find("1").changeset_id}
    desk.post("trees/objects/1/", **merged)
    assert find("1").properties == {"species": "Бук", "height": 10}


@pytest.mark.parametrize(("pick", "height"), [("mine", 10), ("theirs", 11)])
def test_where_two_changed_the_same_field_one_is_chosen(desk, grove, form, control, pick, height):
    mine = form(height="10")
    edit_feature(layer=grove.trees, key="1", values={"height": 11})
    shown = desk.post("trees/objects/1/", 409, **mine)
    assert f'name="pick-{control("height")}"' in shown
    merged = mine | {"merged_on": find("1").changeset_id, f"pick-{control('height')}": pick}
    desk.post("trees/objects/1/", **merged)
    assert find("1").properties["height"] == height


def test_a_merge_that_was_overtaken_once_more_is_asked_again(desk, grove, form):
    mine = form(height="10")
    edit_feature(layer=grove.trees, key="1", values={"species": "Бук"})
    stale = find("1").changeset_id
    edit_feature(layer=grove.trees, key="1", values={"species": "В’яз"})
    assert "В’яз" in desk.post("trees/objects/1/", 409, **mine | {"merged_on": stale})
    assert find("1").properties["height"] == 9


def test_an_object_is_added_with_its_place(desk, control):
    given = {control("species"): "Ясен", "place": "50.45, 30,52", "visibility": "staff"}
    shown = desk.post("trees/add/", **given, key="новий/1")
    assert "Об’єкт додано." in shown
    added = find("новий/1")
    assert added.geom.coords == (30.52, 50.45)
    assert added.visibility == "staff"
    assert "новий/1" in desk.post("trees/add/", 400, **given, key="новий/1")
    assert "широту й довготу" in desk.post("trees/add/", 400, **given | {"place": "тут"})


def test_a_deletion_is_asked_about_and_can_be_undone(desk):
    based_on = find("1").changeset_id
    assert "Видалити «Дуб» (1)?" in desk.post("trees/objects/1/", 200, action="delete")
    desk.post("trees/objects/1/", action="delete", sure="yes", based_on=based_on, comment="зрубано")
    life = desk.get("trees/objects/1/")
    assert "Цей об’єкт видалено" in life
    assert "зрубано" in life
    number = Changeset.objects.filter(layer__slug="trees").latest("id").pk
    desk.post(f"trees/history/{number}/rollback/", 303, sure="yes")
    assert find("1").properties["species"] == "Дуб"


def test_a_deletion_of_what_somebody_changed_meanwhile_is_asked_again(desk, grove):
    based_on = find("1").changeset_id
    edit_feature(layer=grove.trees, key="1", values={"height": 11})
    shown = desk.post("trees/objects/1/", action="delete", sure="yes", based_on=based_on)
    assert "Хтось змінив" in shown
    assert find("1").properties["height"] == 11


def test_one_field_is_set_for_many_objects_by_one_changeset(desk, control):
    number = Changeset.objects.latest("id").pk
    field = {"keys": ["1", "3"], "field": control("height")[1:], "do": "set", "back": "q=&sort=key"}
    asked = desk.post("trees/bulk/", 200, **field)
    assert "Клен" in asked
    wrong = desk.post(
        "trees/bulk/", 200, **field, sure="yes", based_on=number, **{control("height"): "x"}
    )
    assert "не число" in wrong
    done = field | {"sure": "yes", "based_on": number, control("height"): "7"}
    assert "Змінено 2 об’єкти." in desk.post("trees/bulk/", 303, **done)
    assert [find(key).properties["height"] for key in "123"] == [7, 12.5, 7]
    assert find("1").changeset == find("3").changeset
    again = done | {"based_on": find("1").changeset_id}
    assert "Нічого не змінено" in desk.post("trees/bulk/", 303, **again)
    assert find("1").geom.coords == (30.5, 50.4)


def test_the_address_of_a_change_of_many_leads_back_to_the_table(desk, grove):
    assert desk.client.get("/staff/layers/trees/bulk/").url == "/staff/layers/trees/objects/"


def test_many_are_deleted_at_once_unless_somebody_changed_one_of_them(desk, grove):
    number = Changeset.objects.latest("id").pk
    asked = {"keys": ["1", "2"], "do": "delete", "sure": "yes"}
    edit_feature(layer=grove.trees, key="1", values={"height": 11})
    assert "Хтось змінив 1" in desk.post("trees/bulk/", 200, **asked, based_on=number)
    latest = Changeset.objects.latest("id").pk
    assert "Видалено 2 об’єкти." in desk.post("trees/bulk/", 303, **asked, based_on=latest)
    assert list_keys(desk.get("trees/objects/")) == ["3"]


def test_nothing_chosen_is_said(desk):
    assert "Виберіть об’єкти" in desk.post("trees/bulk/", 303, do="delete")


def test_an_empty_layer_says_how_to_fill_it(desk, grove):
    write_layer(grove.trees.organisation, "empty")
    shown = desk.get("empty/objects/")
    assert "Шар порожній." in shown
    assert 'href="/staff/layers/empty/add/"' in shown
    assert 'href="/staff/imports/new/?layer=empty"' in shown


def test_an_object_leads_to_its_place_on_the_map_for_who_may_change_it(desk, grove):
    way = 'href="/staff/layers/trees/edit/?key=1"'
    assert way in desk.get("trees/objects/1/")
    assert way not in Desk(grove.neighbour).get("trees/objects/1/")
