"""Whoever writes: exactly the tiles that show it are new, at the old place and the new one."""

import random

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client

from layers.models import Changeset, Feature
from layers.services import (
    add_feature,
    apply_changeset,
    delete_feature,
    edit_feature,
    rollback_changeset,
)
from layers.staging import StagedRow
from tests.thoroughness import examples
from tests.tiles.places import find_tile
from tiles.folding import fold_touches
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.models import Touch
from tiles.sources import read_versions

pytestmark = pytest.mark.django_db
HERE, THERE, FAR = (30.4801, 50.4051), (30.5201, 50.4301), (30.6001, 50.3001)
HALF_M = 20037508.342789244
DEEPEST = 14


def run(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)
        return cursor.fetchall() if cursor.description else []


def versions_of(layer, z=16):
    """Of the tiles here, there and far away."""
    source = LayerSource(layer, ("public",))
    return [read_versions(find_tile(z, place), [source])[0] for place in (HERE, THERE, FAR)]


@pytest.fixture
def tree(trees, plant):
    """One tree here and one far away."""
    plant(trees, "far", lon=FAR[0], lat=FAR[1])
    return plant(trees, "1", lon=HERE[0], lat=HERE[1])


def move_by_service(layer, partition):
    edit_feature(layer=layer, key="1", keep_geom=False, geom=Point(*THERE, srid=4326))


def move_by_import(layer, partition):
    rows = [StagedRow("1", shapely.Point(THERE).wkb_hex, "{}")]
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)


def move_by_sql(table):
    run(f"UPDATE {table} SET geom = ST_Point(%s, %s, 4326) WHERE key = '1'", *THERE)


def replace_by_sql(table, layer):
    run(f"DELETE FROM {table} WHERE key = '1'")
    run(
        f"INSERT INTO {table} (layer_id, key, geom, properties, internal, visibility, changeset_id,"
        " created_at, updated_at)"
        " VALUES (%s, '2', ST_Point(%s, %s, 4326), '{}', '{}', 'public', 0, now(), now())",
        layer.pk, *THERE,
    )  # fmt: skip


MOVES = {
    "a service": move_by_service,
    "an import": move_by_import,
    "SQL at the table": lambda layer, partition: move_by_sql("layers_feature"),
    "SQL at the partition": lambda layer, partition: move_by_sql(partition),
    "two statements at the table": lambda layer, _: replace_by_sql("layers_feature", layer),
    "two statements at the partition": lambda layer, p: replace_by_sql(p, layer),
    "Django's own table": lambda layer, _: Feature.objects.filter(layer=layer, key="1").update(
        geom=Point(*THERE, srid=4326)
    ),
}


@pytest.mark.parametrize("way", MOVES)
def test_a_feature_that_moves_touches_its_old_place_and_its_new_one(trees, tree, way):
    before = versions_of(trees)
    MOVES[way](trees, f"layers_feature_{trees.pk}")
    after = versions_of(trees)
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, True, False]
    z0 = LayerSource(trees, ("public",)).write_version(Tile(0, 0, 0))
    assert run(f"SELECT ({z0}) <> ''") == [(True,)]


def test_a_rollback_touches_both_places(trees, tree):
    move_by_service(trees, "")
    before = versions_of(trees)
    rollback_changeset(changeset=Changeset.objects.filter(layer=trees).latest("pk"))
    after = versions_of(trees)
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, True, False]


@pytest.mark.parametrize("table", ["layers_feature", "layers_feature_{}"])
def test_a_table_that_is_emptied_makes_all_tiles_of_its_layers_new(trees, tree, table):
    before = versions_of(trees)
    run(f"TRUNCATE {table.format(trees.pk)}")
    assert all(old != new for old, new in zip(before, versions_of(trees), strict=True))


def test_another_layer_keeps_its_versions(trees, tree, make_layer, plant):
    others = make_layer("others")
    plant(others, "1", lon=HERE[0], lat=HERE[1])
    before = versions_of(others)
    move_by_sql("layers_feature_" + str(trees.pk))
    assert versions_of(others) == before


def test_a_bulk_change_is_one_row_for_the_layer(trees):
    def grow(count):
        rows = [
            StagedRow(f"b{n}", shapely.Point(30.4 + n / 9000, 50.4).wkb_hex, "{}")
            for n in range(count)
        ]
        apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)

    before = versions_of(trees)
    grow(1001)
    assert set(Touch.objects.filter(layer=trees).values_list("z", "n")) == {(-1, 1)}
    assert all(old != new for old, new in zip(before, versions_of(trees), strict=True))
    Touch.objects.all().delete()
    grow(1100)
    assert -1 not in set(Touch.objects.filter(layer=trees).values_list("z", flat=True))


def test_a_shape_over_half_the_world_is_one_row_for_the_layer(trees):
    vast = shapely.box(-60, -50, 60, 50).wkb_hex
    apply_changeset(layer=trees, rows=[StagedRow("1", vast, "{}")], kind="edit")
    assert list(Touch.objects.values_list("z", flat=True)) == [-1]


def test_folding_keeps_every_version(trees, tree):
    chosen = random.Random(3)
    for _ in range(5):
        place = chosen.choice((HERE, THERE))
        edit_feature(
            layer=trees, key="1", keep_geom=False, geom=Point(place[0], place[1] + 1e-5, srid=4326)
        )
        edit_feature(layer=trees, key="1", keep_geom=False, geom=Point(*place, srid=4326))
    before = [versions_of(trees, z) for z in (0, 9, 16)]
    rows = Touch.objects.count()
    fold_touches()
    assert [versions_of(trees, z) for z in (0, 9, 16)] == before
    assert Touch.objects.count() < rows
    assert fold_touches() == 0
    move_by_sql("layers_feature")
    assert versions_of(trees)[:2] != before[2][:2]


def test_what_a_layer_left_goes_with_it(make_layer, plant, administrator):
    from layers.services import archive_layer, delete_layer

    layer = make_layer("passing")
    plant(layer, "1", lon=HERE[0], lat=HERE[1])
    archive_layer(layer=layer, actor=administrator)
    delete_layer(layer=layer, actor=administrator)
    assert not Touch.objects.exists()


@pytest.mark.parametrize("wkt", [
    "POINT (180 50)", "POINT (-180 85)", "POLYGON ((30 50, 31 51, 31 50, 30 51, 30 50))",
    "MULTIPOLYGON (((179 50, 180 50, 180 51, 179 50)), ((-180 50, -179 50, -180 51, -180 50)))",
    "GEOMETRYCOLLECTION (POINT (30.5 50.5), LINESTRING (30.5 50.5, 30.6 50.6))",
    "CURVEPOLYGON (CIRCULARSTRING (30 50, 30.1 50.1, 30.2 50, 30.1 49.9, 30 50))",
])  # fmt: skip
def test_no_shape_is_refused_because_its_tiles_are_looked_for(trees, tree, wkt):
    run("UPDATE layers_feature SET geom = ST_GeomFromText(%s, 4326) WHERE key = '1'", wkt)
    run("UPDATE layers_feature SET geom = NULL WHERE key = '1'")
    assert Client().get("/tiles/trees/0/0/0.mvt").status_code in (200, 204)


def list_shapes(chosen, count):
    """Points, lines and areas in EPSG:3857, of a metre to 60 km, many of them near tiles' edges."""
    side = 2 * HALF_M / 2**DEEPEST
    for number in range(count):
        x = -HALF_M + side * (chosen.randrange(9560, 9600) + chosen.uniform(-0.02, 0.02))
        y = HALF_M - side * (chosen.randrange(5510, 5540) + chosen.uniform(-0.02, 0.02))
        size = 10 ** chosen.uniform(0, 4.8)
        points = [
            (x + chosen.uniform(-size, size), y + chosen.uniform(-size, size)) for _ in range(4)
        ]
        yield (
            shapely.Point(x, y),
            shapely.LineString(points),
            shapely.convex_hull(shapely.MultiPoint(points)),
            shapely.MultiPoint(points[:2]),
        )[number % 4]


def reach(tile, pixels):
    side = 2 * HALF_M / 2 ** tile[0]
    west, north = -HALF_M + tile[1] * side, HALF_M - tile[2] * side
    grown = side * pixels / 4096
    return shapely.box(west - grown, north - side - grown, west + side + grown, north + grown)


def test_tiles_of_a_shape_are_those_that_show_it():
    for shape in list_shapes(random.Random(11), examples(60)):
        found = set(run(
            "SELECT z, x, y FROM tiles_find_tiles(ST_GeomFromWKB(%s, 3857))", shape.wkb
        ))  # fmt: skip
        around = {
            (z, (x >> (DEEPEST - z)) + dx, (y >> (DEEPEST - z)) + dy)
            for _, x, y in {t for t in found if t[0] == DEEPEST}
            for z in range(DEEPEST + 1)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        }
        inside = {t for t in around if min(t[1:]) >= 0 and max(t[1:]) < 2 ** t[0]}
        shown = {t for t in inside if reach(t, 64).intersects(shape)}
        near = {t for t in inside if reach(t, 66).intersects(shape)}
        assert shown <= found <= near


def test_a_point_one_pixel_over_the_edge_makes_both_tiles_new(trees):
    x, z = 9579, 14
    edge = x / 2**z * 360 - 180
    source = LayerSource(trees, ("public",))
    tiles = [find_tile(z, (edge + dx, 50.405)) for dx in (-0.03, -0.001, 0.001, 0.03)]
    before = [read_versions(tile, [source]) for tile in tiles]
    add_feature(
        layer=trees, key="1", geom=Point(edge - 360 / 2**z / 4096, 50.405, srid=4326), values={}
    )
    after = [read_versions(tile, [source]) for tile in tiles]
    changed = [old != new for old, new in zip(before, after, strict=True)]
    assert changed == [False, True, True, False]


def test_a_removed_feature_leaves_its_tiles_new(trees, tree):
    before = versions_of(trees)
    delete_feature(layer=trees, key="1")
    after = versions_of(trees)
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, False, False]


def test_a_partition_bears_every_statement_trigger_of_the_table(trees):
    by_table = {
        table: {
            (name, text.replace(f" ON public.{table} ", " ON t "))
            for name, text in run(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
                " AND tgrelid = %s::regclass",
                table,
            )
        }
        for table in ("layers_feature", f"layers_feature_{trees.pk}")
    }
    parent, partition = by_table.values()
    assert {"tiles_feature_updated", "layers_feature_truncated"} <= {name for name, _ in parent}
    assert parent == partition


def test_an_edit_of_one_tree_leaves_the_tag_of_a_far_tile(trees, tree):
    def tag(place):
        tile = find_tile(14, place)
        return Client().get(f"/tiles/trees/14/{tile.x}/{tile.y}.mvt")["ETag"]

    here, far = tag(HERE), tag(FAR)
    edit_feature(layer=trees, key="1", values={"species": "Ясен"})
    assert (tag(HERE) != here, tag(FAR) == far) == (True, True)
