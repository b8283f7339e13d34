"""Values as people read them."""

import pytest
from django.utils import translation

from geoportal.mapkit.plain_text import strip_tags_to_lines
from geoportal.mapkit.values import name_feature, show_value, show_values
from layers.models import Layer, LayerField
from layers.schema.specs import FieldSpec
from layers.services import change_schema
from tests.conftest import TREE_FIELDS
from tests.geoportal.mapkit.value_cases import CASES


def make_field(**values: object) -> LayerField:
    return LayerField(**{"name": "x", "title_uk": "Поле", "type": "text"} | values)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize(("kind", "value", "expected"), CASES)
def test_value_is_shown_by_its_type_in_the_language(kind, value, expected, language):
    with translation.override(language):
        assert show_value(make_field(type=kind), value).text == expected[language]


def test_unit_stands_after_the_number_and_never_alone():
    field = make_field(type="number", unit="м²")
    assert show_value(field, 84.5).text == "84,5\u00a0м²"
    assert show_value(field, None).text == ""


def test_value_of_a_list_is_shown_by_its_title():
    choices = [{"value": "a", "title_uk": "Добрий", "title_en": "Good"}, {"value": "b"}]
    field = make_field(choices=choices)
    assert [show_value(field, value).text for value in ("a", "b", "c")] == ["Добрий", "b", "c"]
    with translation.override("en"):
        assert show_value(field, "a").text == "Good"


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("url", "https://town.example/a", "https://town.example/a"),
        ("text", "http://town.example/a", "http://town.example/a"),
        ("url", "javascript:alert(1)", ""),
        ("text", "див. https://town.example", ""),
        ("email", "a@town.example", "mailto:a@town.example"),
        ("email", "a@b.example, c@d.example", ""),
        ("phone", "+38 (067) 123-45-67", "tel:+380671234567"),
        ("phone", "067 1234567, 067 7654321", ""),
        ("phone", "101", "tel:101"),
    ],
)
def test_only_a_whole_safe_address_becomes_a_link(kind, value, href):
    assert show_value(make_field(type=kind), value).href == href


def test_text_without_tags_is_left_alone():
    assert strip_tags_to_lines("3 < 5 > 2 & AT&T") == "3 < 5 > 2 & AT&T"


def test_empty_values_are_left_out_and_the_order_is_the_schema_s():
    fields = [make_field(name=name, title_uk=name) for name in ("a", "b", "c")]
    shown = show_values(fields, {"c": 3, "a": "x", "b": ""})
    assert [(value.title, value.text) for value in shown] == [("a", "x"), ("c", "3")]


def test_feature_without_a_name_is_called_by_its_layer():
    layer = Layer(slug="halls", title_uk="Клуби", title_field="name")
    fields = [make_field(name="name")]
    assert name_feature(layer, fields, {"name": "Клуб<br>на горі"}) == "Клуб на горі"
    assert name_feature(layer, fields, {"name": None}) == "Клуби"


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59Z", "2026-13-45", "0000-00-00T00:00"]
)
def test_time_beyond_the_calendar_is_shown_as_it_is(text):
    assert show_value(make_field(type="datetime"), text).text == text


def test_huge_number_is_shown_to_its_last_digit():
    thin = "\u202f"
    shown = show_value(make_field(type="integer"), 10**400 + 1).text
    assert shown.replace(thin, "") == str(10**400 + 1)
    assert show_value(make_field(type="integer"), 2**63 - 1).text.endswith(f"775{thin}807")


@pytest.mark.django_db
def test_pages_of_a_feature_with_such_values_open(client, trees, plant):
    fields = (*TREE_FIELDS, FieldSpec(name="planted", type="datetime"))
    change_schema(layer=trees, fields=fields)
    plant(trees, "old", values={"planted": "0001-01-01T00:00:00+05:00"})
    for path in ("/layers/trees/", "/layers/trees/old/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "0001-01-01T00:00:00+05:00" in page.content.decode()
