"""Formats that GDAL reads: each written by GDAL, read back, and by no driver but its own."""

import subprocess
import sys
from warnings import catch_warnings, simplefilter

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from importers.formats.opening import OpenOptions, inspect_file, open_source
from importers.formats.process.client import ROOT
from tests.importers.conftest import places, stored

GEOMETRY = "geometry"
NAMES = ["Лавка", "Ґанок «Їжак»"]
POINTS = [shapely.Point(27.07, 50.18), shapely.Point(27.08, 50.19)]
LINES = [shapely.LineString([(305118.67, 5560988.94), (305218.67, 5560988.94)])]
DRIVERS = """
from importers.formats.process.without_pandas import leave_out
from importers.formats.gdal import drivers
drivers.restrict()
leave_out()
import pyogrio
print("|".join(sorted(set(pyogrio.list_drivers()) - drivers.ALLOWED)))
print("|".join(sorted(drivers.ALLOWED - set(pyogrio.list_drivers()))))
"""
# Ending → driver and name of the format.
WRITTEN = {
    ".gml": ("GML", "gml"),
    ".kml": ("LIBKML", "kml"),
    ".fgb": ("FlatGeobuf", "flatgeobuf"),
    ".sqlite": ("SQLite", "spatialite"),
    ".mif": ("MapInfo File", "mapinfo-mif"),
    ".tab": ("MapInfo File", "mapinfo-tab"),
    ".gdb": ("OpenFileGDB", "geodatabase"),
}


def write(path, driver, shapes, crs="EPSG:4326", **columns):
    wkb = pa.array(list(shapely.to_wkb(np.array(shapes, dtype=object))), pa.binary())
    table = pa.table({name: pa.array(values) for name, values in columns.items()} | {GEOMETRY: wkb})
    with catch_warnings():
        simplefilter("ignore")
        pyogrio.write_arrow(
            table,
            path,
            driver=driver,
            geometry_name=GEOMETRY,
            geometry_type=shapes[0].geom_type,
            crs=crs,
        )
    return path


def test_only_drivers_of_our_formats_are_left_in_the_process_that_reads():
    """A driver that a new wheel brings must be named before it may open a file."""
    found = subprocess.run(
        [sys.executable, "-c", DRIVERS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.split("\n")[:2] == ["", ""]


@pytest.mark.parametrize("ending", WRITTEN)
def test_what_gdal_writes_is_read_back(run_import, tmp_path, ending):
    driver, name = WRITTEN[ending]
    path = write(tmp_path / f"парк{ending}", driver, POINTS, name=NAMES)
    result = run_import(path)
    assert (result.format, result.rows, result.crs.code) == (name, 2, "EPSG:4326")
    found = {value for row in stored().values() for value in row.values()}
    assert set(NAMES) <= found
    assert sorted(geom.coords for geom in places().values()) == [
        pytest.approx(point.coords[0]) for point in POINTS
    ]


@pytest.mark.parametrize(("ending", "driver"), [(".dxf", "DXF"), (".dgn", "DGN")])
def test_drawings_have_no_system_and_it_can_be_said(run_import, tmp_path, ending, driver):
    path = write(tmp_path / f"план{ending}", driver, LINES, crs=None)
    result = run_import(path, crs="EPSG:6383")
    assert (result.format, result.added) == (ending[1:], 1)
    (geom,) = places().values()
    assert geom.coords[0] == pytest.approx((27.07, 50.18), abs=1e-6)


def test_of_a_walk_points_and_tracks_are_told_apart(run_import, write_text):
    text = """<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
    <wpt lat="50.18" lon="27.07"><name>Лавка</name><time>2024-06-01T07:30:00Z</time></wpt>
    <trk><trkseg><trkpt lat="50" lon="27"/><trkpt lat="50.1" lon="27"/></trkseg></trk></gpx>"""
    path = write_text(text, "walk.gpx")
    rows = {one.dataset.name: one.dataset.rows for one in inspect_file(path).datasets}
    assert (rows["waypoints"], rows["tracks"], rows["routes"]) == (1, 1, 0)
    result = run_import(path, source_layer="waypoints")
    assert result.fields == ["time", "name"]
    assert next(iter(stored().values()))["time"] == "2024-06-01T07:30:00+00:00"


def test_extracts_of_openstreetmap_name_their_layers(shared_data):
    path = shared_data / "format-fixtures" / "pyogrio" / "sample.osm.pbf"
    if not path.is_file():
        pytest.skip("the extract is not here")
    found = inspect_file(path)
    assert [one.dataset.name for one in found.datasets][:2] == ["points", "lines"]
    with open_source(path, OpenOptions(source_layer="points")) as source:
        assert source.declared.binding
        assert sum(len(batch.rows) for batch in source.batches()) == 8


def test_a_table_in_a_database_has_places_in_its_columns(run_import, tmp_path):
    path = tmp_path / "облік.gpkg"
    table = pa.table({"id": ["a"], "lon": [27.07], "lat": [50.18]})
    pyogrio.write_arrow(table, path, driver="GPKG", geometry_type=None)
    assert run_import(path, key="id").added == 1
    assert places()["a"].coords == pytest.approx((27.07, 50.18))
