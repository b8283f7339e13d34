"""Types of geometries are read from bytes as GEOS reads them, whatever their order and flags."""

import pyarrow as pa
import pytest
import shapely

from importers.filtering import RowFilter, keep_rows
from importers.formats.opening import OpenOptions, open_source
from importers.geometry.wkb import LINE, MULTI_POLYGON, POINT, POLYGON
from importers.geometry.wkb.column import WkbColumn
from tests.importers.conftest import feature

BOX = shapely.box(30, 50, 31, 51)
SHAPES = [
    (shapely.Point(30, 50), POINT),
    (shapely.Point(30, 50, 7), POINT),
    (shapely.set_srid(shapely.Point(30, 50), 4326), POINT),
    (shapely.LineString([(30, 50), (31, 51)]), LINE),
    (BOX, POLYGON),
    (shapely.MultiPolygon([BOX]), MULTI_POLYGON),
]


@pytest.mark.parametrize("byte_order", [0, 1])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
def test_codes_are_read_in_both_orders_of_bytes(byte_order, flavor):
    written = [
        shapely.to_wkb(
            shape, byte_order=byte_order, flavor=flavor, include_srid=flavor == "extended"
        )
        for shape, _code in SHAPES
    ]
    column = WkbColumn.read(pa.array([None, *written, b"\x01\x01"], pa.binary()))
    assert column.codes().tolist() == [0, *(code for _shape, code in SHAPES), -1]


def test_coordinates_are_taken_from_bytes_only_where_they_lie_as_expected():
    little, big = (shapely.to_wkb(shapely.Point(30, 50), byte_order=order) for order in (1, 0))
    assert WkbColumn.read(pa.array([little, None, little])).points()[2].tolist() == [30, 50]
    assert WkbColumn.read(pa.array([little, big])).points() is None


def test_only_shapes_of_one_kind_are_kept(write_geojson):

    shapes = [None, *(shapely.geometry.mapping(shape) for shape, _code in SHAPES)]
    path = write_geojson(*(feature(shape, {"n": n}) for n, shape in enumerate(shapes)))
    with open_source(path, OpenOptions()) as source:
        kept = {
            only: [row for b in keep_rows(source, RowFilter({}, only)).batches() for row in b.rows]
            for only in ("point", "line", "polygon")
        }
    assert kept == {"point": [2, 3, 4], "line": [5], "polygon": [6, 7]}
