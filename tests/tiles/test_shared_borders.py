"""Territories from afar: neighbours have one border, whoever wrote them and in every band."""

import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from django.db import connection
from shapely.geometry import shape

from layers.models import Feature
from layers.services import apply_changeset, rollback_changeset
from layers.staging import StagedRow
from tests.tiles.decoding import find_tile, read_layers
from tiles.borders import sharing
from tiles.borders.coverage import simplify_together
from tiles.borders.sharing import share_borders, share_by_clock
from tiles.layer_source import BANDS
from tiles.models import Shape, Touch

pytestmark = pytest.mark.django_db
SIDE = 0.05


def make_areas(side, seed=1, vertices=12):
    """side x side areas of 0.05 degrees at 30 E 50 N with uneven borders, by "column-row"."""
    chosen = np.random.default_rng(seed)
    corners = {
        (x, y): np.array([30 + x * SIDE, 50 + y * SIDE]) + chosen.uniform(-0.01, 0.01, 2)
        for x in range(side + 1)
        for y in range(side + 1)
    }
    lines = {}

    def draw(one, other):
        if (one, other) not in lines:
            part = np.linspace(0, 1, vertices + 1)[:, None]
            line = corners[one] * (1 - part) + corners[other] * part
            line[1:-1] += chosen.normal(0, 0.012 / vertices, (vertices - 1, 2))
            lines[one, other], lines[other, one] = line, line[::-1]
        return lines[one, other][:-1]

    areas = {}
    for x in range(side):
        for y in range(side):
            ring = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
            edges = [draw(one, other) for one, other in pairwise(ring)]
            areas[f"{x}-{y}"] = shapely.Polygon(np.vstack(edges))
    return areas


def put(layer, areas):
    rows = [StagedRow(key, area.wkb_hex, json.dumps({})) for key, area in areas.items()]
    return apply_changeset(layer=layer, rows=rows, kind="import")


def read_bands(layer):
    """Shapes by band and key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shape.band, feature.key, ST_AsBinary(shape.geom_3857) FROM tiles_shape AS shape"
            " JOIN layers_feature AS feature ON feature.layer_id = shape.layer_id"
            " AND feature.id = shape.feature_id WHERE shape.layer_id = %s",
            [layer.pk],
        )
        found: dict[int, dict[str, shapely.Geometry]] = {}
        for band, key, wkb in cursor.fetchall():
            found.setdefault(band, {})[key] = shapely.from_wkb(bytes(wkb))
    return found


def assert_shared(layer, bands=BANDS):
    found = read_bands(layer)
    for band in bands:
        shapes = np.array(list(found[band].values()), dtype=object)
        assert shapely.coverage_is_valid(shapes), f"borders part in band {band}"
    return found


@pytest.fixture
def okruhs(make_layer):
    return make_layer("okruhs", geometry_type="polygon", kind="territory")


def test_neighbours_have_one_simplified_border_in_every_band(okruhs):
    put(okruhs, make_areas(4, vertices=40))
    found = assert_shared(okruhs)
    for band in (8, 10, 12):
        one, other = found[band]["1-1"], found[band]["2-1"]
        border = one.boundary.intersection(other.boundary)
        assert border.length > 3000
        # Within the hull of their common border nothing parts the two.
        strip = shapely.line_merge(border).buffer(1)
        along = [each.boundary.intersection(strip) for each in (one, other)]
        assert along[0].symmetric_difference(along[1]).length < 8
    counts = {band: sum(map(shapely.get_num_coordinates, found[band].values())) for band in BANDS}
    assert counts[12] > 2 * counts[8], "what is farther has fewer vertices"


def test_tiles_have_neither_gaps_nor_overlaps(okruhs):
    put(okruhs, make_areas(3))
    for z in range(6, 13):
        tile = find_tile(z, 30.075, 50.075)
        drawn = [shape(each["geometry"]) for each in read_layers(okruhs, tile)["okruhs"]]
        seam = sum(each.area for each in drawn) - shapely.union_all(drawn).area
        assert seam == 0, f"areas overlap at zoom {z}"
        whole = shapely.union_all(drawn)
        holes = [hole for part in shapely.get_parts(whole) for hole in part.interiors]
        assert not holes, f"areas gap at zoom {z}"


def test_an_area_in_a_hole_and_islands_fit(okruhs):
    lake = shapely.Point(30.5, 50.5).buffer(0.05, quad_segs=60)
    around = shapely.Point(30.5, 50.5).buffer(0.2, quad_segs=90).difference(lake)
    island = shapely.Point(31.2, 50.5).buffer(0.05, quad_segs=90)
    west, east = shapely.box(30.9, 50, 31, 51), shapely.box(31, 50, 31.05, 51)
    east = shapely.union_all([east, island])
    alone = shapely.Point(33, 50).buffer(0.05)
    put(okruhs, {"lake": lake, "around": around, "west": west, "east": east, "alone": alone})
    found = assert_shared(okruhs, bands=(6, 8, 10, 12))
    for band in (6, 8, 10, 12):
        hole = shapely.Polygon(found[band]["around"].interiors[0])
        assert hole.symmetric_difference(found[band]["lake"]).area == 0
        assert shapely.get_num_geometries(found[band]["east"]) == 2
    marks = Shape.objects.filter(layer=okruhs, band=12).values_list("borders", flat=True)
    assert sorted(marks) == [1, 1, 1, 1, 2]


def test_an_edit_and_its_rollback_keep_borders_shared(okruhs):
    areas = make_areas(4)
    put(okruhs, areas)
    before = assert_shared(okruhs)
    changed = {key: areas[key] for key in ("1-1", "2-1")}
    bulge = shapely.Point(30.1, 50.075).buffer(0.008, quad_segs=30)
    changed["1-1"] = areas["1-1"].union(bulge)
    changed["2-1"] = areas["2-1"].difference(bulge)
    edit = put(okruhs, changed)
    after = assert_shared(okruhs)
    assert not after[12]["1-1"].equals(before[12]["1-1"])
    rollback_changeset(changeset=edit, actor=None)
    again = assert_shared(okruhs)
    assert all(again[12][key].equals(one) for key, one in before[12].items())


def test_what_plain_sql_wrote_is_right_at_once_and_shared_by_the_clock(okruhs):
    put(okruhs, make_areas(3))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE layers_feature SET geom = ST_Reverse(geom) WHERE key = '1-1'")
    assert Shape.objects.filter(layer=okruhs, borders=0).exists()
    assert share_by_clock() == 9
    assert_shared(okruhs)
    assert share_by_clock() == 0


def test_areas_that_overlap_are_simplified_by_themselves(okruhs):
    areas = make_areas(4)
    areas["0-0"] = areas["0-0"].buffer(0.002)
    put(okruhs, areas)
    shapes = Shape.objects.filter(layer=okruhs, band=12, borders=Shape.Borders.OVERLAPPING)
    features = Feature.objects.filter(pk__in=shapes.values("feature_id"))
    overlapping = set(features.values_list("key", flat=True))
    assert overlapping == {"0-0", "0-1", "1-0"}
    found = read_bands(okruhs)[12]
    alone = [found[key] for key in areas if key not in overlapping]
    assert shapely.coverage_is_valid(np.array(alone, dtype=object))


def test_of_a_large_layer_the_areas_around_the_edit_are_simplified(okruhs, monkeypatch):
    monkeypatch.setattr(sharing, "WHOLE_AREAS", 10)
    areas = make_areas(7)
    put(okruhs, areas)
    bulge = shapely.Point(30.175, 50.15).buffer(0.004, quad_segs=30)
    owner = max(areas, key=lambda key: areas[key].intersection(bulge).area)
    changed = {
        key: area.union(bulge) if key == owner else area.difference(bulge)
        for key, area in areas.items()
        if area.intersects(bulge)
    }
    Touch.objects.all().delete()
    put(okruhs, changed)
    found = assert_shared(okruhs)
    current = areas | changed
    ordered = [current[key] for key in found[12]]
    assert shapely.coverage_is_valid(np.array(ordered, dtype=object))
    Shape.objects.filter(layer=okruhs).update(borders=0)
    assert share_borders(okruhs) == 49
    whole = read_bands(okruhs)
    for band in BANDS:
        assert all(found[band][key].equals(one) for key, one in whole[band].items())
    # A corner far from the edit keeps its tiles of nearer zooms.
    tile = find_tile(12, 30.33, 50.33)
    assert not Touch.objects.filter(layer=okruhs, z=12, x=tile.x, y=tile.y).exists()
    assert not Touch.objects.filter(layer=okruhs, z=-1).exists()


def test_layers_of_other_kinds_keep_shapes_of_their_own(make_layer):
    parks = make_layer("parks", geometry_type="polygon")
    put(parks, make_areas(2))
    assert set(Shape.objects.filter(layer=parks).values_list("borders", flat=True)) == {0}
    assert share_by_clock() == 0


def test_no_areas_at_all_are_a_coverage():
    made = simplify_together(np.array([], dtype=object))
    assert not made.shared.size
