"""An archive holds what `/tiles/` serves, tile by tile, and nothing empty."""

import pyogrio
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pmtiles.tile import Compression, TileType, zxy_to_tileid

from layers.models import Layer
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.tiles.archives.conftest import decode_features, read_archive
from tiles.archives import writing
from tiles.archives.occupied import walk_occupied
from tiles.archives.writing import ZOOM_MAX
from tiles.grid import Tile
from tiles.sources import read_tile

pytestmark = pytest.mark.django_db
NEW = '{"species": "Нова"}'


def serve(slugs: str, z: int, x: int, y: int) -> bytes:
    response = Client().get(f"/tiles/{slugs}/{z}/{x}/{y}.mvt")
    assert response.status_code in (200, 204)
    return response.content


@pytest.mark.usefixtures("community")
def test_every_tile_of_a_layer_is_that_which_is_served(tmp_path):
    for layer in Layer.objects.filter(min_zoom__lte=ZOOM_MAX):
        call_command("build_pmtiles", layer.slug, tmp_path / "layer.pmtiles")
        _, tiles = read_archive(tmp_path / "layer.pmtiles")
        assert tiles
        for zxy, tile in tiles.items():
            assert decode_features(tile) == decode_features(serve(layer.slug, *zxy))
        for tile in walk_occupied([layer], ["public"], ZOOM_MAX):
            if (tile.z, tile.x, tile.y) not in tiles:
                assert not serve(layer.slug, tile.z, tile.x, tile.y)


@pytest.mark.usefixtures("community")
def test_the_whole_map_holds_all_layers_of_each_tile(tmp_path):
    call_command("build_pmtiles", map=tmp_path / "map.pmtiles")
    reader, tiles = read_archive(tmp_path / "map.pmtiles")
    said = [each["id"] for each in reader.metadata()["vector_layers"]]
    slugs = [name for name in said if "." not in name]
    assert set(slugs) == set(Layer.objects.values_list("slug", flat=True))
    early = set(Layer.objects.filter(min_zoom__lte=ZOOM_MAX).values_list("slug", flat=True))
    for zxy, tile in tiles.items():
        served: dict[str, object] = {}
        for start in range(0, len(slugs), 16):
            served |= decode_features(serve(",".join(slugs[start : start + 16]), *zxy))
        kept = decode_features(tile)
        assert {name: kept[name] for name in kept if name.split(".")[0] in early} == served
        assert set(kept) <= set(said)
    deepest = [decode_features(tile) for (z, _x, _y), tile in tiles.items() if z == ZOOM_MAX]
    names = {name for tile in deepest for name in tile if "." not in name}
    assert names == set(slugs)


def test_its_head_and_metadata_say_what_it_holds(trees, plant, tmp_path):
    plant(trees, "1", lon=30.5, lat=50.4)
    plant(trees, "2", lon=30.6, lat=50.5)
    call_command("build_pmtiles", "trees", tmp_path / "trees.pmtiles")
    reader, tiles = read_archive(tmp_path / "trees.pmtiles")
    head, said = reader.header(), reader.metadata()
    assert (head["tile_type"], head["tile_compression"]) == (TileType.MVT, Compression.GZIP)
    assert head["clustered"]
    assert head["max_zoom"] == ZOOM_MAX
    assert (head["min_lon_e7"], head["max_lat_e7"]) == (305_000_000, 505_000_000)
    assert head["center_lon_e7"] == 305_500_000
    assert said["name"] == "Дерева"
    assert said["attribution"].startswith("© Міська рада (<a href=")
    assert ">CC BY 4.0</a>)" in said["attribution"]
    trees_said, counts_said = said["vector_layers"]
    assert (trees_said["id"], trees_said["minzoom"], trees_said["maxzoom"]) == (
        "trees",
        0,
        ZOOM_MAX,
    )
    assert trees_said["fields"] == {"_key": "String", "species": "String"}
    assert (counts_said["id"], counts_said["maxzoom"]) == ("trees.clusters", ZOOM_MAX - 1)
    assert "inspector_remark" not in str(said)
    numbers = [zxy_to_tileid(*zxy) for zxy in tiles]
    assert numbers == sorted(numbers)


def test_gdal_opens_it(trees, plant, tmp_path):
    plant(trees, "1")
    path = tmp_path / "trees.pmtiles"
    call_command("build_pmtiles", "trees", path)
    assert [name for name, _ in pyogrio.list_layers(path)] == ["trees", "trees.clusters"]
    frame = pyogrio.read_dataframe(path, layer="trees")
    assert list(frame["species"]) == ["Дуб"]
    (place,) = frame.geometry.to_crs(4326)
    assert place.distance(shapely.Point(30.5, 50.4)) < 1e-5


def test_what_visitors_may_not_see_is_not_in_it(trees, plant, tmp_path):
    plant(trees, "open")
    plant(trees, "hidden", visibility="staff")
    call_command("build_pmtiles", "trees", tmp_path / "trees.pmtiles")
    _, tiles = read_archive(tmp_path / "trees.pmtiles")
    keys = {
        values["_key"]
        for tile in tiles.values()
        for _, values in decode_features(tile)["trees"].values()
    }
    assert keys == {"open"}


def test_an_empty_layer_is_an_archive_of_nothing(trees, tmp_path):
    call_command("build_pmtiles", "trees", tmp_path / "trees.pmtiles")
    reader, tiles = read_archive(tmp_path / "trees.pmtiles")
    assert tiles == {(0, 0, 0): b""}
    assert reader.header()["max_zoom"] == 0


def test_the_same_content_makes_the_same_bytes(trees, plant, tmp_path):
    plant(trees, "1")
    for name in ("one", "two"):
        call_command("build_pmtiles", "trees", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_only_children_of_occupied_tiles_are_looked_at(
    trees, make_layer, django_assert_num_queries
):
    """Two points at the ends of the land: two paths down the tree, whatever lies between."""
    ends = {"west": shapely.Point(22.2, 48.4), "east": shapely.Point(40.1, 49.5)}
    rows = [StagedRow(key, place.wkb_hex, "{}") for key, place in ends.items()]
    apply_changeset(layer=trees, rows=rows, kind="edit")
    with django_assert_num_queries(ZOOM_MAX + 1):
        found = list(walk_occupied([trees], ["public"], ZOOM_MAX))
    assert found[0] == Tile(0, 0, 0)
    # Each point is in the buffers of three neighbours at most.
    assert len(found) <= 4 * 2 * (ZOOM_MAX + 1)
    assert {9202, 10017} <= {tile.x for tile in found if tile.z == ZOOM_MAX}


def test_a_line_is_looked_for_along_itself_not_over_its_box(make_layer):
    roads = make_layer("roads", geometry_type="line")
    line = shapely.LineString([(30.0, 50.0), (31.0, 51.0)])
    apply_changeset(layer=roads, rows=[StagedRow("1", line.wkb_hex, "{}")], kind="edit")
    found = [tile for tile in walk_occupied([roads], ["public"], 12) if tile.z == 12]
    assert 15 < len(found) < 60


def test_the_command_says_what_is_wrong(trees, tmp_path):
    for arguments, named in (
        (["none", tmp_path / "a"], {}),
        (["trees"], {}),
        (["trees", tmp_path / "no" / "a"], {}),
        (["trees", tmp_path / "a"], {"map": tmp_path / "b"}),
    ):
        with pytest.raises(CommandError):
            call_command("build_pmtiles", *arguments, **named)
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db(transaction=True)
def test_layers_and_map_show_one_state_of_the_database(trees, plant, tmp_path, monkeypatch):
    """What another connection commits while tiles are made is in none of them."""
    plant(trees, "1")

    def read_late(tile, sources):
        if tile.z == 3:
            other = connection.copy("default")
            try:
                with other.cursor() as cursor:
                    cursor.execute("UPDATE layers_feature SET properties = %s", [NEW])
            finally:
                other.close()
        return read_tile(tile, sources)

    monkeypatch.setattr(writing, "read_tile", read_late)
    call_command("build_pmtiles", "trees", tmp_path / "trees.pmtiles")
    _, tiles = read_archive(tmp_path / "trees.pmtiles")
    assert all("Нова".encode() not in tile for tile in tiles.values())
    assert "Нова".encode() in serve("trees", *max(tiles))
