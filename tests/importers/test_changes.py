"""A second import is a difference: by key, with the layer's own schema, all of it or nothing."""

import pytest
from django.db import connection

from geoportal.core.database.named_sql import load_sql
from importers.errors import UnusableFile, UnusableOption
from layers.models import Changeset, Feature, FeatureVersion, Layer, LayerState
from layers.schema.specs import FieldSpec, read_fields
from layers.services import change_schema, rollback_changeset
from tests.importers.conftest import codes, counts, feature, places, stored
from tests.layers.photographing import list_shown, photograph, take_cleaned

pytestmark = pytest.mark.usefixtures("either_way")
PLACE = (29.24, 48.68)


def table(*rows):
    return "id,lon,lat,name,height\n" + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def first(run_import, write_text):
    run_import(write_text(table("1,29.1,48.1,Дуб,10", "2,29.2,48.2,Клен,5", "3,29.3,48.3,Липа,")))


def test_merge_adds_changes_and_leaves_the_rest(first, run_import, write_text):
    path = write_text(table("2,29.2,48.2,Клен,6", "3,29.3,48.3,Липа,", "4,29.4,48.4,Ясен,1"))
    result = run_import(path)
    assert counts(result) == (1, 1, 0, 1)
    assert set(stored()) == {"1", "2", "3", "4"}
    changeset = Changeset.objects.get(pk=result.changeset)
    assert (changeset.added, changeset.changed, changeset.unchanged) == (1, 1, 1)
    assert changeset.source == "things.csv"
    assert changeset.details["crs"]["code"] == "EPSG:4326"
    assert FeatureVersion.objects.get(replaced_by=changeset).properties["height"] == 5


def test_replace_removes_what_the_file_does_not_name(first, run_import, write_text):
    path = write_text(table("2,29.2,48.2,Клен,5", "3,nowhere,48.3,Липа,"))
    result = run_import(path, replace=True)
    # Row 2 cannot be loaded, but the file names its feature: that one stays as it is.
    assert counts(result) == (0, 0, 1, 1)
    assert set(stored()) == {"2", "3"}


def test_photos_are_left_alone_and_a_file_does_not_fill_them(
    first, run_import, write_text, monkeypatch
):
    layer = Layer.objects.get(slug="things")
    take_cleaned(monkeypatch)
    change_schema(
        layer=layer, fields=[*read_fields(layer), FieldSpec(name="photos", type="photos")]
    )
    shown = list_shown(photograph(layer, "1"))
    path = write_text(
        "id,lon,lat,name,height,photos\n1,29.1,48.1,Дуб,11,x\n2,29.2,48.2,Клен,5,[]\n"
    )
    result = run_import(path, replace=True)
    assert counts(result) == (0, 1, 1, 1)
    assert list_shown(Feature.objects.get(layer=layer, key="1")) == shown


def test_a_moved_point_is_a_change_and_rounding_is_none(first, run_import, write_text):
    rows = ["1,29.1000000001,48.1,Дуб,10", "2,29.2001,48.2,Клен,5"]
    assert counts(run_import(write_text(table(*rows)))) == (0, 1, 0, 1)
    assert places()["1"].x == 29.1


def test_keys_of_any_letters_are_removed_and_kept(run_import, write_geojson):
    names = ["a\tb", "c\\d", "e\nf", "ґ\r", '"', "\\N", "💡"]
    rows = [feature(PLACE, {"code": name, "n": 1}) for name in names]
    assert run_import(write_geojson(*rows), key="code").added == len(names)
    assert set(stored()) == {name.strip() for name in names}
    assert counts(run_import(write_geojson(*rows), replace=True)) == (0, 0, 0, len(names))
    assert counts(run_import(write_geojson(*rows[:2]), replace=True)) == (0, 0, len(names) - 2, 2)


def test_a_trial_run_counts_and_changes_nothing(first, run_import, write_text):
    before = (stored(), Changeset.objects.count(), LayerState.objects.get().revision)
    path = write_text(table("2,29.2,48.2,Клен,6", "4,29.4,48.4,Ясен,1"))
    result = run_import(path, replace=True, dry_run=True)
    assert (counts(result), result.changeset) == ((1, 1, 2, 0), None)
    assert (stored(), Changeset.objects.count(), LayerState.objects.get().revision) == before


def test_a_trial_run_of_a_new_layer_leaves_no_layer(run_import, write_text):
    result = run_import(write_text(table("1,29.1,48.1,Дуб,10")), dry_run=True)
    assert (result.added, result.changeset, result.created) == (1, None, True)
    assert not Layer.objects.exists()
    assert not Feature.objects.exists()


def test_importing_the_same_again_changes_nothing(first, run_import, write_text):
    rows = ["1,29.1,48.1,Дуб,10", "2,29.2,48.2,Клен,5", "3,29.3,48.3,Липа,"]
    revision = LayerState.objects.get().revision
    assert counts(run_import(write_text(table(*rows)), replace=True)) == (0, 0, 0, 3)
    assert LayerState.objects.get().revision == revision


def test_an_import_can_be_rolled_back(first, run_import, write_text):
    before = stored()
    result = run_import(write_text(table("2,29.5,48.2,Клен,6", "4,29.4,48.4,Я,1")), replace=True)
    rollback_changeset(changeset=Changeset.objects.get(pk=result.changeset))
    assert stored() == before


def test_columns_the_schema_does_not_know_are_left_out_and_named(first, run_import, write_text):
    path = write_text("ID,lon,lat,secret,Height\n1,29.1,48.1,таємне,11\n")
    result = run_import(path)
    assert result.ignored_columns == ["secret"]
    # `name` is not in the file: it keeps its value.
    assert stored()["1"] == {"id": 1, "name": "Дуб", "height": 11}


def test_values_the_schema_refuses_are_reported_with_their_field(first, run_import, write_text):
    path = write_text(table("1,29.1,48.1,Дуб,високий", "2,29.2,48.2,Клен,7", "4,29,48,Я,1.5"))
    result = run_import(path)
    assert codes(result) == [(1, "invalid-value"), (3, "invalid-value")]
    assert (result.issues[-2].key, result.issues[-2].field) == ("1", "height")
    assert "високий" in result.issues[-2].message
    assert stored()["1"]["height"] == 10
    assert stored()["2"]["height"] == 7


def test_required_fields_and_choices_hold_for_files_too(first, run_import, write_text):
    choices = tuple(
        {"value": name, "title_uk": name, "title_en": ""} for name in ("Дуб", "Клен", "Липа")
    )
    change_schema(
        layer=Layer.objects.get(slug="things"),
        fields=[
            FieldSpec(name="id", type="integer"),
            FieldSpec(name="name", choices=choices),
            FieldSpec(name="height", type="integer", required=True),
        ],
    )
    path = write_text(table("5,29.1,48.1,Дуб,", "6,29.1,48.1,Пальма,3", "7,29.1,48.1,Дуб,3"))
    assert codes(run_import(path)) == [(1, "required-empty"), (2, "not-a-choice")]
    assert "7" in stored()
    without = write_text("id,lon,lat,name\n8,29.1,48.1,Дуб\n")
    assert codes(run_import(without)) == [(None, "required-missing")]


def test_staff_values_never_become_public(run_import, write_text):
    path = write_text("id,lon,lat,name,inspector\n1,29.1,48.1,Дуб,таємне\n")
    run_import(path, staff_fields=("Inspector",))
    feature_row = Feature.objects.get()
    assert feature_row.properties == {"id": 1, "name": "Дуб"}
    assert feature_row.internal == {"inspector": "таємне"}
    changed = write_text("id,lon,lat,name,inspector\n1,29.1,48.1,Дуб,інше\n")
    assert counts(run_import(changed)) == (0, 1, 0, 0)
    assert counts(run_import(changed)) == (0, 0, 0, 1)
    without = write_text("id,lon,lat,name\n1,29.1,48.1,Дуб\n")
    assert counts(run_import(without)) == (0, 0, 0, 1)
    assert Feature.objects.get().internal == {"inspector": "інше"}
    with pytest.raises(UnusableOption):
        run_import(changed, create=True, staff_fields=("name",))


def test_repeated_and_missing_keys(run_import, write_text):
    path = write_text("no,lon,lat\nA,29,48\nA,29,48\n,29,48\nB,29,48\n A ,29,48\n")
    result = run_import(path, key="NO")
    assert codes(result) == [(2, "key-repeated"), (3, "key-missing"), (5, "key-repeated")]
    assert (set(stored()), result.key_field) == ({"A", "B"}, "no")
    assert "1" in result.issues[-3].message


def test_rows_without_a_key_get_one_from_their_content(run_import, write_text):
    head, rows = "name,lon,lat\n", ["Дуб,29,48\n", "Дуб,29,48\n", "Клен,29.1,48\n"]
    first = run_import(write_text(head + "".join(rows)))
    assert (first.key_origin, len(stored())) == ("content", 3)
    keys = set(stored())
    assert any(key.endswith("-2") for key in keys)
    again = run_import(write_text(head + "".join(reversed(rows))))
    assert counts(again) == (0, 0, 0, 3)
    more = run_import(write_text(head + rows[0] + "Ясен,29,48\n"), replace=True)
    assert counts(more) == (1, 0, 2, 1)
    assert keys & set(stored())


def test_a_key_from_content_does_not_depend_on_the_neighbours(run_import, write_geojson):
    rows = [feature(PLACE, {"n": 1}), feature(None, {"n": 2}), feature((29, 48), {"n": 3})]
    line = {"type": "LineString", "coordinates": [[29, 48], [29.1, 48.1]]}
    run_import(write_geojson(*rows, feature(line, {"n": 4})))
    for rest in (rows, rows[1:], [rows[1]]):
        assert counts(run_import(write_geojson(*rest))) == (0, 0, 0, len(rest))


def test_the_key_of_the_layer_must_be_in_the_file(first, run_import, write_text):
    path = write_text("number,lon,lat,name\n1,29.1,48.1,Бук\n")
    with pytest.raises(UnusableOption) as refused:
        run_import(path)
    assert "--key" in str(refused.value)
    assert counts(run_import(path, key="number")) == (0, 1, 0, 0)
    assert stored()["1"] == {"id": 1, "name": "Бук", "height": 10}
    both = write_text("number,id,lon,lat\n1,2,29.1,48.1\n")
    with pytest.raises(UnusableOption):
        run_import(both, key="number")
    with pytest.raises(UnusableOption):
        run_import(path, key="nothing")


def test_a_file_without_places_does_not_take_places_away(first, run_import, write_text):
    with pytest.raises(UnusableFile):
        run_import(write_text("id,name\n1,Бук\n"))
    assert all(places().values())


def test_a_file_of_nothing_but_bad_rows_changes_nothing(first, run_import, write_text):
    path = write_text(table("1,abc,48.1,Дуб,10", "2,29.2,xyz,Клен,5"))
    with pytest.raises(UnusableFile) as refused:
        run_import(path, replace=True)
    assert "abc" in str(refused.value)
    assert len(stored()) == 3


def test_a_missing_layer_and_problems_are_refused(run_import, write_text, make_layer):
    path = write_text(table("1,29.1,48.1,Дуб,10"))
    with pytest.raises(UnusableOption):
        run_import(path, layer="nothing", create=False)
    with pytest.raises(UnusableOption):
        run_import(path, layer="Bad Slug!")
    make_layer("problems", kind="problems")
    with pytest.raises(UnusableOption):
        run_import(path, layer="problems")
    make_layer("trees")
    with pytest.raises(UnusableOption):
        run_import(path, layer="trees", create=True, kind="territory")


def test_create_for_a_layer_that_stands_updates_it_and_says_so(first, run_import, write_text):
    result = run_import(write_text(table("1,29.1,48.1,Дуб,11")), create=True, title="Інша назва")
    assert (counts(result), result.created) == ((0, 1, 0, 0), False)
    assert codes(result) == [(None, "layer-stands")]
    assert Layer.objects.get(slug="things").title_uk == "Things"


def test_what_a_new_layer_is_like(run_import, write_geojson, council):
    rows = [feature((29 + i / 1e5, 48), {"uid": f"t{i}", "Адреса": "вул."}) for i in range(20_001)]
    run_import(
        write_geojson(*rows, name="parking_space.geojson"),
        organisation=council,
        visibility="staff",
        title_field="Адреса",
    )
    layer = Layer.objects.get()
    assert (layer.title_uk, layer.visibility, layer.organisation) == (
        "Parking space",
        "staff",
        council,
    )
    assert (layer.key_field, layer.title_field, layer.min_zoom) == ("uid", "Адреса", 0)
    assert {field.name for field in layer.fields.filter(searchable=True)} == {"Адреса"}


def test_few_rows_are_compared_through_the_index_of_keys(first, run_import, write_text):
    rows = "".join(f"{i},29.{i:05d},48.1,Дуб,10\n" for i in range(1000, 6000))
    run_import(write_text(table() + rows))
    layer = Layer.objects.get(slug="things")
    with connection.cursor() as cursor:
        cursor.execute(load_sql("importers", "create_incoming"))
        cursor.execute("INSERT INTO importers_incoming VALUES ('1', NULL, '{}', NULL)")
        cursor.execute("ANALYZE importers_incoming")
        cursor.execute(load_sql("layers", "create_stage"))
        statement = load_sql("importers", "stage_incoming")
        cursor.execute(f"EXPLAIN {statement}", {"layer": layer.pk})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"layers_feature_{layer.pk}_key_once" in plan
