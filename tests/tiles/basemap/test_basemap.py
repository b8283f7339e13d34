"""A PMTiles file of the town's own is served by ranges and drawn, or it is said why it is not."""

import json
import subprocess

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pmtiles.reader import Reader

from geoportal.interface.models import Community
from geoportal.mapkit.map_config import build_map_config
from tests.tiles.basemap.town import write_pictures, write_town
from tiles.basemap.checks import check_basemap, find_fault
from tiles.basemap.reading import get_folder, read_basemap
from tiles.basemap.schemas import find_schema

pytestmark = pytest.mark.django_db
URL = "/tiles/basemap/town.pmtiles"
STYLE = f"{URL}/style.json"


@pytest.fixture
def town(settings, tmp_path):
    """In the folder, and named by the operator."""
    settings.DATA_DIR = tmp_path
    settings.BASEMAP_PMTILES = "town.pmtiles"
    return write_town(get_folder() / "town.pmtiles", zoom_max=3)


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_it_is_served_by_ranges(town):
    whole = Client().get(URL)
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("application/vnd.pmtiles", "bytes")
    assert whole["Cache-Control"] == "public, no-cache"
    assert read(whole) == town.read_bytes()
    part = Client(headers={"range": "bytes=0-126"}).get(URL)
    assert (part.status_code, read(part)) == (206, town.read_bytes()[:127])
    assert Client(headers={"if-none-match": whole["ETag"]}).get(URL).status_code == 304
    town.write_bytes(town.read_bytes() + b"\0")
    assert Client().get(URL)["ETag"] != whole["ETag"]


def test_no_database_is_asked_so_the_map_that_is_read_only_has_it_too(town):
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(URL).status_code == 200
        assert Client().get(STYLE).status_code == 200
    assert len(queries) == 0


def test_the_style_reads_it_through_an_address_that_never_goes_stale(town):
    document = Client(headers={"host": "localhost"}).get(STYLE).json()
    source = document["sources"]["basemap"]
    address = source["url"].removeprefix("pmtiles://http://localhost")
    assert address.startswith(f"{URL}?v=")
    assert "immutable" in Client().get(address)["Cache-Control"]
    # Whose data it is, without tags.
    assert source["attribution"] == "© Мапа громади"
    assert document["glyphs"] == "http://localhost/tiles/glyphs/{fontstack}/{range}.pbf"


def test_each_schema_is_known_and_drawn_by_its_own_names(town, tmp_path, settings):
    for schema, kind, layers in (
        ("protomaps", "kind", {"earth", "water", "roads", "buildings", "places"}),
        ("protomaps_3", "pmap:kind", {"earth", "water", "roads"}),
        ("openmaptiles", "class", {"water", "transportation", "building"}),
    ):
        write_town(town, schema, zoom_max=0)
        for theme in ("light", "dark"):
            document = Client().get(f"{STYLE}?theme={theme}&language=en").json()
            assert {each["source-layer"] for each in document["layers"]} == layers, schema
            assert f'["get", "{kind}"]' in json.dumps(document), schema
    assert Client().get(f"{STYLE}?theme=pink").status_code == 400


def test_styles_are_such_as_maplibre_draws(town, tmp_path):
    for schema in ("protomaps", "openmaptiles"):
        write_town(town, schema, zoom_max=0)
        for theme in ("light", "dark"):
            path = tmp_path / f"{schema}-{theme}.json"
            path.write_bytes(Client().get(f"{STYLE}?theme={theme}").content)
            script = (
                "import {validateStyleMin} from '@maplibre/maplibre-gl-style-spec';"
                "import {readFileSync} from 'node:fs';"
                "const faults = validateStyleMin(JSON.parse(readFileSync(process.argv[1])));"
                "if (faults.length) { console.log(JSON.stringify(faults)); process.exit(1); }"
            )
            run = ["node", "--input-type=module", "-e", script, str(path)]
            done = subprocess.run(run, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_names_come_in_the_language_of_the_page(town):
    said = json.dumps(Client().get(f"{STYLE}?language=en").json())
    assert "name:en" in said
    assert "name:uk" in json.dumps(Client().get(f"{STYLE}?language=xx").json())


def test_pictures_are_drawn_as_such(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    write_pictures(get_folder() / "photo.pmtiles", b"\x89PNG\r\n")
    document = Client().get("/tiles/basemap/photo.pmtiles/style.json?theme=dark").json()
    assert document["sources"]["basemap"]["type"] == "raster"
    assert document["layers"][0]["paint"]["raster-brightness-max"] < 1


def test_the_pages_of_maps_name_it(town):
    ground = build_map_config(None)["ground"]
    assert ground == {
        "style": f"{STYLE}?language=uk",
        "attribution": "© Мапа громади",
        "themed": True,
    }


def test_the_community_names_a_file_and_the_operator_goes_before_it(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    Community.objects.create(base_map_pmtiles="own.pmtiles", base_map_attribution="© Рада")
    assert build_map_config(None)["ground"]["style"] == ""
    write_town(get_folder() / "own.pmtiles", zoom_max=0)
    ground = build_map_config(None)["ground"]
    assert ground["style"].startswith("/tiles/basemap/own.pmtiles/")
    assert ground["attribution"] == "© Рада"
    settings.BASEMAP_PMTILES = str(write_town(tmp_path / "elsewhere" / "other.pmtiles", zoom_max=0))
    assert "/other.pmtiles/" in build_map_config(None)["ground"]["style"]
    assert Client().get("/tiles/basemap/other.pmtiles").status_code == 200


def test_nothing_else_is_served(town, tmp_path):
    (get_folder() / "secret.txt").write_text("таємне")
    (tmp_path / "out.pmtiles").write_text("таємне")
    for name in ("secret.txt", "absent.pmtiles", "..%2Fout.pmtiles", "out.pmtiles"):
        assert Client().get(f"/tiles/basemap/{name}").status_code == 404, name


def test_a_fault_is_said_in_words_and_the_map_has_its_own_ground(town):
    assert find_fault("town.pmtiles", (27.0, 50.1, 27.2, 50.3)) == ""
    assert "another place" in find_fault("town.pmtiles", (30.0, 50.1, 30.2, 50.3))
    whole = town.read_bytes()
    faults = {}
    for name, content in {
        "empty": b"", "text": b"<html>", "mbtiles": b"SQLite format 3\0" * 20,
        "head": whole[:100], "torn": whole[:-20],
    }.items():  # fmt: skip
        town.write_bytes(content)
        faults[name] = find_fault("town.pmtiles", None)
        assert Client().get(URL).status_code == 404, name
        assert build_map_config(None)["ground"]["style"] == "", name
    assert all(faults.values()), faults
    write_town(town, "unknown", zoom_max=0)
    assert "(hydro)" in find_fault("town.pmtiles", None)
    assert Client().get(STYLE).status_code == 404
    assert build_map_config(None)["ground"] == {"style": "", "attribution": "", "themed": False}
    town.unlink()
    (message,) = check_basemap(None, databases=["default"])
    assert message.id == "geoportal.W012"
    assert "there is no file" in message.msg
    assert check_basemap(None, databases=None) == []


def test_metadata_of_another_shape_take_no_page_away(town):
    shapes: list[object] = [
        [],
        {"vector_layers": 5},
        {"vector_layers": [{"id": "a", "fields": 5}]},
        {"json": "[]"},
    ]
    for said in shapes:
        write_pictures(town, b"picture", said)
        assert "PMTiles" in find_fault("town.pmtiles", None), said
        assert Client().get(STYLE).status_code == 404, said
        assert build_map_config(None)["ground"]["style"] == "", said


def test_the_file_of_tests_is_a_whole_archive(town):
    with town.open("rb") as file:
        reader = Reader(lambda offset, length: (file.seek(offset), file.read(length))[1])
        assert reader.get(0, 0, 0)
    assert find_schema(read_basemap(town).layers).name == "Protomaps Basemaps"
