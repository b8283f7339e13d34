"""GeoParquet 1.1: WKB with its system, values of every type, and Parquet that is only a table."""

import datetime
import json

import pyarrow as pa
import pyarrow.parquet
import pytest
import shapely
from pyproj import CRS

from importers.errors import UnusableFile
from tests.importers.conftest import places, stored

ABSENT = object()


def write(path, geometry=True, crs=ABSENT, encoding="WKB", **columns):
    table = pa.table(columns)
    about = {"encoding": encoding, "geometry_types": ["Point"]}
    if crs is not ABSENT:
        about["crs"] = crs if crs is None else CRS.from_user_input(crs).to_json_dict()
    if geometry:
        geo = {"version": "1.1.0", "primary_column": "geom", "columns": {"geom": about}}
        table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pa.parquet.write_table(table, path)
    return path


def point(x, y):
    return shapely.to_wkb(shapely.Point(x, y))


def test_values_of_every_type_arrive(run_import, tmp_path):
    path = write(
        tmp_path / "x.parquet",
        id=["a", "b"],
        рік=pa.array([2001, None], pa.int32()),
        ціна=[1.5, None],
        так=[True, None],
        дата=[datetime.date(2024, 1, 31), None],
        час=pa.array(["2024-06-01T10:30:00", None]).cast(pa.timestamp("ms")),
        мить=pa.array(["2024-06-01T07:30:00Z", None]).cast(pa.timestamp("us", "UTC")),
        вид=pa.array(["лавка", None]).dictionary_encode(),
        мітки=[["x", "y"], None],
        geom=[point(27.1, 50.2), None],
    )
    result = run_import(path)
    assert (result.format, result.crs.code, result.key_field) == ("geoparquet", "EPSG:4326", "id")
    assert stored()["a"] == {
        "id": "a", "рік": 2001, "ціна": 1.5, "так": True, "дата": "2024-01-31",
        "час": "2024-06-01T10:30:00", "мить": "2024-06-01T07:30:00+00:00", "вид": "лавка",
        "мітки": ["x", "y"],
    }  # fmt: skip
    assert places()["a"].coords == pytest.approx((27.1, 50.2))
    assert places()["b"] is None


def test_the_system_is_the_one_that_the_file_states(run_import, tmp_path):
    path = write(
        tmp_path / "x.parquet", crs="EPSG:6383", id=[1], geom=[point(305118.67, 5560988.94)]
    )
    assert run_import(path).crs.code == "EPSG:6383"
    assert places()["1"].coords == pytest.approx((27.07, 50.18), abs=1e-6)


def test_without_geometry_it_is_a_table(run_import, tmp_path):
    path = write(tmp_path / "x.parquet", geometry=False, id=[1], lon=[27.1], lat=[50.2])
    assert run_import(path).format == "geoparquet"
    assert places()["1"].coords == pytest.approx((27.1, 50.2))


def test_other_encodings_are_refused_by_name(run_import, tmp_path):
    path = write(tmp_path / "x.parquet", encoding="point", id=[1], geom=[point(27, 50)])
    with pytest.raises(UnusableFile, match="WKB"):
        run_import(path)


def test_a_cut_file_is_one_sentence(run_import, tmp_path):
    path = write(tmp_path / "x.parquet", id=[1], geom=[point(27, 50)])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnusableFile, match="GeoParquet"):
        run_import(path)
