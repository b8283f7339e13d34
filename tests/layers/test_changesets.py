"""A changeset is a diff by key: what is the same is not touched, what is replaced is kept."""

import json

import pytest
import shapely
from django.db import InternalError, connection, transaction

from geoportal.core.errors import Conflict
from layers.models import Changeset, Feature, FeatureVersion, LayerState
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db

POINT = "0101000020E61000000000000000803E400000000000004940"


def row(key, species="Дуб", wkb_hex=POINT, **internal):
    return StagedRow(key, wkb_hex, json.dumps({"species": species}), json.dumps(internal))


def load(layer, *rows, **options):
    return apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT, **options)


def counts(changeset):
    return changeset.added, changeset.changed, changeset.removed, changeset.unchanged


def test_merge_adds_and_changes_and_leaves_the_rest(trees):
    load(trees, row("1"), row("2"), row("3"))
    second = load(trees, row("2", "Клен"), row("3"), row("4"))
    assert counts(second) == (1, 1, 0, 1)
    species = dict(Feature.objects.filter(layer=trees).values_list("key", "properties__species"))
    assert species == {"1": "Дуб", "2": "Клен", "3": "Дуб", "4": "Дуб"}


def test_replace_removes_what_the_rows_do_not_name(trees):
    load(trees, row("1"), row("2"))
    assert counts(load(trees, row("2"), replace=True)) == (0, 0, 1, 1)
    assert list(Feature.objects.filter(layer=trees).values_list("key", flat=True)) == ["2"]


def test_an_unchanged_row_is_not_touched(trees):
    first = load(trees, row("1"))
    before = Feature.objects.get(layer=trees)
    load(trees, row("1"))
    after = Feature.objects.get(layer=trees)
    assert (after.changeset_id, after.updated_at) == (first.pk, before.updated_at)
    assert not FeatureVersion.objects.exists()


def test_attributes_that_a_row_does_not_name_are_kept(trees, plant):
    plant(trees, "1")
    load(trees, StagedRow("1", POINT, '{"species": "Клен"}'))
    feature = Feature.objects.get(layer=trees, key="1")
    assert feature.properties == {"species": "Клен", "height": 12.5}
    assert feature.internal == {"inspector_remark": "таємне"}


def test_a_shorter_list_is_a_change(trees):
    """Containment alone would call [1] the same as [1, 2]."""
    load(trees, StagedRow("1", POINT, '{"species": [1, 2]}'))
    assert load(trees, StagedRow("1", POINT, '{"species": [1]}')).changed == 1


def test_a_key_twice_is_refused_and_nothing_changes(trees):
    load(trees, row("1"))
    with pytest.raises(Conflict, match="2"), transaction.atomic():
        load(trees, row("1", "Клен"), row("2"), row("2"))
    assert Feature.objects.get(layer=trees).properties == {"species": "Дуб"}


def test_dry_run_counts_and_writes_nothing(trees):
    load(trees, row("1"))
    revision = LayerState.objects.get(layer=trees).revision
    counted = load(trees, row("1", "Клен"), row("2"), replace=True, dry_run=True)
    assert counts(counted) == (1, 1, 0, 0)
    assert counted.pk is None
    assert Changeset.objects.filter(layer=trees).count() == 1
    assert LayerState.objects.get(layer=trees).revision == revision


def test_rows_that_fail_midway_undo_all(trees):
    def broken():
        yield row("1")
        raise OSError("the file ends here")

    with pytest.raises(OSError, match="ends"), transaction.atomic():
        apply_changeset(layer=trees, rows=broken(), kind=Changeset.Kind.IMPORT)
    assert not Feature.objects.filter(layer=trees).exists()
    assert not Changeset.objects.exists()


def test_first_load_fills_a_partition_before_it_is_attached(council):
    layer = create_layer(spec=LayerSpec(slug="many", title_uk="Багато"), with_partition=False)
    assert counts(load(layer, *(row(str(n)) for n in range(5000)))) == (5000, 0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [f"layers_feature_{layer.pk}"]
        )
        indexes = " ".join(definition for (definition,) in cursor.fetchall())
    assert "gist (geom_3857)" in indexes
    assert "(layer_id, key)" in indexes
    assert Feature.objects.filter(layer=layer, key="4999").get().geom_3857.srid == 3857


@pytest.mark.parametrize("text", ["tab\there", "back\\slash", "new\nline", "\\N", "\\.", "'\"«»"])
def test_any_text_survives_the_copy(trees, text):
    key = f"ключ {text}"
    load(trees, row(key, text, note=text))
    feature = Feature.objects.get(layer=trees)
    assert (feature.key, feature.properties["species"]) == (key, text)
    assert feature.internal["note"] == text


def test_history_cannot_be_rewritten(trees):
    load(trees, row("1"))
    load(trees, row("1", "Клен"))
    for statement in (
        "UPDATE layers_featureversion SET key = 'x'",
        "DELETE FROM layers_featureversion",
    ):
        with (
            pytest.raises((InternalError, Exception), match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("table", ["layers_feature", "layers_feature_{layer}"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {table} (layer_id, key, changeset_id) VALUES ({layer}, 'new', 1)",
        "UPDATE {table} SET properties = '{{}}' WHERE layer_id = {layer}",
        "DELETE FROM {table} WHERE layer_id = {layer}",
        "TRUNCATE {table}",
    ],
)
def test_sql_aimed_at_the_table_or_a_partition_raises_the_revision(
    trees, make_layer, statement, table
):
    other = make_layer("other")
    load(trees, row("1"))
    load(other, row("1"))
    before = dict(LayerState.objects.values_list("layer_id", "revision"))
    with connection.cursor() as cursor:
        filled = table.format(layer=trees.pk)
        cursor.execute(statement.format(table=filled, layer=trees.pk))
    after = dict(LayerState.objects.values_list("layer_id", "revision"))
    assert after[trees.pk] > before[trees.pk]
    truncates_all = "TRUNCATE" in statement and table == "layers_feature"
    assert (after[other.pk] > before[other.pk]) == truncates_all


def test_the_database_refuses_places_outside_the_map(trees):
    with pytest.raises(Exception, match="layers_feature_place_in_mercator"), transaction.atomic():
        load(trees, row("1", wkb_hex=shapely.Point(200, 50).wkb_hex))
