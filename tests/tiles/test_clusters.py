"""Points from afar: drawn where they are few, counted where they are many, each of them once."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from shapely import Point

from layers.models import Changeset, Feature, Layer
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow
from tests.thoroughness import THOROUGH
from tests.tiles.decoding import count_points, find_tile, read_layers
from tiles.counting import fold_cells
from tiles.grid import Tile
from tiles.layer_source import COUNTED_ZOOM_MAX, POINTS_A_CELL

pytestmark = pytest.mark.django_db
INSERT = """
    INSERT INTO layers_feature (layer_id, key, geom, properties, visibility, changeset_id)
    SELECT %s, name, ST_SetSRID(ST_Point(lon, lat), 4326), jsonb_build_object('species', species),
        seen, 1
    FROM unnest(%s, %s, %s, %s, %s) AS given (name, lon, lat, species, seen)
"""


def insert(layer, places, prefix="p", seen="public"):
    """Places: lon, lat, species."""
    lons, lats, species = zip(*places, strict=True) if places else ((), (), ())
    keys = [f"{prefix}{number}" for number in range(len(places))]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [layer.pk, keys, list(map(float, lons)), list(map(float, lats)), list(species),
             [seen] * len(places)],
        )  # fmt: skip


def scatter(count, seed=1, spread=0.05):
    chosen = random.Random(seed)
    return [
        (
            30.5 + chosen.gauss(0, spread),
            50.4 + chosen.gauss(0, spread),
            chosen.choice(["Дуб", "Клен", "Липа"]),
        )
        for _ in range(count)
    ]


def sum_over_zoom(layer, z, visibilities=("public",)):
    """All that the tiles of a zoom stand for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tiles_step_x(geom_3857) >> %s, tiles_step_y(geom_3857) >> %s"
            " FROM layers_feature WHERE layer_id = %s",
            [30 - z, 30 - z, layer.pk],
        )
        tiles = cursor.fetchall()
    return sum(count_points(layer, Tile(z, x, y), visibilities)["all"] for x, y in tiles)


def require_sums(layer, zooms=range(COUNTED_ZOOM_MAX + 1)):
    public = Feature.objects.filter(layer=layer, visibility="public").count()
    every = Feature.objects.filter(layer=layer).count()
    for z in zooms:
        assert sum_over_zoom(layer, z) == public, z
        assert sum_over_zoom(layer, z, ("public", "staff")) == every, z


@pytest.fixture
def grove(trees):
    Layer.objects.filter(pk=trees.pk).update(style={"classes": "species"})
    trees.refresh_from_db()
    insert(trees, scatter(400))
    return trees


def test_every_point_is_in_one_tile_of_a_zoom_counted_or_drawn(grove):
    insert(grove, scatter(30, seed=2), prefix="hidden", seen="staff")
    require_sums(grove)


def test_a_cluster_says_how_many_and_of_which_class(grove):
    counts = count_points(grove, Tile(0, 0, 0))
    species = Feature.objects.filter(layer=grove).values_list("properties__species", flat=True)
    assert counts["_count"] == 400
    assert counts["_count:Дуб"] == list(species).count("Дуб")
    assert sum(counts[f"_count:{name}"] for name in ("Дуб", "Клен", "Липа")) == 400


def test_another_field_of_classes_counts_anew(grove):
    Layer.objects.filter(pk=grove.pk).update(style={})
    assert set(count_points(grove, Tile(0, 0, 0))) == {"drawn", "_count", "all"}
    require_sums(grove, [0, 9])


@pytest.mark.parametrize("z", [6, 13, 14])
def test_few_points_of_a_cell_are_drawn_and_one_more_makes_a_cluster(trees, z):
    insert(trees, [(30.5, 50.4, "Дуб")] * POINTS_A_CELL)
    tile = find_tile(z, 30.5, 50.4)
    assert count_points(trees, tile)["drawn"] == POINTS_A_CELL
    insert(trees, [(30.5, 50.4, "Дуб")], prefix="more")
    assert count_points(trees, tile) == {"drawn": 0, "_count": POINTS_A_CELL + 1,
                                         "all": POINTS_A_CELL + 1}  # fmt: skip


def test_nearer_than_zoom_14_every_point_is_drawn(grove):
    found = read_layers(grove, find_tile(15, 30.5, 50.4))
    assert set(found) == {"trees"}


def test_a_staff_feature_is_not_counted_for_visitors(grove):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE layers_feature SET visibility = 'staff' WHERE key = 'p1'")
    assert count_points(grove, Tile(0, 0, 0))["_count"] == 399
    assert count_points(grove, Tile(0, 0, 0), ("public", "staff"))["_count"] == 400


def test_a_multipoint_is_one_feature(trees):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO layers_feature (layer_id, key, geom, changeset_id) VALUES"
            " (%s, 'm', ST_GeomFromText('MULTIPOINT(30.5 50.4, 30.6 50.5)', 4326), 1)",
            [trees.pk],
        )
    assert (
        sum(count_points(trees, Tile(10, x, y))["all"] for x in (598, 599) for y in range(340, 350))
        == 1
    )


def test_clusters_of_neighbouring_cells_keep_apart(trees):
    """Two crowds on both sides of the edge of a cell."""
    edge = 30.9375 + 360 / 2**8 / 8  # of a cell of zoom 8: 0.17578125 degrees wide
    crowd = [(edge - 1e-6, 50.4, "Дуб")] * 20 + [(edge + 1e-6, 50.4, "Дуб")] * 20
    insert(trees, crowd)
    found = read_layers(trees, find_tile(8, edge, 50.4))["trees.clusters"]
    xs = sorted(each["geometry"]["coordinates"][0] for each in found)
    assert len(xs) == 2
    assert xs[1] - xs[0] >= 4096 / 8 / 2


def write_randomly(layer, seed, steps):
    """Adds, moves, other classes and visibilities, removals; by the parent or by the partition."""
    chosen = random.Random(seed)
    for step in range(steps):
        table = chosen.choice(["layers_feature", f"layers_feature_{layer.pk}"])
        few = f"layer_id = {layer.pk} AND id % 7 = {chosen.randrange(7)}"
        shift = chosen.choice([1e-5, 0.01, 3])
        statement = chosen.choice(
            [
                f"UPDATE {table} SET geom = ST_Translate(geom, {shift}, -{shift}) WHERE {few}",
                f'UPDATE {table} SET properties = \'{{"species": "Ясен"}}\' WHERE {few}',
                f"UPDATE {table} SET visibility = 'staff' WHERE {few}",
                f"DELETE FROM {table} WHERE {few}",
                "insert",
            ]
        )
        if statement == "insert":
            insert(layer, scatter(chosen.randrange(60), seed * 100 + step), f"s{seed}-{step}-")
        else:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        if chosen.random() < 0.2:
            fold_cells()


@pytest.mark.parametrize("seed", range(30 if THOROUGH else 4))
def test_sums_equal_counts_after_random_edits(trees, seed):
    insert(trees, scatter(150, seed))
    write_randomly(trees, seed, 5)
    require_sums(trees)


@pytest.mark.django_db(transaction=True)
def test_sums_equal_counts_after_edits_of_many_at_once(trees):
    insert(trees, scatter(150))

    def write(seed):
        try:
            write_randomly(trees, seed, 6)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(1, 5)))
    require_sums(trees, [0, 5, 10, 14])


def test_a_first_import_is_counted():
    spec = LayerSpec(slug="oaks", title_uk="Дуби", geometry_type="point")
    layer = create_layer(spec=spec, with_partition=False)
    rows = [StagedRow(str(n), Point(30.5, 50.4).wkb_hex, "{}") for n in range(30)]
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    assert count_points(layer, Tile(0, 0, 0))["_count"] == 30


def test_a_removed_layer_leaves_no_cells(grove):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE layers_feature")
        cursor.execute("SELECT count(*) FROM tiles_cell")
        assert cursor.fetchone() == (0,)
