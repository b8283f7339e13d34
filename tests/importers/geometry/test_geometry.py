"""Broken geometry: repaired where that is honest, refused with the reason where it is not."""

import json

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from importers.crs.projection import Projector
from importers.geometry.checking import GeometryRules, check_geometry
from importers.geometry.wkb.column import WkbColumn
from importers.geometry.wkb.ewkb import add_srid, write_hex
from importers.geometry.wkb.writing import encode_points
from layers.models import Layer
from tests.importers.conftest import codes, feature, places, stored

AS_IS = Projector(None)


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


SQUARE = polygon((30, 50), (31, 50), (31, 51), (30, 51), (30, 50))
OPEN_RING = polygon((30, 50), (31, 50), (31, 51), (30, 51))
BOW_TIE = polygon((30, 50), (31, 51), (31, 50), (30, 51), (30, 50))
FLAT = polygon((30, 50), (31, 50), (30, 50), (30, 50))
LINE = {"type": "LineString", "coordinates": [[30, 50], [31, 51]]}
POINT = {"type": "Point", "coordinates": [30, 50]}


def test_rings_are_closed_and_crossing_borders_untied(run_import, write_geojson):
    result = run_import(
        write_geojson(
            feature(SQUARE, {"id": 1}),
            feature(OPEN_RING, {"id": 2}),
            feature(BOW_TIE, {"id": 3}),
            feature(FLAT, {"id": 4}),
        )
    )
    assert codes(result) == [
        (2, "ring-closed"),
        (3, "area-changed"),
        (4, "irreparable-geometry"),
    ]
    assert (result.repaired, result.rejected) == (2, 1)
    shapes = places()
    assert shapes["2"].equals_exact(shapes["1"])
    assert shapes["3"].valid
    assert shapes["3"].geom_type == "MultiPolygon"
    assert "30.500000, 50.500000" in result.issues[-2].message


def test_the_dimension_of_the_layer_stays(run_import, write_geojson):
    run_import(write_geojson(feature(SQUARE, {"id": 1})))
    result = run_import(
        write_geojson(
            feature(LINE, {"id": 2}),
            feature(POINT, {"id": 3}),
            feature({"type": "GeometryCollection", "geometries": [SQUARE, LINE, POINT]}, {"id": 4}),
            feature({"type": "GeometryCollection", "geometries": [SQUARE]}, {"id": 5}),
            feature({"type": "GeometryCollection", "geometries": [LINE, POINT]}, {"id": 6}),
        )
    )
    assert codes(result) == [
        (2 - 1, "wrong-geometry-type"),
        (3 - 1, "wrong-geometry-type"),
        (4 - 1, "parts-dropped"),
        (6 - 1, "wrong-geometry-type"),
    ]
    assert set(stored()) == {"1", "4", "5"}
    assert {geom.geom_type for geom in places().values()} == {"Polygon"}


def test_a_register_of_several_kinds_is_mixed(run_import, write_geojson):
    run_import(write_geojson(*(feature(g, {"id": i}) for i, g in enumerate([SQUARE, LINE, POINT]))))
    assert Layer.objects.get(slug="things").geometry_type == "mixed"
    assert [geom.geom_type for geom in places().values()] == ["Polygon", "LineString", "Point"]


def test_territories_are_areas_and_nothing_else(run_import, write_geojson):
    result = run_import(
        write_geojson(
            feature(SQUARE, {"id": 1}), feature(POINT, {"id": 2}), feature(None, {"id": 3})
        ),
        kind="territory",
    )
    assert codes(result) == [(2, "wrong-geometry-type"), (3, "territory-without-area")]
    assert Layer.objects.get(slug="things").geometry_type == "polygon"


def test_real_boundaries_mix_areas_with_label_points(run_import, shared_data):
    path = shared_data / "ua-admin-osm" / "khmelnytska_oblast.shepetivskyy_rayon.geojson"
    as_register = run_import(path, layer="register")
    assert (as_register.added, as_register.rejected) == (36, 0)
    assert Layer.objects.get(slug="register").geometry_type == "mixed"
    as_territory = run_import(path, layer="territory", kind="territory")
    assert (as_territory.added, as_territory.rejected) == (18, 18)
    assert {code for _row, code in codes(as_territory)} == {"wrong-geometry-type"}


@pytest.mark.parametrize(
    ("name", "loaded", "expected"),
    [
        ("unclosed-ring", 1, {"ring-closed"}),
        ("self-intersection", 1, {"area-changed"}),
        ("incomplete-linestring", 1, {"unreadable-geometry"}),
        ("incomplete-multipolygon", 1, {"area-changed", "irreparable-geometry"}),
        ("null-geom", 2, {"no-geometry", "zero-place"}),
        ("geom-collection", 2, {"no-geometry", "zero-place"}),
        ("single-geom-collection", 1, set()),
        ("mixed-feature-geom", 4, {"no-geometry", "zero-place"}),
        ("empty-ring", 1, set()),
        ("pointz", 1, {"heights-dropped"}),
    ],
)
def test_files_with_broken_geometry(run_import, shared_data, name, loaded, expected):
    path = shared_data / "shp-encoding-and-broken-geometry" / "errors" / f"{name}.geojson"
    result = run_import(path)
    assert (result.added, {code for _row, code in codes(result)}) == (loaded, expected)
    assert all(geom.valid for geom in places().values() if geom)


def check(shapes, **rules):
    wkb = pa.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes])
    given_rules = {"projector": AS_IS, "geometry_type": "mixed"} | rules
    rows = np.arange(1, len(shapes) + 1)
    return check_geometry(rows, wkb.cast(pa.binary()), GeometryRules(**given_rules))


def read_places(checked):
    return shapely.from_wkb([wkb for wkb in checked.ewkb.to_pylist() if wkb])


@given(
    st.lists(
        st.none() | st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=20
    )
)
def test_points_are_written_as_shapely_writes_them(points):
    shapes = [None if point is None else shapely.Point(point) for point in points]
    checked = check(shapes)
    expected = [
        None
        if shape is None
        else shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True)
        for shape in shapes
    ]
    assert write_hex(checked.ewkb).to_pylist() == expected
    assert not checked.refused.any()


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=3, max_size=12))
@example([(0, 0), (0, 1), (1, 0), (0, 0), (0, -1), (1, 0)])
def test_whatever_ring_comes_a_valid_area_or_a_refusal_goes(ring):
    text = json.dumps({"type": "Polygon", "coordinates": [ring]})
    shape = shapely.from_geojson(text, on_invalid="ignore")
    if shape is None:
        shape = shapely.Polygon([*ring, ring[0]])
    checked = check([shape], geometry_type="polygon")
    if checked.refused[0]:
        assert [issue.severity for issue in checked.issues] == ["error"]
    else:
        found = read_places(checked)[0]
        assert found.is_valid
        assert found.geom_type in ("Polygon", "MultiPolygon")
        assert shapely.get_srid(found) == 4326


@given(
    st.lists(st.booleans(), min_size=1, max_size=50),
    st.integers(0, 3),
)
def test_points_are_found_in_any_slice_of_a_column(present, start):
    xy = np.array([[i + 0.5, -i] for i in range(len(present))])
    array = encode_points(xy, np.array(present))
    column = WkbColumn.read(array.slice(min(start, len(present))))
    found = column.points()
    expected = np.where(np.array(present)[:, None], xy, np.nan)[min(start, len(present)) :]
    assert np.array_equal(found, expected, equal_nan=True)


def test_big_endian_and_damaged_bytes_are_not_taken_for_points():
    big = shapely.to_wkb(shapely.Point(1, 2), byte_order=0)
    wkb = pa.array([big, b"\x01\x01", b"\x01\x01\x00\x00\x00" + b"\0" * 3], pa.binary())
    checked = check_geometry(np.arange(1, 4), wkb, GeometryRules(AS_IS, "mixed"))
    assert checked.refused.tolist() == [False, True, True]
    assert read_places(checked)[0].equals(shapely.Point(1, 2))


def test_shapes_that_stay_as_they_are_keep_their_bytes_and_get_the_srid():
    ring = [(30, 50), (31, 50), (31, 51), (30, 51)]
    hole = [(30.2, 50.2), (30.4, 50.2), (30.4, 50.4)]
    tied = [(30, 50), (31, 51), (31, 50), (30, 51)]
    shapes = [
        shapely.Polygon(ring, [hole]),
        None,
        shapely.MultiPolygon([shapely.Polygon(ring), shapely.box(33, 50, 34, 51)]),
        shapely.LineString(ring),
        shapely.Polygon(tied),
        shapely.MultiPoint(ring),
        shapely.GeometryCollection([shapely.Point(30, 50), shapely.LineString(ring)]),
    ]
    checked = check(shapes)
    found = checked.ewkb.to_pylist()
    expected = [
        None if shape is None else shapely.set_srid(shapely.make_valid(shape), 4326)
        for shape in shapes
    ]
    mended = shapely.from_wkb(found.pop(4))
    assert mended.equals(expected.pop(4))
    assert shapely.get_srid(mended) == 4326
    assert found == [
        None if one is None else shapely.to_wkb(one, include_srid=True) for one in expected
    ]


@given(st.lists(st.none() | st.binary(min_size=5, max_size=30), max_size=8), st.integers(0, 4))
def test_the_srid_is_put_into_any_slice_whatever_nulls_hide(values, start):
    plain = [None if value is None else b"\x01\x03\0\0\0" + value for value in values]
    array = pa.array(plain, pa.large_binary()).slice(min(start, len(plain)))
    flagged = b"\x01\x03\0\0\x20\xe6\x10\0\0"
    expected = [None if value is None else flagged + value for value in values][start:]
    assert add_srid(array).to_pylist() == expected
    assert write_hex(add_srid(array)).to_pylist() == [
        None if value is None else value.hex().upper() for value in expected
    ]
