"""A whole layer as a file: complete, in its types, and equal when it is read again."""

import csv
import io
import json
import zipfile
from contextlib import nullcontext

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.test import Client

from importers.formats.tables.coordinates import LAT_NAMES, LON_NAMES, WKT_NAMES
from importers.pipeline import import_file
from importers.request import ImportRequest
from layers.downloads import archive
from layers.downloads.columns import list_columns, shorten_names
from layers.downloads.formats import DOWNLOAD_FORMATS, DownloadFormat
from layers.models import Changeset, Feature
from layers.schema.specs import FieldSpec
from layers.services import apply_changeset, edit_feature
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db

FIELDS = (
    FieldSpec(name="назва", title_uk="Назва"),
    FieldSpec(name="назва_повна"),
    FieldSpec(name="поверхів", type="integer"),
    FieldSpec(name="площа", type="number"),
    FieldSpec(name="діє", type="boolean"),
    FieldSpec(name="дата", type="date"),
    FieldSpec(name="години", type="json"),
    FieldSpec(name="ключник", audience="staff"),
)
VALUES = {
    "назва": 'Ліцей «Об\'єднання», №1; "так"\nдругий рядок',
    "назва_повна": "ї" * 200,
    "поверхів": 3,
    "площа": 12.25,
    "діє": True,
    "дата": "2026-11-20",
    "години": {"пн": ["08:00", "18:00"]},
}
SHAPES = {
    "точка": shapely.Point(30.123456789, 50.5),
    "лінія": shapely.LineString([(30, 50), (30.1, 50.1)]),
    "ділянка": shapely.box(30, 50, 30.1, 50.1),
    "нема": None,
}


PLACE_NAMES = sorted({*LON_NAMES, *LAT_NAMES, *WKT_NAMES} - {"довгота", "широта", "shape"})
MANY = shapely.MultiPoint([(30, 50), (30.1, 50.1)])
COLLECTION = shapely.GeometryCollection(
    [SHAPES["точка"], SHAPES["лінія"], SHAPES["ділянка"], shapely.Point(31, 51)]
)


def expect_cut():
    """dBase cuts text to 254 bytes, which GDAL tells."""
    return pytest.warns(RuntimeWarning, match="has been truncated")


@pytest.fixture
def fill(make_layer):
    def fill(shapes, **given):
        layer = make_layer("objects", fields=FIELDS, title_field="назва", **given)
        rows = (
            StagedRow(
                key,
                shape.wkb_hex if shape else None,
                json.dumps(VALUES if shape else dict.fromkeys(VALUES)),
                '{"ключник": "таємне"}',
            )
            for key, shape in shapes.items()
        )
        apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
        return layer

    return fill


@pytest.fixture
def fill_with(make_layer):
    """A layer with these fields; a row for each shape, with the same values."""

    def fill(fields, values, shapes, **given):
        layer = make_layer("objects", fields=fields, title_field="", **given)
        rows = (
            StagedRow(key, shape.wkb_hex if shape else None, json.dumps(values))
            for key, shape in shapes.items()
        )
        apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
        return layer

    return fill


def read_state(layer):
    rows = Feature.objects.filter(layer=layer)
    return {
        row.key: (row.properties, row.internal, row.geom and row.geom.wkb.hex()) for row in rows
    }


def check_round_trip(layer, extension, path):
    """The layer's own download, imported again, changes nothing and leaves nothing out."""
    before = read_state(layer)
    file = download(extension, path)
    result = import_file(ImportRequest(path=file, layer=layer.slug, replace=True))
    assert (result.added, result.changed, result.removed) == (0, 0, 0)
    assert (result.unchanged, result.rejected, result.repaired) == (len(before), 0, 0)
    assert result.ignored_columns == []
    assert {issue.code for issue in result.issues} <= {"no-geometry"}
    assert read_state(layer) == before


def download(extension, path):
    response = Client().get(f"/data/objects.{extension}")
    assert response.status_code == 200
    assert f'filename="objects.{extension}"' in response["Content-Disposition"]
    file = path / f"objects.{extension}"
    file.write_bytes(b"".join(response.streaming_content))
    return file


def test_geojson_is_complete_and_valid(fill, tmp_path):
    fill(SHAPES, geometry_type="mixed")
    collection = json.loads(download("geojson", tmp_path).read_text())
    features = {feature["id"]: feature for feature in collection["features"]}
    assert list(features) == list(SHAPES)
    assert features["точка"]["properties"] == VALUES
    assert features["нема"]["geometry"] is None
    for key, shape in SHAPES.items():
        if shape:
            assert shapely.geometry.shape(features[key]["geometry"]).equals_exact(shape, 1e-9)


def test_an_empty_layer_is_a_valid_file(fill, tmp_path):
    fill({})
    assert json.loads(download("geojson", tmp_path).read_text())["features"] == []
    assert len(download("csv", tmp_path).read_text("utf-8-sig").splitlines()) == 1
    for extension in ("gpkg", "fgb"):
        assert len(pyogrio.read_dataframe(download(extension, tmp_path))) == 0
    assert zipfile.ZipFile(download("shp.zip", tmp_path)).testzip() is None


def test_csv_of_points_has_lon_and_lat(fill, tmp_path):
    fill({"точка": SHAPES["точка"], "нема": None}, geometry_type="point")
    text = download("csv", tmp_path).read_text("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert first["key"] == "точка"
    assert (float(first["lon"]), float(first["lat"])) == (30.123456789, 50.5)
    assert first["назва"] == VALUES["назва"]
    assert (first["площа"], first["діє"], first["дата"]) == ("12.25", "true", "2026-11-20")
    assert json.loads(first["години"]) == VALUES["години"]
    assert "ключник" not in first
    assert (second["lon"], second["поверхів"]) == ("", "")
    table = pd.read_csv(tmp_path / "objects.csv")
    assert next(iter(table.columns)) == "key"


def test_csv_of_shapes_has_wkt(fill, tmp_path):
    fill({"лінія": SHAPES["лінія"]}, geometry_type="line")
    (row,) = csv.DictReader(io.StringIO(download("csv", tmp_path).read_text("utf-8-sig")))
    assert shapely.from_wkt(row["wkt"]).equals(SHAPES["лінія"])


def test_geopackage_keeps_names_types_and_geometry(fill, tmp_path):
    fill({"точка": SHAPES["точка"], "нема": None}, geometry_type="point")
    file = download("gpkg", tmp_path)
    info = pyogrio.read_info(file)
    assert (info["crs"], info["geometry_type"]) == ("EPSG:4326", "Point")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert kinds["поверхів"] == "OFTInteger64"
    assert kinds["площа"] == "OFTReal"
    assert kinds["дата"] == "OFTDate"
    assert "ключник" not in kinds
    table = gpd.read_file(file).set_index("key")
    assert table.loc["точка", "назва"] == VALUES["назва"]
    assert table.loc["точка", "geometry"].equals(SHAPES["точка"])
    assert table.loc["нема", "geometry"] is None
    assert pd.isna(table.loc["нема", "площа"])


def test_a_mix_of_single_and_multi_areas_is_one_type(fill, tmp_path):
    two = shapely.MultiPolygon([SHAPES["ділянка"], shapely.box(31, 50, 31.1, 50.1)])
    fill({"1": SHAPES["ділянка"], "2": two}, geometry_type="polygon")
    for extension in ("gpkg", "fgb"):
        assert pyogrio.read_info(download(extension, tmp_path))["geometry_type"] == "MultiPolygon"


def test_shapefile_splits_geometry_and_tells_full_names(fill, tmp_path):
    layer = fill(SHAPES, geometry_type="mixed")
    with expect_cut():
        archive = zipfile.ZipFile(download("shp.zip", tmp_path))
    shapes = sorted(name for name in archive.namelist() if name.endswith(".shp"))
    assert shapes == ["objects_areas.shp", "objects_lines.shp", "objects_points.shp"]
    assert archive.read("objects_points.cpg").strip() == b"UTF-8"
    points = gpd.read_file(f"zip://{tmp_path}/objects.shp.zip!objects_points.shp").set_index("key")
    assert set(points.index) == {"точка", "нема"}
    assert points.loc["точка", "poverkhiv"] == 3
    names = list(csv.DictReader(io.StringIO(archive.read("fields.csv").decode("utf-8-sig"))))
    assert {row["name"]: row["dbf_name"] for row in names}["назва_повна"] == "nazva_povn"
    short = shorten_names(list_columns(layer)).values()
    assert len(set(short)) == len(list(short))
    assert all(len(name) <= 10 and name.isascii() for name in short)


def test_a_file_is_kept_until_the_layer_changes(fill, settings):
    layer = fill({"точка": SHAPES["точка"]}, geometry_type="point")
    first = Client().get("/data/objects.gpkg")
    same = Client(headers={"if-none-match": first["ETag"]}).get("/data/objects.gpkg")
    assert same.status_code == 304
    edit_feature(layer=layer, key="точка", values={"поверхів": 4})
    second = Client().get("/data/objects.gpkg")
    assert second["ETag"] != first["ETag"]
    kept = list((settings.DATA_DIR / "downloads").iterdir())
    assert len(kept) == 1


@pytest.mark.parametrize("name", ["objects.xyz", "none.csv", "objects.zip"])
def test_an_unknown_format_or_layer_is_not_found(fill, name):
    fill({})
    assert Client().get(f"/data/{name}").status_code == 404


def test_the_export_command_writes_what_the_download_gives(fill, tmp_path):
    fill(SHAPES, geometry_type="mixed")
    for known in DOWNLOAD_FORMATS:
        with expect_cut() if known.extension == "shp.zip" else nullcontext():
            call_command("export_layer", "objects", tmp_path / f"mine.{known.extension}")
    assert (tmp_path / "mine.geojson").read_bytes() == download("geojson", tmp_path).read_bytes()
    assert len(gpd.read_file(tmp_path / "mine.gpkg")) == 4
    for arguments in (("none", "a.csv"), ("objects", "a.xyz"), ("objects", "no/such/a.csv")):
        with pytest.raises(CommandError):
            call_command("export_layer", *arguments)


def test_geojson_keeps_every_bit_of_a_place(fill, tmp_path):
    shape = shapely.Point(30.123456789012345, 50.1 + 2**-45)
    fill({"точка": shape}, geometry_type="point")
    (feature,) = json.loads(download("geojson", tmp_path).read_text())["features"]
    assert shapely.geometry.shape(feature["geometry"]).wkb == shape.wkb


def test_csv_keeps_multipoints_of_a_layer_of_points(fill, tmp_path):
    layer = fill({"дві": MANY, "точка": SHAPES["точка"], "нема": None}, geometry_type="point")
    text = download("csv", tmp_path).read_text("utf-8-sig")
    two, one, _ = csv.DictReader(io.StringIO(text, newline=""))
    assert shapely.from_wkt(two["wkt"]).equals(MANY)
    assert (two["lon"], one["wkt"], one["lat"]) == ("", "", "50.5")
    check_round_trip(layer, "csv", tmp_path)


def test_csv_of_an_empty_layer_asks_for_points(fill, tmp_path):
    fill({}, geometry_type="polygon")
    (heads,) = csv.reader(io.StringIO(download("csv", tmp_path).read_text("utf-8-sig")))
    assert heads[-2:] == ["lon", "lat"]
    assert "wkt" not in heads


@pytest.mark.parametrize("names", [["lon", "lat", "wkt", "geom"], ["Lat"], ["geom"], PLACE_NAMES])
@pytest.mark.parametrize("shape", [SHAPES["точка"], SHAPES["лінія"], MANY])
def test_fields_named_as_places_come_back_from_csv(fill_with, tmp_path, names, shape):
    fields = tuple(FieldSpec(name=name, title_uk="Longitude") for name in names)
    values = dict.fromkeys(names, "29.5")
    layer = fill_with(fields, values, {"1": shape, "2": None}, geometry_type="mixed")
    check_round_trip(layer, "csv", tmp_path)


def test_csv_never_puts_places_into_fields_of_staff(fill_with, tmp_path):
    fields = (FieldSpec(name="назва"), FieldSpec(name="lon", audience="staff"))
    layer = fill_with(fields, {"назва": "а"}, {"1": SHAPES["точка"]}, geometry_type="point")
    check_round_trip(layer, "csv", tmp_path)


CLASHES = [
    ["FID", "key"],
    ["fid", "Key"],
    ["geom", "ogc_fid", "OGC_FID"],
    ["Name", "name", "NAME", "name_"],
    ["Назва", "назва", "rowid", "_fid", "fid", "_geom", "geom"],
]


@pytest.mark.parametrize("names", CLASHES)
@pytest.mark.parametrize(
    "extension", [known.extension for known in DOWNLOAD_FORMATS if known.is_whole]
)
def test_fields_whose_names_clash_come_back(fill_with, tmp_path, names, extension):
    values = {name: f"значення {number}" for number, name in enumerate(names)}
    fields = tuple(FieldSpec(name=name) for name in names)
    layer = fill_with(fields, values, {"a1": SHAPES["точка"], "b2": None}, geometry_type="point")
    check_round_trip(layer, extension, tmp_path)


def test_a_number_named_fid_stays_an_attribute(fill_with, tmp_path):
    fields = (FieldSpec(name="fid", type="integer"), FieldSpec(name="ogc_fid", type="integer"))
    shapes = {"a1": SHAPES["точка"], "b2": None}
    layer = fill_with(fields, {"fid": 7, "ogc_fid": 8}, shapes, geometry_type="point")
    for extension in ("gpkg", "fgb", "shp.zip", "csv"):
        check_round_trip(layer, extension, tmp_path)


@pytest.mark.parametrize("extension", ["gpkg", "fgb", "shp.zip", "csv"])
def test_numbers_of_any_width_are_written_whole(fill_with, tmp_path, extension):
    fields = (
        FieldSpec(name="wide", type="integer"),
        FieldSpec(name="usual", type="integer"),
        FieldSpec(name="real", type="number"),
        FieldSpec(name="huge", type="number"),
    )
    values = {"wide": 2**70 + 1, "usual": 2**63 - 1, "real": 2**53 + 2, "huge": 10**310}
    fill_with(fields, values, {"1": SHAPES["точка"]}, geometry_type="point")
    with expect_cut() if extension == "shp.zip" else nullcontext():
        file = download(extension, tmp_path)
    if extension == "csv":
        (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    else:
        row = gpd.read_file(file).iloc[0]
    assert row["wide"] == str(values["wide"])
    assert int(row["usual"]) == values["usual"]
    assert float(row["real"]) == values["real"]
    if extension != "shp.zip":
        assert row["huge"] == str(values["huge"])


def test_a_shapefile_takes_collections_apart(fill_with, tmp_path):
    shapes = {"усе": COLLECTION, "точка": SHAPES["точка"], "нема": None}
    fill_with((FieldSpec(name="назва"),), {"назва": "а"}, shapes, geometry_type="mixed")
    file = download("shp.zip", tmp_path)
    parts = {
        part: gpd.read_file(f"zip://{file}!objects_{part}.shp").set_index("key")
        for part in ("points", "lines", "areas")
    }
    assert set(parts["points"].index) == {"усе", "точка", "нема"}
    assert len(parts["points"].loc["усе", "geometry"].geoms) == 2
    assert list(parts["lines"].index) == list(parts["areas"].index) == ["усе"]
    assert parts["lines"].loc["усе", "geometry"].equals(SHAPES["лінія"])
    assert parts["areas"].loc["усе", "nazva"] == "а"


def test_files_of_tables_keep_collections_whole(fill_with, tmp_path):
    lines = shapely.GeometryCollection([SHAPES["лінія"], SHAPES["точка"]])
    many = shapely.MultiLineString([SHAPES["лінія"]])
    fill_with((), {}, {"1": lines, "2": many}, geometry_type="mixed")
    for extension in ("gpkg", "fgb"):
        table = gpd.read_file(download(extension, tmp_path)).set_index("key")
        assert table.loc["1", "geometry"].equals(lines)
        assert table.loc["2", "geometry"].geom_type == "MultiLineString"


def test_a_file_dropped_by_another_request_is_given_all_the_same(fill, monkeypatch, tmp_path):
    fill({"точка": SHAPES["точка"]}, geometry_type="point")
    write = DownloadFormat.write
    real_glob = archive.Path.glob

    def drop_everything(folder, pattern):
        for file in real_glob(folder, "*.gpkg"):
            file.unlink()
        return real_glob(folder, pattern)

    monkeypatch.setattr(archive.Path, "glob", drop_everything)
    assert len(pyogrio.read_dataframe(download("gpkg", tmp_path))) == 1
    built: list[int] = []

    def build_and_count(*given):
        built.append(1)
        write(*given)

    monkeypatch.setattr(DownloadFormat, "write", build_and_count)
    download("gpkg", tmp_path)
    assert built == [1]


def test_flatgeobuf_keeps_names_types_and_an_index_of_places(fill, tmp_path):
    fill({"точка": SHAPES["точка"], "друга": shapely.Point(31, 51)}, geometry_type="point")
    file = download("fgb", tmp_path)
    info = pyogrio.read_info(file)
    assert (info["crs"], info["geometry_type"], info["features"]) == ("EPSG:4326", "Point", 2)
    assert info["capabilities"]["fast_spatial_filter"]
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    # The format has no type for a day alone: it is the time at its beginning.
    assert (kinds["поверхів"], kinds["дата"]) == ("OFTInteger64", "OFTDateTime")
    assert "ключник" not in kinds
    found = gpd.read_file(file, bbox=(30, 50, 30.5, 50.6)).set_index("key")
    assert list(found.index) == ["точка"]
    assert found.loc["точка", "назва"] == VALUES["назва"]


def test_flatgeobuf_keeps_features_without_a_place(fill, tmp_path):
    layer = fill(SHAPES, geometry_type="mixed")
    assert set(gpd.read_file(download("fgb", tmp_path))["key"]) == set(SHAPES)
    check_round_trip(layer, "fgb", tmp_path)
