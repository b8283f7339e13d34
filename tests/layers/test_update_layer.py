"""A standing layer follows its description: titles, style, passport, who sees it, its fields."""

from dataclasses import replace

import pytest

from geoportal.core.errors import InvalidInput
from layers.models import Changeset, Layer
from layers.schema.specs import FieldSpec, LayerSpec, read_spec
from layers.services import create_layer, update_layer

pytestmark = pytest.mark.django_db
STYLE = {"light": [{"type": "circle"}]}


def test_a_layer_becomes_as_described_and_a_second_time_nothing_changes(trees, plant, officer):
    plant(trees, "1")
    spec = replace(
        read_spec(trees),
        title_uk="Дерева міста",
        style=STYLE,
        licence="CC0-1.0",
        keywords=("зелень",),
        legal_basis="Рішення ради",
        min_zoom=12,
        fields=(
            FieldSpec(name="species", title_uk="Вид", searchable=True),
            FieldSpec(name="height", type="number", audience="staff"),
            FieldSpec(name="inspector_remark", audience="staff"),
        ),
    )
    update = update_layer(layer=trees, spec=spec, actor=officer)
    assert update.changed == (
        "title_uk", "style", "min_zoom", "licence", "keywords", "legal_basis", "fields",
    )  # fmt: skip
    assert (update.schema.kind, update.schema.author) == ("schema", officer)
    standing = Layer.objects.get(pk=trees.pk)
    assert read_spec(standing) == spec
    assert standing.features.get().internal == {"height": 12.5, "inspector_remark": "таємне"}
    again = update_layer(layer=trees, spec=spec)
    assert (again.changed, again.schema) == ((), None)
    assert Layer.objects.get(pk=trees.pk).updated_at == standing.updated_at
    assert Changeset.objects.filter(layer=trees, kind="schema").count() == 1


def test_what_is_made_from_a_description_reads_as_it(council):
    spec = LayerSpec(
        slug="wells",
        title_uk="Криниці",
        organisation=council,
        keywords=("вода",),
        fields=(
            FieldSpec(name="state", choices=({"value": "a", "title_uk": "А", "title_en": ""},)),
        ),
    )
    assert read_spec(create_layer(spec=spec)) == spec


def test_a_title_field_may_change_together_with_the_fields(trees):
    spec = replace(
        read_spec(trees), title_field="name", fields=(FieldSpec(name="name", title_uk="Назва"),)
    )
    update_layer(layer=trees, spec=spec)
    assert read_spec(Layer.objects.get(pk=trees.pk)) == spec


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"style": {"light": 5}}, "style"),
        ({"color": "red"}, "color"),
        ({"slug": "other"}, "slug"),
        ({"kind": "territory"}, "kind"),
        ({"geometry_type": "polygon"}, "geometry_type"),
        ({"key_field": "species"}, "key_field"),
    ],
)
def test_a_description_that_cannot_be_is_refused_whole(trees, plant, given, named):
    plant(trees, "1")
    before = read_spec(trees)
    with pytest.raises(InvalidInput) as caught:
        update_layer(layer=trees, spec=replace(before, **{"title_uk": "Інше"} | given))
    assert list(caught.value.extra["errors"]) == [named]
    assert read_spec(Layer.objects.get(pk=trees.pk)) == before


def test_the_title_field_is_one_of_the_fields(trees):
    with pytest.raises(InvalidInput, match="nothing"):
        update_layer(layer=trees, spec=replace(read_spec(trees), title_field="nothing"))
    assert Layer.objects.get(pk=trees.pk).title_field == "species"


def test_an_empty_layer_may_still_change_its_geometry_and_key(trees):
    spec = replace(read_spec(trees), geometry_type="polygon", key_field="species")
    assert update_layer(layer=trees, spec=spec).changed == ("geometry_type", "key_field")
