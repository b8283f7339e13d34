"""A schema changes together with the values it describes."""

from dataclasses import replace

import pytest

from geoportal.core.errors import InvalidInput, VersionMismatch
from layers.models import Changeset, Feature, LayerState, SearchEntry
from layers.reading.finding import search_features
from layers.reading.history import list_history
from layers.reading.search import rebuild_search
from layers.schema.change import apply_change, build_version
from layers.schema.specs import FieldSpec, SchemaChange, read_fields
from layers.services import change_schema, preview_schema
from tests.conftest import TREE_FIELDS

pytestmark = pytest.mark.django_db


def test_values_move_to_internal_and_out_of_the_visible_past(trees, plant, resident, officer):
    plant(trees, "1")
    changeset = change_schema(
        layer=trees,
        fields=(
            FieldSpec(name="species"),
            FieldSpec(name="height", type="number", audience="staff"),
        ),
    )
    feature = Feature.objects.get(layer=trees, key="1")
    assert changeset.kind == Changeset.Kind.SCHEMA
    assert (feature.properties, feature.internal) == ({"species": "Дуб"}, {"height": 12.5})
    assert all(
        entry.properties == {"species": "Дуб"} and entry.internal == {}
        for entry in list_history(resident, trees, "1")
    )
    assert list_history(officer, trees, "1")[0].internal == {"height": 12.5}


def test_a_type_change_converts_values(trees, plant):
    plant(trees, "1")
    change_schema(
        layer=trees,
        fields=(
            FieldSpec(name="species"),
            FieldSpec(name="height"),
            FieldSpec(name="inspector_remark"),
        ),
    )
    assert Feature.objects.get(layer=trees).properties == {
        "species": "Дуб",
        "height": "12.5",
        "inspector_remark": "таємне",
    }


def test_a_type_that_values_do_not_fit_is_refused_whole(trees, plant):
    plant(trees, "1")
    with pytest.raises(InvalidInput) as caught:
        change_schema(
            layer=trees,
            fields=(FieldSpec(name="species", type="integer"), FieldSpec(name="height")),
        )
    assert "species" in caught.value.extra["errors"]["1"]
    assert Feature.objects.get(layer=trees).properties == {"species": "Дуб", "height": 12.5}
    assert trees.fields.get(name="height").type == "number"


def test_the_title_field_must_stay(trees):
    with pytest.raises(InvalidInput, match="species"):
        change_schema(layer=trees, fields=(FieldSpec(name="height", type="number"),))


def test_the_key_of_a_layer_cannot_be_hidden(make_layer):
    """It would go on standing in the address of each feature."""
    layer = make_layer("keyed", key_field="species")
    hidden = tuple(
        replace(field, audience="staff") if field.name == "species" else field
        for field in read_fields(layer)
    )
    for step in (preview_schema, change_schema):
        with pytest.raises(InvalidInput) as caught:
            step(layer=layer, fields=hidden)
        assert "audience" in caught.value.extra["errors"]["species"]
    assert layer.fields.get(name="species").audience == "public"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"type": "bogus"}, "type"),
        ({"audience": "nobody"}, "audience"),
        ({"name": "x" * 121}, "name"),
        ({"name": ""}, "name"),
        ({"code_list": "not an address"}, "code_list"),
    ],
)
def test_a_field_that_cannot_be_is_refused(make_layer, given, named):
    spec = FieldSpec(**{"name": "age"} | given)
    layer = make_layer()
    with pytest.raises(InvalidInput) as caught:
        change_schema(layer=layer, fields=(*TREE_FIELDS, spec))
    assert list(caught.value.extra["errors"][spec.name]) == [named]
    assert layer.fields.count() == len(TREE_FIELDS)
    with pytest.raises(InvalidInput):
        make_layer("other", fields=(*TREE_FIELDS, spec))


def change(layer, **asked):
    return apply_change(read_fields(layer), SchemaChange(**asked))


def test_a_preview_tells_who_loses_what_and_changes_nothing(trees, plant):
    plant(trees, "1")
    plant(trees, "2", values={"height": None})
    fields = change(
        trees,
        add=(FieldSpec(name="age", type="integer"),),
        change={"height": {"audience": "staff"}, "species": {"title_uk": "Вид"}},
        retire=("inspector_remark",),
        order=("height",),
    )
    before = (LayerState.objects.get(layer=trees).revision, build_version(read_fields(trees)))
    preview = preview_schema(layer=trees, fields=fields)
    effects = {effect.name: effect for effect in preview.effects}
    assert {name: (each.action, each.rows) for name, each in effects.items()} == {
        "height": ("changed", 1),
        "species": ("changed", 2),
        "age": ("added", 0),
        "inspector_remark": ("retired", 2),
    }
    assert (effects["height"].hidden, effects["species"].hidden) == (True, False)
    assert effects["species"].changed == ("title_uk",)
    assert preview.reordered
    assert preview.takes_away_or_publishes
    assert Changeset.objects.filter(layer=trees, kind="schema").count() == 0
    assert before == (LayerState.objects.get(layer=trees).revision, preview.version)
    change_schema(layer=trees, fields=fields)
    assert [field.name for field in trees.fields.all()] == ["height", "species", "age"]
    assert preview_schema(layer=trees, fields=fields).is_empty


def test_a_preview_tells_which_values_do_not_fit(trees, plant):
    plant(trees, "1", values={"height": 12.5})
    plant(trees, "2", values={"height": 3})
    fields = change(trees, change={"height": {"type": "integer"}})
    (effect,) = preview_schema(layer=trees, fields=fields).effects
    assert (effect.rows, effect.unfit, list(effect.examples)) == (2, 1, ["1"])
    with pytest.raises(InvalidInput):
        change_schema(layer=trees, fields=fields)


def test_titles_and_order_change_without_writing_features(trees, plant):
    plant(trees, "1")
    trees.refresh_from_db()
    revision, at = LayerState.objects.get(layer=trees).revision, trees.updated_at
    fields = change(trees, change={"height": {"title_uk": "Зріст"}}, order=("height",))
    changeset = change_schema(layer=trees, fields=fields)
    assert (changeset.changed, changeset.unchanged) == (0, 0)
    assert changeset.details == {
        "fields": [{"name": "height", "action": "changed", "changed": ["title_uk"]}]
    }
    assert LayerState.objects.get(layer=trees).revision == revision
    trees.refresh_from_db()
    assert trees.updated_at > at, "downloads are made anew"


def test_the_same_schema_again_is_no_changeset(trees):
    assert change_schema(layer=trees, fields=read_fields(trees)) is None
    assert not Changeset.objects.filter(layer=trees).exists()


def test_a_schema_that_was_changed_meanwhile_is_not_overwritten(trees):
    version = build_version(read_fields(trees))
    change_schema(layer=trees, fields=change(trees, change={"height": {"unit": "см"}}))
    with pytest.raises(VersionMismatch):
        change_schema(layer=trees, fields=TREE_FIELDS, expected_version=version)


def test_a_field_made_staffs_is_not_found_by_its_values(trees, plant):
    fields = change(trees, change={"height": {"searchable": True}})
    change_schema(layer=trees, fields=fields)
    plant(trees, "1", values={"height": 777})
    rebuild_search(trees)
    assert search_features("777")
    change_schema(layer=trees, fields=change(trees, change={"height": {"audience": "staff"}}))
    assert not SearchEntry.objects.filter(layer=trees).exists()
    rebuild_search(trees)
    assert not search_features("777")
    assert search_features("дуб")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"add": (FieldSpec(name="height"),)}, "height"),
        ({"add": (FieldSpec(name="age"), FieldSpec(name="age"))}, "age"),
        ({"change": {"age": {"unit": "м"}}}, "age"),
        ({"change": {"height": {"name": "tall"}}}, "height"),
        ({"change": {"height": {"colour": "red"}}}, "height"),
        ({"change": {"height": {"unit": ""}}, "retire": ("height",)}, "height"),
        ({"retire": ("age",)}, "age"),
        ({"order": ("age",)}, "age"),
        ({"order": ("height", "height")}, "height"),
        ({"order": ("height",), "retire": ("height",)}, "height"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused(trees, asked, named):
    with pytest.raises(InvalidInput) as caught:
        change(trees, **asked)
    assert list(caught.value.extra["errors"]) == [named]


def test_a_hint_is_told_with_the_field_and_is_no_change_of_values(trees, client):
    hint = {"hint_uk": "Від землі до вершини.", "hint_en": "From the ground to the top."}
    change_schema(layer=trees, fields=change(trees, change={"height": hint}))
    described = {
        field["name"]: field["hint"]
        for field in client.get("/api/v1/layers/trees/").json()["fields"]
    }
    assert described == {"species": "", "height": hint["hint_uk"]}
    assert hint["hint_uk"] in client.get("/layers/trees/").content.decode()


def test_a_range_refuses_what_stands_beyond_it_and_what_would_come(trees, plant):
    plant(trees, "1", values={"height": 12.5})
    ranged = change(trees, change={"height": {"minimum": 0, "maximum": 10}})
    (effect,) = preview_schema(layer=trees, fields=ranged).effects
    assert (effect.unfit, effect.changed) == (1, ("minimum", "maximum"))
    with pytest.raises(InvalidInput):
        change_schema(layer=trees, fields=ranged)
    change_schema(layer=trees, fields=change(trees, change={"height": {"minimum": 0}}))
    with pytest.raises(InvalidInput):
        plant(trees, "2", values={"height": -1})


def test_a_range_in_the_wrong_order_is_refused(trees):
    turned = change(trees, change={"height": {"minimum": 9, "maximum": 1}})
    with pytest.raises(InvalidInput) as caught:
        change_schema(layer=trees, fields=turned)
    assert list(caught.value.extra["errors"]["height"]) == ["maximum"]
