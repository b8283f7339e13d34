"""Rows beyond the boundary of the community are told, and left where they are."""

import pytest
from django.contrib.gis.geos import GEOSGeometry

from layers.services import add_feature
from tests.importers.conftest import codes, places
from tests.importers.coverage.test_faults import block

pytestmark = pytest.mark.django_db
INSIDE, OUTSIDE, SWAPPED = "27.065,50.185", "27.2,50.185", "50.185,27.065"


@pytest.fixture(autouse=True)
def boundary(make_layer):
    layer = make_layer(
        "boundary", kind="territory", geometry_type="polygon", fields=(), title_field=""
    )
    shape = GEOSGeometry(block(0, 0, 2000, 2000).wkt, srid=4326)
    add_feature(layer=layer, key="1", geom=shape, values={})


def table(*rows):
    return "\n".join(["uid,lon,lat,n", *(f"{n},{place},{n}" for n, place in enumerate(rows, 1))])


def list_codes(result):
    return [each for each in codes(result) if each[1] in OURS]


OURS = {"outside-boundary", "rows-outside-boundary", "axes-look-swapped"}


def test_a_row_beyond_the_boundary_is_told_with_its_distance(run_import, write_text):
    result = run_import(write_text(table(INSIDE, INSIDE, OUTSIDE)))
    assert list_codes(result) == [(3, "outside-boundary")]
    (issue,) = (one for one in result.issues if one.code == "outside-boundary")
    assert issue.params["distance_km"] == pytest.approx(8.0, abs=0.2)


def test_exchanged_coordinates_are_told_and_not_exchanged(run_import, write_text):
    result = run_import(write_text(table(INSIDE, INSIDE, SWAPPED)))
    assert list_codes(result) == [(3, "axes-look-swapped")]
    assert places()["3"].x == 50.185


def test_a_file_that_lies_elsewhere_is_one_remark(run_import, write_text):
    result = run_import(write_text(table(OUTSIDE, OUTSIDE, INSIDE)))
    assert list_codes(result) == [(None, "rows-outside-boundary")]


def test_a_line_that_reaches_inside_is_not_outside(run_import, write_text):
    wkt = '"LINESTRING (27.065 50.185, 27.2 50.185)"'
    path = write_text(f"uid,wkt\n1,{wkt}\n2,{wkt.replace('27.065', '27.15')}\n3,{wkt}\n")
    assert list_codes(run_import(path)) == [(2, "outside-boundary")]
