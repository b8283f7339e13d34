"""GeoPackage: tables, systems, types, curves."""

import sqlite3
from datetime import UTC, date, datetime

import pyogrio
import pytest
import shapely

from importers.errors import UnusableFile, UnusableOption
from layers.models import Layer
from tests.importers.conftest import codes, places, stored, write_vector

POINTS = [shapely.Point(30.5, 50.4), shapely.Point(30.6, 50.5)]


def test_types_and_nulls_are_kept(run_import, tmp_path):
    path = write_vector(
        tmp_path / "things.gpkg",
        POINTS,
        code=["A-1", "A-2"],
        height=[1.5, None],
        number=[1, None],
        works=[True, None],
        day=[date(2026, 11, 20), None],
        moment=[datetime(2026, 11, 20, 14, 5, tzinfo=UTC), None],
    )
    run_import(path)
    assert stored() == {
        "A-1": {
            "code": "A-1",
            "height": 1.5,
            "number": 1,
            "works": True,
            "day": "2026-11-20",
            "moment": "2026-11-20T14:05:00+00:00",
        },
        "A-2": dict.fromkeys(("height", "number", "works", "day", "moment")) | {"code": "A-2"},
    }
    types = {field.name: field.type for field in Layer.objects.get(slug="things").fields.all()}
    assert list(types.values()) == ["text", "number", "integer", "boolean", "date", "datetime"]


def test_a_projected_table_and_rows_without_a_place(run_import, tmp_path):
    path = write_vector(
        tmp_path / "things.gpkg",
        [shapely.Point(498549.489, 5474147.087), None],
        "EPSG:32635",
        code=["a", "b"],
    )
    result = run_import(path)
    assert (result.crs.code, codes(result)) == ("EPSG:32635", [(2, "no-geometry")])
    assert places()["a"].coords == pytest.approx((26.98, 49.42), abs=1e-7)


def test_several_tables_want_one_named(run_import, tmp_path):
    path = write_vector(tmp_path / "things.gpkg", POINTS, code=["a", "b"])
    frame = pyogrio.read_dataframe(path)
    pyogrio.write_dataframe(frame, path, layer="другий", append=False)
    with pytest.raises(UnusableOption) as refused:
        run_import(path)
    assert "другий" in str(refused.value)
    assert run_import(path, source_layer="другий").added == 2


def test_a_system_that_the_file_leaves_undefined_is_taken_from_the_numbers(run_import, tmp_path):
    path = write_vector(tmp_path / "things.gpkg", POINTS, None, code=["a", "b"])
    assert run_import(path).crs.code == "EPSG:4326"


def test_a_damaged_database_and_another_database_are_refused(run_import, tmp_path):
    path = write_vector(tmp_path / "things.gpkg", POINTS, code=["a", "b"])
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:3000])
    with pytest.raises(UnusableFile):
        run_import(path)
    other = tmp_path / "other.gpkg"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE t (a)")
    with pytest.raises(UnusableFile):
        run_import(other)


@pytest.mark.parametrize("name", ["curve", "curvepolygon", "multisurface"])
def test_curves_become_segments(run_import, shared_data, name):
    result = run_import(shared_data / "format-fixtures" / "pyogrio" / f"{name}.gpkg")
    assert codes(result) == [(1, "curve-linearised")]
    assert next(iter(places().values())).geom_type in ("LineString", "Polygon", "MultiPolygon")


def test_third_and_fourth_dimensions_are_left_out(run_import, shared_data):
    result = run_import(shared_data / "format-fixtures" / "pyogrio" / "line_zm.gpkg")
    assert codes(result) == [(None, "heights-dropped")]
    assert next(iter(places().values())).hasz is False
