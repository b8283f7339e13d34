"""Lines and areas from afar: generalised, the small ones left out, areas named once."""

import json

import pytest
from django.db import connection
from shapely import LineString, Point, Polygon, box
from shapely.geometry import shape

from layers.models import Feature
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.tiles.decoding import find_tile, read_layers
from tiles.models import Shape

pytestmark = pytest.mark.django_db
# A degree of longitude is 728 px of 512 px tiles at zoom 9.


def put(layer, **shapes):
    rows = [
        StagedRow(key, each.wkb_hex, json.dumps({"species": f"Назва {key}"}))
        for key, each in shapes.items()
    ]
    apply_changeset(layer=layer, rows=rows, kind="import")


@pytest.fixture
def parks(make_layer):
    return make_layer("parks", geometry_type="polygon", kind="territory")


def test_an_area_is_left_out_where_it_is_smaller_than_a_pixel_and_a_half(parks):
    put(parks, large=box(30.5, 50.4, 30.52, 50.42), small=box(30.5, 50.3, 30.501, 50.301))
    tile = find_tile(9, 30.51, 50.41)
    assert [each["properties"]["_key"] for each in read_layers(parks, tile)["parks"]] == ["large"]
    near = read_layers(parks, find_tile(13, 30.5005, 50.3005))["parks"]
    assert [each["properties"]["_key"] for each in near] == ["small"]


def test_a_shape_from_afar_has_the_vertices_that_its_pixels_need(parks):
    put(parks, lake=Point(30.5, 50.4).buffer(0.1, quad_segs=500))
    counts = dict(Shape.objects.filter(layer=parks).values_list("band", "geom_3857"))
    vertices = {band: geom.num_coords for band, geom in counts.items()}
    assert vertices[12] < 200
    assert vertices[6] < vertices[12]
    assert Feature.objects.get(layer=parks).geom.num_coords == 2001
    drawn = read_layers(parks, find_tile(8, 30.5, 50.4))["parks"][0]
    assert shape(drawn["geometry"]).area > 0


def test_shapes_follow_edits_of_any_writer(parks):
    put(parks, one=box(30.5, 50.4, 30.6, 50.5), two=box(30.6, 50.4, 30.7, 50.5))
    tile = find_tile(9, 30.55, 50.45)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE layers_feature SET geom = ST_Translate(geom, 10, 0) WHERE key = 'one'"
        )
        cursor.execute("UPDATE layers_feature SET properties = '{}' WHERE key = 'two'")
    assert [each["properties"]["_key"] for each in read_layers(parks, tile)["parks"]] == ["two"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM layers_feature WHERE key = 'two'")
    assert read_layers(parks, tile) == {}
    assert set(Shape.objects.values_list("band", flat=True)) == {12, 10, 8, 6, 4}


def test_a_line_shorter_than_four_pixels_is_left_out(make_layer):
    roads = make_layer("roads", geometry_type="line")
    put(
        roads,
        long=LineString([(30.5, 50.4), (30.52, 50.4)]),
        short=LineString([(30.5, 50.41), (30.503, 50.41)]),
    )
    drawn = read_layers(roads, find_tile(9, 30.51, 50.4))["roads"]
    assert [each["properties"]["_key"] for each in drawn] == ["long"]


@pytest.mark.parametrize("z", [8, 12, 13])
def test_an_area_has_one_name_on_all_tiles_together(parks, z):
    wide = Polygon([(30, 50), (31, 50), (31, 51), (30.9, 51), (30.9, 50.1), (30, 50.1)])
    put(parks, wide=wide)
    west, north = (getattr(find_tile(z, 30, 51), name) for name in "xy")
    east, south = (getattr(find_tile(z, 31, 50), name) for name in "xy")
    names = [
        each
        for x in range(west, east + 1)
        for y in range(north, south + 1)
        for each in read_layers(parks, type(find_tile(z, 30, 50))(z, x, y)).get("parks.labels", [])
    ]
    assert [each["properties"] for each in names] == [{"_key": "wide", "species": "Назва wide"}]


def test_tiles_carry_what_the_style_reads_and_no_more(make_layer):
    from layers.schema.specs import FieldSpec

    style = {
        "light": [
            {
                "type": "fill",
                "filter": ["==", "kind", "a"],
                "paint": {"fill-color": ["match", ["get", "state"], "x", "#ffffff", "#000000"]},
            },
            {"type": "symbol", "layout": {"text-field": "{label}"}},
        ]
    }
    names = ("kind", "state", "label", "title", "words")
    layer = make_layer(
        "sites",
        geometry_type="polygon",
        title_field="title",
        style=style,
        fields=[FieldSpec(name=name) for name in names],
    )
    values = {name: name.upper() for name in names}
    rows = [StagedRow("1", box(30.5, 50.4, 30.6, 50.5).wkb_hex, json.dumps(values))]
    apply_changeset(layer=layer, rows=rows, kind="import")
    found = read_layers(layer, find_tile(11, 30.55, 50.45))
    wanted = {"_key": "1"} | {name: name.upper() for name in ("kind", "state", "label", "title")}
    assert found["sites"][0]["properties"] == wanted
