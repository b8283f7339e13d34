"""What tiles often get wrong comes right through the real importer, or is refused."""

import math

import geopandas
import numpy as np
import pytest
import shapely
from django.test import Client
from mapbox_vector_tile import decode

from tests.importers.conftest import codes, feature, run_import, write_geojson  # noqa: F401
from tests.tiles.checking import check_tile

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_tile(settings):
    """Features of the layer `things` in a tile, which is as the specification says."""

    def read(z, x, y):
        answer = Client().get(f"/tiles/things/{z}/{x}/{y}.mvt")
        assert answer.status_code in (200, 204)
        if not answer.content:
            return []
        extent = settings.TILE_EXTENT_PX
        check_tile(answer.content, buffer_px=settings.TILE_BUFFER_PX, extent_px=extent)
        decoded = decode(answer.content, default_options={"y_coord_down": True})
        return decoded["things"]["features"]

    return read


def publish(run_import, path, **options):
    return run_import(path, visibility="public", **options)


def shape_of(geometry, uid):
    return feature(shapely.geometry.mapping(geometry), {"uid": uid})


def test_what_lies_over_the_antimeridian_is_on_both_sides_or_is_refused(
    read_tile, run_import, write_geojson
):
    cut = shapely.MultiPolygon([shapely.box(178, 10, 180, 12), shapely.box(-180, 10, -178, 12)])
    beyond = shapely.box(179, 20, 181, 22)
    uncut = shapely.box(-179, 30, 179, 32)
    line = shapely.LineString([(179, 40), (-179, 41)])
    path = write_geojson(
        *(shape_of(shape, uid) for uid, shape in
          {"cut": cut, "beyond": beyond, "uncut": uncut, "line": line}.items())
    )  # fmt: skip
    told = codes(publish(run_import, path))
    assert (2, "outside-world") in told
    assert {(3, "over-antimeridian"), (4, "over-antimeridian")} <= set(told)
    for x in (0, 7):
        (found,) = read_tile(3, x, 3)
        assert found["properties"]["_key"] == "cut"
    assert read_tile(3, 4, 3) == []
    (whole,) = read_tile(0, 0, 0)
    assert whole["geometry"]["type"] == "MultiPolygon"


def test_empty_ones_have_no_place_and_heights_and_measures_are_left_out(
    read_tile, run_import, tmp_path
):
    shapes = [
        shapely.from_wkt(text)
        for text in (
            "POLYGON EMPTY",
            "POINT Z (30.5 50.5 120)",
            "LINESTRING M (30 50 1, 31 51 2)",
            "POLYGON ZM ((30 50 1 2, 31 50 1 2, 31 51 1 2, 30 50 1 2))",
            "GEOMETRYCOLLECTION EMPTY",
        )
    ]
    path = tmp_path / "things.csv"
    rows = [f'{number};"{shapely.to_wkt(shape)}"' for number, shape in enumerate(shapes)]
    path.write_text("\n".join(["id;wkt", *rows]), "utf-8")
    told = codes(publish(run_import, path))
    assert {(1, "no-geometry"), (5, "no-geometry"), (None, "heights-dropped")} <= set(told)
    kinds = {one["properties"]["_key"]: one["geometry"]["type"] for one in read_tile(5, 18, 10)}
    assert kinds == {"1": "Point", "2": "LineString", "3": "Polygon"}


def test_a_collection_shows_its_areas_lines_and_points(read_tile, run_import, write_geojson):
    mixed = shapely.GeometryCollection(
        [shapely.box(30, 50, 30.2, 50.2), shapely.LineString([(30.3, 50), (30.5, 50.3)]),
         shapely.Point(30.6, 50.1)]
    )  # fmt: skip
    publish(run_import, write_geojson(shape_of(mixed, "mixed"), shape_of(mixed.geoms[1], "line")))
    found = read_tile(6, 37, 21)
    kinds = [one["geometry"]["type"] for one in found if one["properties"]["_key"] == "mixed"]
    assert sorted(kinds) == ["LineString", "Point", "Polygon"]
    assert len({one["id"] for one in found}) == 2


def test_an_area_of_a_hundred_thousand_vertices_is_whole_at_every_zoom(
    read_tile, run_import, tmp_path
):
    angles = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    reach = 0.5 * (1 + 0.1 * np.sin(7 * angles) + 0.02 * np.sin(911 * angles))
    places = np.column_stack([30.5 + reach * np.cos(angles), 50.5 + reach * np.sin(angles)])
    path = tmp_path / "vast.gpkg"
    frame = geopandas.GeoDataFrame({"uid": ["vast"]}, geometry=[shapely.Polygon(places)], crs=4326)
    frame.to_file(path)
    assert publish(run_import, path).added == 1
    for z, x, y in ((3, 4, 2), (8, 149, 86), (12, 2394, 1384), (14, 9579, 5527)):
        (found,) = read_tile(z, x, y)
        assert "Polygon" in found["geometry"]["type"]


def test_a_point_a_pixel_outside_an_edge_or_a_corner_is_in_all_tiles_there(
    read_tile, run_import, write_geojson
):
    z, x, y = 17, 9579 * 8, 5527 * 8
    west, east = (each / 2**z * 360 - 180 for each in (x, x + 1))
    north, south = (
        math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * each / 2**z)))) for each in (y, y + 1)
    )
    pixel = (east - west) / 256
    middle = ((west + east) / 2, (north + south) / 2)
    places = {
        "west": (west - pixel, middle[1]),
        "north": (middle[0], north + pixel * 0.6),
        "corner": (west - pixel, north + pixel * 0.6),
    }
    publish(run_import, write_geojson(*(feature(at, {"uid": uid}) for uid, at in places.items())))
    seen = {
        (across, down): {one["properties"]["_key"] for one in read_tile(z, x + across, y + down)}
        for across in (-1, 0, 1) for down in (-1, 0, 1)
    }  # fmt: skip
    assert seen[0, 0] == {"west", "north", "corner"}
    assert seen[-1, 0] == {"west", "corner"}
    assert seen[0, -1] == {"north", "corner"}
    assert seen[-1, -1] == {"corner"}
    assert not any(seen[across, down] for across, down in seen if 1 in (across, down))
