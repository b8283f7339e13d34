"""The schema editor: fields added, retitled, moved, converted, hidden, retired and brought back."""

import pytest

from geoportal.accounts.models import User
from geoportal.staff.schema.forms import SchemaFieldForm
from layers.models import Feature, LayerField
from layers.schema.specs import read_fields
from layers.services import change_schema
from tests.geoportal.staff.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(grove) -> Desk:
    return Desk(User.objects.create_superuser("admin@example.org", "correct horse"))


def get(name: str) -> LayerField:
    return LayerField.objects.get(layer__slug="trees", name=name)


def read_version(desk: Desk) -> str:
    return desk.get("trees/schema/").split('name="version" value="')[1].split('"')[0]


def fill(name: str, **changed: object) -> dict[str, object]:
    """The form of a field as it was opened."""
    field = get(name)
    members = ("title_uk", "title_en", "type", "unit", "audience", "hint_uk", "hint_en")
    return {member: getattr(field, member) for member in members} | changed


def change(desk: Desk, name: str, status: int = 302, **changed: object) -> str:
    version = {"version": read_version(desk)}
    given = fill(name, **changed) | version
    return desk.post(f"trees/schema/{get(name).pk}/", status, **given)


def list_values(name: str) -> list[object]:
    features = Feature.objects.filter(layer__slug="trees").order_by("key")
    return [{**each.properties, **each.internal}.get(name, "gone") for each in features]


def test_a_field_is_added_and_named_after_its_title(desk):
    given = {"title_uk": "Стан кори", "type": "text", "audience": "public", "hint_uk": "на око"}
    given |= {"choices": "good | добрий | good\nbad", "version": read_version(desk)}
    assert "Схему збережено." in desk.post("trees/schema/add/", **given)
    made = get("stan_kory")
    assert made.hint_uk == "на око"
    assert made.choices == [
        {"value": "good", "title_uk": "добрий", "title_en": "good"},
        {"value": "bad", "title_uk": "", "title_en": ""},
    ]
    again = desk.post("trees/schema/add/", 400, **given | {"version": read_version(desk)})
    assert "Таке поле вже є" in again


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title_uk": ""}, "field-error"),
        ({"title_uk": "…"}, "латинкою"),
        ({"title_uk": "А", "choices": "x\nx"}, "двічі: x"),
        ({"title_uk": "А", "choices": "| без значення"}, "Напишіть так"),
        ({"title_uk": "А", "type": "poem"}, "field-error"),
    ],
)
def test_a_field_that_cannot_be_is_refused_with_words(desk, given, said):
    kept = {"type": "text", "audience": "public", "version": read_version(desk)}
    assert said in desk.post("trees/schema/add/", 400, **kept | given)


def test_a_new_title_is_saved_at_once(desk):
    assert "Схему збережено." in change(desk, "height", title_uk="Висота стовбура")
    assert get("height").title_uk == "Висота стовбура"
    assert "Нічого не змінено" in change(desk, "height")


def test_a_conversion_tells_how_many_values_convert_before_it_is_made(desk, grove):
    Feature.objects.filter(layer=grove.trees, key="1").update(
        properties={"species": "Дуб", "height": 9.0}
    )
    asked = change(desk, "height", 200, type="text")
    assert "Підходять або перетворяться: 2 з 2" in asked
    assert get("height").type == "number"
    assert "Схему збережено." in change(desk, "height", type="text", sure="yes")
    assert list_values("height") == ["9.0", "12.5", None]


def test_values_that_do_not_convert_are_named_and_nothing_is_changed(desk):
    asked = change(desk, "species", 200, type="number", sure="yes")
    assert "Підходять або перетворяться: 0 з 3" in asked
    assert 'href="/staff/layers/trees/objects/1/">1</a>: «Дуб»' in asked
    assert 'name="sure"' not in asked
    assert get("species").type == "text"


def test_fields_move_by_one_place(desk):
    height = get("height").pk
    for direction, order in (
        ("up", ["height", "species", "inspector_remark"]),
        ("up", ["height", "species", "inspector_remark"]),
        ("down", ["species", "height", "inspector_remark"]),
    ):
        version = read_version(desk)
        desk.post(f"trees/schema/{height}/move/", direction=direction, version=version)
        listed = LayerField.objects.filter(layer__slug="trees").values_list("name", flat=True)
        assert list(listed) == order


def test_hiding_a_field_is_asked_about_and_moves_its_values(desk):
    asked = change(desk, "height", 200, audience="staff")
    assert "бачитимуть лише працівники" in asked
    change(desk, "height", audience="staff", sure="yes")
    assert Feature.objects.get(layer__slug="trees", key="1").internal["height"] == 9


def test_publishing_what_is_for_staff_is_left_to_administrators(desk, chief):
    asked = change(desk, "inspector_remark", 200, audience="public")
    assert "може лише адміністратор" in asked
    assert 'name="sure"' not in asked
    change(desk, "inspector_remark", 403, audience="public", sure="yes")
    change(chief, "inspector_remark", audience="public", sure="yes")
    assert Feature.objects.get(layer__slug="trees", key="1").properties["inspector_remark"]


def test_a_retired_field_comes_back_with_its_values_for_staff(chief):
    version, height = read_version(chief), get("height").pk
    asked = chief.post(f"trees/schema/{height}/retire/", 200, version=version)
    assert "разом з 2 значеннями" in asked
    chief.post(f"trees/schema/{height}/retire/", version=version, sure="yes")
    assert list_values("height") == ["gone"] * 3
    shown = chief.get("trees/schema/")
    assert "Прибрані поля" in shown
    assert "Висота" in shown
    back = chief.post("trees/schema/return/", name="height")
    assert "Поле «height» повернено для працівників, значень: 2." in back
    assert list_values("height") == [9, 12.5, "gone"]
    assert (get("height").audience, get("height").unit) == ("staff", "м")
    assert "Прибрані поля" not in chief.get("trees/schema/")
    assert "немає" in chief.post("trees/schema/return/", name="height")


def test_a_field_that_names_objects_cannot_be_retired(chief):
    version = read_version(chief)
    shown = chief.post(f"trees/schema/{get('species').pk}/retire/", version=version, sure="yes")
    assert get("species").type == "text"
    assert "message-error" in shown


def test_two_who_change_one_schema_do_not_overwrite_each_other(desk, grove):
    given = fill("height", title_uk="Моя") | {"version": read_version(desk)}
    fields = read_fields(grove.trees)
    change_schema(layer=grove.trees, fields=tuple(reversed(fields)))
    assert "Тим часом хтось змінив" in desk.post(f"trees/schema/{get('height').pk}/", **given)
    assert get("height").title_uk == "Висота"


def test_others_read_the_schema_and_change_nothing(grove):
    other = Desk(grove.neighbour)
    assert "schema/add" not in other.get("trees/schema/")
    other.get(f"trees/schema/{get('height').pk}/", 403)
    other.post(f"trees/schema/{get('height').pk}/retire/", 403, sure="yes")
    other.post("trees/schema/return/", 403, name="height")


def test_an_address_without_a_scheme_is_one_of_https():
    field = SchemaFieldForm().fields["code_list"]
    assert field.clean("data.gov.ua/list") == "https://data.gov.ua/list"
