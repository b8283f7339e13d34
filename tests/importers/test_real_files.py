"""Files of real towns, as their authors left them."""

import json
from contextlib import suppress

import pytest
import shapely

from importers.errors import UnusableFile
from layers.models import Layer
from tests.importers.conftest import codes, counts, places, stored

LADYZHYN = "ua-ladyzhyn-geoportal"
TREES = "ua-trees-kropyvnytskyi"


def read(shared_data, name):
    path = shared_data / LADYZHYN / f"{name}.geojson"
    return path, json.loads(path.read_text(encoding="utf-8"))["features"]


def without_blanks(properties):
    """Blank text is no value."""
    return {
        name: None if isinstance(value, str) and not value.strip() else value
        for name, value in properties.items()
    }


@pytest.mark.parametrize(
    ("name", "key", "geometry_type", "title_field"),
    [
        ("organizations", "organization_id", "point", "organization_name"),
        ("public_transport_stops", "id", "point", "name"),
        ("recreation_areas", "id", "polygon", "name"),
        ("bicycle_parking", "id", "point", "name"),
        ("bulletin_boards", "id", "point", "name"),
        ("city_lights", "id", "point", "name"),
        ("equipped_recreation_areas", "id", "point", "name"),
    ],
)
def test_layers_of_a_small_town(run_import, shared_data, name, key, geometry_type, title_field):
    path, features = read(shared_data, name)
    result = run_import(path)
    layer = Layer.objects.get(slug="things")
    assert (result.added, result.rejected) == (len(features), 0)
    assert (layer.key_field, layer.geometry_type, layer.title_field) == (
        key,
        geometry_type,
        title_field,
    )
    found = stored()
    names = {name for one in features for name in one["properties"]}
    for one in features:
        expected = dict.fromkeys(names) | without_blanks(one["properties"])
        assert found[str(one["properties"][key])] == expected
    assert counts(run_import(path)) == (0, 0, 0, len(features))


def test_houses_without_a_place_and_with_numbers_of_two_kinds(run_import, shared_data):
    path, features = read(shared_data, "houses")
    result = run_import(path, key="@content")
    assert (result.added, result.rejected) == (3921, 0)
    assert [code for _row, code in codes(result)] == ["no-geometry"] * 478
    without_place = [row for row, one in enumerate(features, start=1) if one["geometry"] is None]
    assert [row for row, _code in codes(result)] == without_place
    names = sorted(row["house_name"] for row in stored().values())
    assert names == sorted(str(one["properties"]["house_name"]) for one in features)
    types = {field.name: field.type for field in Layer.objects.get().fields.all()}
    assert (types["house_name"], types["multifamily"]) == ("text", "boolean")
    assert counts(run_import(path)) == (0, 0, 0, 3921)


def test_an_unclosed_ring_is_closed_and_an_invalid_area_repaired(run_import, shared_data):
    areas = run_import(shared_data / LADYZHYN / "recreation_areas.geojson", layer="areas")
    assert codes(areas) == [(16, "ring-closed")]
    boundary = run_import(shared_data / LADYZHYN / "hromada_boundary.geojson", layer="boundary")
    assert codes(boundary) == [(1, "ring-closed")]
    parking = run_import(
        shared_data / LADYZHYN / "parking_space.geojson", layer="parking", key="@content"
    )
    assert [code for _row, code in codes(parking)] == ["area-changed"]
    assert (parking.added, parking.repaired) == (235, 1)
    for slug in ("areas", "boundary", "parking"):
        assert all(geom.valid for geom in places(slug).values())


def test_geometry_arrives_to_the_last_digit(run_import, shared_data):
    path, features = read(shared_data, "settlement_boundaries")
    run_import(path, kind="territory")
    expected = {
        one["properties"]["settlement"]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in features
    }
    found = places()
    for key, row in stored().items():
        assert shapely.from_wkb(bytes(found[key].wkb)).equals_exact(expected[row["settlement"]], 0)


def test_acts_of_removing_trees(run_import, shared_data):
    path = shared_data / TREES / "vydalennja.csv"
    result = run_import(path)
    layer = Layer.objects.get()
    assert (result.rows, result.added, result.rejected) == (1873, 1873, 0)
    assert result.counts == {"no-geometry": 276, "far-away": 2, "spelling-varies": 401} | {
        code: count for code, count in result.counts.items() if code == "outside-community"
    }
    assert result.key_origin == "content"
    types = {field.name: field.type for field in layer.fields.all()}
    assert types["issued"] == "date"
    assert types["itemDiameter"] == "text"
    assert types["orderContractorIdentifier"] == "text"
    assert types["itemQuantityPlan"] == "number"
    assert counts(run_import(path)) == (0, 0, 0, 1873)


def test_the_same_acts_by_an_identifier_that_repeats(run_import, shared_data):
    result = run_import(shared_data / TREES / "vydalennja.csv", key="identifier")
    refused = result.counts["key-repeated"] + result.counts.get("key-missing", 0)
    assert (result.added, result.rejected) == (1873 - refused, refused)


@pytest.mark.parametrize(("name", "rows"), [("obrizka", 1446), ("vysadzennja", 20)])
def test_other_acts_of_the_same_register(run_import, shared_data, name, rows):
    result = run_import(shared_data / TREES / f"{name}.csv")
    assert (result.rows, result.added + result.rejected) == (rows, rows)
    usual = {"unreadable-coordinates", "no-geometry", "duplicate-row", "spelling-varies"}
    assert {code for row, code in codes(result) if row} <= usual


def test_degrees_in_words_agree_with_the_decimal_ones(run_import, shared_data):
    folder = shared_data / "ua-geonames"
    run_import(folder / "fiz-geo-khmelnytska.csv", layer="words")
    run_import(folder / "fiz-geo-khmelnytska.geojson", layer="decimals")
    words, decimals = places("words"), places("decimals")
    assert len(words) == len(decimals) == 314
    for key, geom in words.items():
        assert geom.coords == pytest.approx(decimals[key].coords, abs=1e-6)


def test_names_of_columns_cut_inside_a_letter(run_import, shared_data):
    path = shared_data / "shp-encoding-and-broken-geometry" / "errors" / "corrupted.zip"
    assert run_import(path).fields == ["поле_", "поле__2"]


def test_tables_of_every_dialect_are_read_or_refused(run_import, shared_data):
    loaded = 0
    for path in sorted((shared_data / "format-fixtures" / "mapnik" / "csv").rglob("*.?sv")):
        with suppress(UnusableFile):
            loaded += run_import(path, dry_run=True).added > 0
    assert loaded >= 45
