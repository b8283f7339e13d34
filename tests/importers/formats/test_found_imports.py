"""Files that were found by use, each with one fault: what is right stands beside it in a .txt."""

import pytest

from importers.errors import UnusableOption
from layers.models import Layer
from tests.importers.conftest import places, stored

FOLDER = "found-imports"
# f19 and f23 are about keys and about what may be removed: tests of planning have them.
ELSEWHERE = {"SOURCE.md", "f19_near_unique_id.csv"}
SIDE_PARTS = {".dbf", ".shx", ".prj", ".mid", ".txt"}
EIGHT = [f"0{number}-A" for number in range(1, 9)]

# File → options, rows, and issues by row (`None`: the whole file).
OUTCOMES = {
    "f01_dbf_fewer_rows.shp": (
        {},
        8,
        [(7, "attributes-missing-in-row"), (8, "attributes-missing-in-row")],
    ),
    "f03_dbf_bad_date_overflow.shp": (
        {},
        7,
        [(None, "rows-deleted"), (3, "number-overflow"), (5, "impossible-date")],
    ),
    "f04_shp_without_dbf.zip": ({}, 8, [(None, "attributes-missing")]),
    "f05_truncated_utf8.shp": ({}, 8, [(row, "broken-letters") for row in (4, 7, 8)]),
    "f06_cp866_zip_names.zip": ({}, 8, []),
    "f07_naive_datetime.gpkg": ({}, 8, []),
    "f07_naive_datetime_twin.geojson": ({}, 8, []),
    "f08_null_island.csv": ({}, 8, [(3, "no-geometry"), (3, "zero-place")]),
    "f09_lat_lon_one_column.csv": ({}, 8, []),
    "f09_lat_lon_one_column_semicolon.csv": ({}, 8, []),
    "f11_comment_line.csv": ({}, 8, []),
    "f11_title_rows.csv": ({}, 9, [(9, "total-row")]),
    "f14_nan_coordinate.geojson": ({}, 3, [(2, "unreadable-geometry")]),
    "f15_fgdb.gdb.zip": ({}, 8, []),
    "f15_mapinfo.mif": ({}, 8, [(None, "datum-replaced")]),
    "f15_mapinfo_tab.zip": ({}, 8, [(None, "datum-replaced")]),
    "f15_named.kmz": ({"source_layer": "Місто/Папка 1"}, 4, [(None, "heights-dropped")]),
    "f15_nested_zip.zip": ({"source_layer": "дерева"}, 8, []),
    "f15_plan.dxf": ({"crs": "EPSG:6383"}, 1, []),
    "f15_simple.ods": ({}, 8, []),
    "f20_empty_nameless_columns.csv": ({}, 9, []),
    "f21_valid_geojson_abroad.geojson": ({}, 5, [(None, "axes-doubtful")]),
}


@pytest.fixture
def found(shared_data):
    folder = shared_data / FOLDER
    if not folder.is_dir():
        pytest.skip("the files that were found by use are not here")
    return folder


def test_every_file_that_was_found_is_tried(found):
    names = {
        path.name
        for path in found.iterdir()
        if path.suffix not in SIDE_PARTS and path.name not in ELSEWHERE
    }
    assert names == set(OUTCOMES)


def test_a_shape_without_a_row_keeps_its_place(run_import, found):
    run_import(found / "f01_dbf_fewer_rows.shp", key="")
    assert sum(geom is not None for geom in places().values()) == 8


def test_what_cannot_be_believed_is_no_value(run_import, found):
    run_import(found / "f03_dbf_bad_date_overflow.shp")
    rows = sorted(stored().values(), key=lambda row: row["ID"])
    assert rows[2]["CINA"] is None
    assert rows[4]["DATA"] is None
    assert rows[0]["DATA"] == "2023-01-05"


def test_names_in_an_archive_of_windows_are_read(run_import, found):
    run_import(found / "f06_cp866_zip_names.zip")
    assert Layer.objects.get().title_uk == "Лавки"


def test_a_time_without_a_zone_stays_as_it_is_written_whatever_the_format(run_import, found):
    run_import(found / "f07_naive_datetime.gpkg", layer="packed")
    run_import(found / "f07_naive_datetime_twin.geojson", layer="twin")
    times = {row["chas"] for slug in ("packed", "twin") for row in stored(slug).values()}
    assert times == {"2024-06-01T10:30:00"}


def test_a_place_at_zero_is_none(run_import, found):
    run_import(found / "f08_null_island.csv")
    assert [key for key, geom in places().items() if geom is None] == ["2"]


@pytest.mark.parametrize("name", ["f09_lat_lon_one_column", "f09_lat_lon_one_column_semicolon"])
def test_both_coordinates_in_one_column_come_latitude_first(run_import, found, name):
    run_import(found / f"{name}.csv")
    assert places()["0"].coords == pytest.approx((27.2301, 50.2551))


def test_columns_without_heading_and_value_are_left_out(run_import, found):
    result = run_import(found / "f20_empty_nameless_columns.csv")
    assert result.fields == ["id", "назва"]
    assert result.ignored_columns == []


def test_a_valid_place_abroad_stays_where_it_is(run_import, found):
    run_import(found / "f21_valid_geojson_abroad.geojson")
    assert sorted(geom.coords for geom in places().values())[0] == pytest.approx((45.0, 36.2))


@pytest.mark.parametrize(
    ("name", "layers"),
    [("f15_named.kmz", "Місто/Папка 0, Місто/Папка 1"), ("f15_nested_zip.zip", "лавки, дерева")],
)
def test_a_file_with_several_layers_names_them(run_import, found, name, layers):
    with pytest.raises(UnusableOption, match=layers):
        run_import(found / name)


@pytest.mark.parametrize("name", ["f15_mapinfo.mif", "f15_mapinfo_tab.zip", "f15_fgdb.gdb.zip"])
def test_what_land_offices_write_has_letters_and_places(run_import, found, name):
    run_import(found / name, key="inv")
    assert sorted(stored()) == EIGHT
    assert stored()["01-A"]["nazva"] == "Лавка біля ратуші"
    assert places()["01-A"].coords == pytest.approx((27.2301, 50.2551), abs=2e-7)


def test_attributes_of_kml_keep_their_ukrainian_names(run_import, found):
    result = run_import(found / "f15_named.kmz", source_layer="Місто/Папка 0")
    assert result.fields == ["Name", "description", "рік"]


def test_a_cell_of_five_million_letters_is_loaded(run_import, write_text):
    text = "ї" * 5_000_000
    run_import(write_text(f'id,lon,lat,text\n1,27.1,50.2,"{text}"\n2,27.1,50.2,короткий\n'))
    assert len(stored()["1"]["text"]) == 5_000_000
    assert stored()["2"]["text"] == "короткий"
