"""Fields that repeat the place, as official tables have them, stay true and stand for it in CSV."""

import csv
import io

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString, Point

from layers.downloads.text import stream_csv
from layers.models import Feature
from layers.schema.specs import FieldSpec
from layers.services import add_feature, edit_feature
from layers.services.edits import Addition, Change, Edits, apply_edits

FIELDS = (
    FieldSpec(name="uid"),
    FieldSpec(name="lat", type="number"),
    FieldSpec(name="lon", type="number"),
    FieldSpec(name="note"),
)


@pytest.fixture
def layer(make_layer):
    return make_layer(
        "stops", fields=FIELDS, key_field="uid", title_field="", geometry_type="mixed"
    )


@pytest.fixture
def stop(layer):
    return add_feature(layer=layer, geom=place(30.5, 50.4), values={"uid": "1"})


def place(lon: float, lat: float) -> GEOSGeometry:
    return Point(lon, lat, srid=4326)


def coordinates(key: str = "1") -> tuple[float, float]:
    properties = Feature.objects.get(key=key).properties
    return properties["lon"], properties["lat"]


def read_csv(layer) -> list[list[str]]:
    text = b"".join(stream_csv(layer, ["public"])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_new_feature_has_its_coordinates_in_its_fields(stop):
    assert coordinates() == (30.5, 50.4)


def test_coordinates_follow_a_feature_that_is_moved(layer, stop):
    edit_feature(layer=layer, key="1", geom=place(30.6, 50.5), keep_geom=False)
    assert coordinates() == (30.6, 50.5)
    edit_feature(layer=layer, key="1", values={"note": "так"})
    assert coordinates() == (30.6, 50.5)


def test_a_form_that_sends_the_old_coordinates_does_not_hold_them_back(layer, stop):
    values = {"lon": 30.5, "lat": 50.4, "note": "посунуто"}
    edit_feature(layer=layer, key="1", values=values, geom=place(30.6, 50.5), keep_geom=False)
    assert coordinates() == (30.6, 50.5)


def test_coordinates_that_somebody_states_stay(layer, stop):
    values = {"lon": 31.0, "lat": 51.0}
    edit_feature(layer=layer, key="1", values=values, geom=place(30.6, 50.5), keep_geom=False)
    assert coordinates() == (31.0, 51.0)
    edit_feature(layer=layer, key="1", geom=place(30.7, 50.7), keep_geom=False)
    assert coordinates() == (31.0, 51.0), "they told something else than the place"


def test_many_edits_at_once_keep_coordinates_too(layer, stop):
    changes = [Change(key="1", version=stop.changeset_id, geom=place(30.6, 50.5), keep_geom=False)]
    adds = [Addition(geom=place(30.7, 50.6), values={"uid": "2"})]
    apply_edits(layer=layer, edits=Edits(adds=adds, changes=changes))
    assert [coordinates("1"), coordinates("2")] == [(30.6, 50.5), (30.7, 50.6)]


def test_csv_has_the_fields_of_the_layer_and_no_others(layer, stop):
    assert read_csv(layer) == [["uid", "lat", "lon", "note"], ["1", "50.4", "30.5", ""]]


@pytest.mark.parametrize("other", [{"lon": 31.0, "lat": 51.0}, {"lon": None, "lat": None}])
def test_csv_has_places_beside_fields_that_tell_others(layer, stop, other):
    edit_feature(layer=layer, key="1", values=other)
    head, row = read_csv(layer)
    assert head == ["uid", "lat_", "lon_", "note", "longitude", "latitude"]
    assert row[-2:] == ["30.5", "50.4"]


def test_csv_tells_a_shape_beside_fields_of_coordinates(layer, stop):
    line = LineString((30, 50), (31, 51), srid=4326)
    add_feature(layer=layer, geom=line, values={"uid": "2"})
    assert read_csv(layer)[0][-3:] == ["longitude", "latitude", "wkt"]


def test_csv_of_a_layer_without_places_has_no_columns_for_them(layer):
    add_feature(layer=layer, geom=None, values={"uid": "1"})
    assert read_csv(layer) == [["uid", "lat", "lon", "note"], ["1", "", "", ""]]
