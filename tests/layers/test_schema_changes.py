"""A schema changes together with the values it describes."""

import pytest

from geoportal.core.errors import InvalidInput
from layers.history import list_history
from layers.models import Changeset, Feature
from layers.services import change_schema
from layers.specs import FieldSpec
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
