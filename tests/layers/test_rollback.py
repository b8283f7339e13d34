"""Rolling back is the inverse changeset; what was edited since is listed, not overwritten."""

import pytest
from django.contrib.gis.geos import Point

from geoportal.core.errors import Conflict
from layers.models import Changeset, Feature
from layers.schema.specs import FieldSpec
from layers.services import (
    add_feature,
    change_schema,
    delete_feature,
    edit_feature,
    rollback_changeset,
)

pytestmark = pytest.mark.django_db


def state(layer):
    return {
        feature.key: (feature.properties, feature.internal, feature.geom.coords)
        for feature in Feature.objects.filter(layer=layer)
    }


def last(layer):
    return Changeset.objects.filter(layer=layer).first()


def test_an_added_feature_goes(trees, plant):
    plant(trees, "1")
    result = rollback_changeset(changeset=last(trees))
    assert (result.changeset.removed, result.conflicts) == (1, ())
    assert state(trees) == {}


def test_an_edit_is_undone_with_place_and_attributes(trees, plant):
    plant(trees, "1")
    before = state(trees)
    edit_feature(
        layer=trees, key="1", values={"species": "Клен"}, geom=Point(31, 51), keep_geom=False
    )
    rollback_changeset(changeset=last(trees))
    assert state(trees) == before


def test_a_deleted_feature_comes_back(trees, plant):
    plant(trees, "1")
    before = state(trees)
    delete_feature(layer=trees, key="1")
    assert rollback_changeset(changeset=last(trees)).changeset.added == 1
    assert state(trees) == before


def test_rolling_a_rollback_back_does_the_change_again(trees, plant):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", values={"height": 20})
    after = state(trees)
    undone = rollback_changeset(changeset=last(trees)).changeset
    rollback_changeset(changeset=undone)
    assert state(trees) == after


def test_an_older_changeset_keeps_later_edits_and_lists_them(trees):
    from tests.layers.test_changesets import load, row

    load(trees, row("1"), row("2"), row("3"))
    old = load(trees, row("1", "Клен"), row("2", "Клен"), row("3", "Клен"), row("4", "Клен"))
    edit_feature(layer=trees, key="2", values={"species": "Ясен"})
    delete_feature(layer=trees, key="3")
    result = rollback_changeset(changeset=old)
    assert result.conflicts == ("2", "3")
    assert result.changeset.details == {"conflicts": ["2", "3"]}
    species = {key: properties["species"] for key, (properties, _, _) in state(trees).items()}
    assert species == {"1": "Дуб", "2": "Ясен"}


def test_a_feature_removed_and_added_again_is_a_conflict(trees, plant):
    plant(trees, "1")
    removal = delete_feature(layer=trees, key="1")
    plant(trees, "1", values={"species": "Новий"})
    with pytest.raises(Conflict) as caught:
        rollback_changeset(changeset=removal)
    assert caught.value.extra["conflicts"] == ("1",)
    delete_feature(layer=trees, key="1")
    rollback_changeset(changeset=removal)
    assert state(trees)["1"][0]["species"] == "Дуб"


def test_what_was_changed_and_changed_back_is_no_conflict(trees, plant):
    plant(trees, "1")
    edit = edit_feature(layer=trees, key="1", values={"height": 20}).changeset
    later = edit_feature(layer=trees, key="1", values={"height": 30}).changeset
    with pytest.raises(Conflict):
        rollback_changeset(changeset=edit)
    rollback_changeset(changeset=later)
    assert rollback_changeset(changeset=edit).conflicts == ()
    assert state(trees)["1"][0]["height"] == 12.5


def test_nothing_to_undo_twice(trees, plant):
    plant(trees, "1")
    changeset = last(trees)
    rollback_changeset(changeset=changeset)
    with pytest.raises(Conflict):
        rollback_changeset(changeset=changeset)


def test_what_became_internal_since_does_not_come_back_public(trees, plant):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", values={"height": 99})
    edit = last(trees)
    change_schema(
        layer=trees,
        fields=(
            FieldSpec(name="species"),
            FieldSpec(name="height", type="number", audience="staff"),
        ),
    )
    with pytest.raises(Conflict):
        rollback_changeset(changeset=edit)
    delete_feature(layer=trees, key="1")
    plant_again = add_feature(layer=trees, key="2", geom=None, values={"species": "Дуб"})
    assert plant_again.properties == {"species": "Дуб"}
    removal = Changeset.objects.get(layer=trees, removed=1)
    rollback_changeset(changeset=removal)
    feature = Feature.objects.get(layer=trees, key="1")
    assert (feature.properties, feature.internal) == ({"species": "Дуб"}, {"height": 99})


def test_a_change_of_the_schema_is_not_rolled_back_in_name_only(trees, plant):
    plant(trees, "1")
    changeset = change_schema(
        layer=trees, fields=(FieldSpec(name="species"), FieldSpec(name="height", audience="staff"))
    )
    with pytest.raises(Conflict):
        rollback_changeset(changeset=changeset)
    assert last(trees) == changeset
