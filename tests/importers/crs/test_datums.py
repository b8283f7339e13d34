"""Files whose projection is a Ukrainian zone's, and whose datum is another or has no name."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from pyproj import CRS

from importers.crs.choice import choose_crs
from importers.errors import UnusableFile, UnusableOption
from importers.sources import Declaration
from tests.importers.conftest import codes, places
from tests.importers.crs.test_crs import REFERENCE

KHMELNYTSKYI = pytest.approx((26.98, 49.42), abs=2e-7)
TABLE = (
    'Version 300\nCharset "Neutral"\nDelimiter ","\n{}\nColumns 1\n  id Char(10)\nData\n\n'
    "Point {} {}\n"
)
ZONE = '"m", 27, 0, 1, 300000, 0'
KRASSOVSKY = 3


def write_mif(folder: Path, system: str, code: int = 6383) -> Path:
    path = folder / "лавки.mif"
    path.write_text(TABLE.format(f"CoordSys Earth Projection 8, {system}", *REFERENCE[code][0]))
    path.with_suffix(".mid").write_text('"a"\n')
    return path


def write_by_gdal(path: Path, code: int, driver: str) -> Path:
    """As QGIS exports it."""
    point = shapely.to_wkb(shapely.Point(*REFERENCE[code][0]))
    table = pa.table({"id": ["a"], "geometry": pa.array([point], pa.binary())})
    pyogrio.write_arrow(
        table,
        path,
        driver=driver,
        geometry_name="geometry",
        geometry_type="Point",
        crs=f"EPSG:{code}",
        dataset_options={"FORMAT": "MIF"} if path.suffix == ".mif" else None,
    )
    return path


@pytest.mark.parametrize("name", ["лавки.tab", "лавки.mif"])
@pytest.mark.parametrize("code", [6383, 9836])
def test_mapinfo_in_usk_2000_is_placed_right_and_told(run_import, tmp_path, name, code):
    result = run_import(write_by_gdal(tmp_path / name, code, "MapInfo File"))
    assert places()["a"].coords == KHMELNYTSKYI
    assert codes(result) == [(None, "datum-replaced")]
    (issue,) = [one for one in result.issues if one.code == "datum-replaced"]
    assert f"EPSG:{code} " in issue.message
    assert ("167" if code == 6383 else "164") in issue.message


@pytest.mark.parametrize("name", ["лавки.tab", "лавки.mif"])
@pytest.mark.parametrize("code", [28405, 2584, 7826, 32635])
def test_mapinfo_in_systems_whose_datum_it_can_name_is_read_as_it_is(
    run_import, tmp_path, name, code
):
    result = run_import(write_by_gdal(tmp_path / name, code, "MapInfo File"))
    assert places()["a"].coords == KHMELNYTSKYI
    assert (codes(result), result.crs.code) == ([], f"EPSG:{code}")


@pytest.mark.parametrize(
    ("datum", "told"),
    [
        (f"9999, {KRASSOVSKY}, 24, -121, -76, 0, 0, 0, 0, 0", []),
        (f"999, {KRASSOVSKY}, 24, -121, -76", []),
        (f"9999, {KRASSOVSKY}, 25, -141, -78.5, 0, 0.35, 0.736, 0, 0", ["datum-replaced"]),
        (f"9999, {KRASSOVSKY}, 0, 0, 0, 0, 0, 0, 0, 0", ["datum-replaced"]),
        ("1001", ["datum-replaced"]),
        ("104", ["datum-replaced"]),
    ],
)
def test_whatever_datum_stands_beside_the_zone_places_are_right(run_import, tmp_path, datum, told):
    result = run_import(write_mif(tmp_path, f"{datum}, {ZONE}"))
    assert places()["a"].coords == KHMELNYTSKYI
    assert [code for _row, code in codes(result)] == told


@pytest.mark.parametrize(("code", "others"), [(5563, {28405}), (5567, {2584})])
def test_a_projection_of_two_datums_is_asked_about(run_import, tmp_path, code, others):
    path = write_by_gdal(tmp_path / "лавки.mif", code, "MapInfo File")
    with pytest.raises(UnusableFile) as refused:
        run_import(path)
    found = {one["code"] for one in refused.value.extra["candidates"]}
    assert found == {f"EPSG:{one}" for one in {code, *others}}
    run_import(path, crs=f"EPSG:{code}")
    assert places()["a"].coords == KHMELNYTSKYI


def test_the_file_is_believed_where_the_user_says_so(run_import, tmp_path):
    path = write_mif(tmp_path, f"104, {ZONE}")
    result = run_import(path, crs="@file")
    assert codes(result) == []
    assert places()["a"].coords == pytest.approx((26.981636, 49.421058), abs=2e-6)


def test_a_file_that_states_nothing_cannot_be_believed(run_import, write_text):
    with pytest.raises(UnusableOption):
        run_import(write_text("id,lon,lat\n1,30,50\n"), crs="@file")


def test_a_drawing_that_is_not_on_the_earth_is_asked_about(run_import, tmp_path):
    path = tmp_path / "plan.mif"
    bounds = "Bounds (-10000000, -10000000) (10000000, 10000000)"
    path.write_text(TABLE.format(f'CoordSys NonEarth Units "m" {bounds}', *REFERENCE[6383][0]))
    path.with_suffix(".mid").write_text('"a"\n')
    with pytest.raises(UnusableFile, match="--crs"):
        run_import(path)
    run_import(path, crs="EPSG:6383")
    assert places()["a"].coords == KHMELNYTSKYI


def choose(crs: CRS, code: int):
    return choose_crs(Declaration(crs, "stated"), "", np.array([REFERENCE[code][0]] * 2), None)


@pytest.mark.parametrize("version", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
@pytest.mark.parametrize("code", [6383, 5563, 28405, 7826, 9836])
def test_a_prj_that_names_its_datum_is_read_as_it_is(version, code):
    choice = choose(CRS.from_wkt(CRS.from_epsg(code).to_wkt(version)), code)
    assert choice.issues == ()
    assert choice.projector(np.array([REFERENCE[code][0]]))[0] == KHMELNYTSKYI


PRJ = (
    'PROJCS["mine",GEOGCS["GCS",DATUM["{}",SPHEROID["Krassowsky_1940",6378245.0,298.3]{}],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",300000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",27.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    ("datum", "shift", "told"),
    [
        ("D_Ukraine_2000", "", []),
        ("D_Pulkovo_1942", "", ["datum-replaced"]),
        ("unknown", ",TOWGS84[24,-121,-76,0,0,0,0]", []),
        ("unknown", ",TOWGS84[25,-141,-78.5,0,-0.35,-0.736,0]", ["datum-replaced"]),
    ],
)
def test_a_prj_with_or_without_towgs84_is_placed_right(datum, shift, told):
    choice = choose(CRS.from_wkt(PRJ.format(datum, shift)), 6383)
    assert [issue.code for issue in choice.issues] == told
    assert choice.code == "EPSG:6383"
    assert choice.projector(np.array([REFERENCE[6383][0]]))[0] == KHMELNYTSKYI


def test_a_datum_without_a_name_is_asked_about_with_what_it_may_be():
    with pytest.raises(UnusableFile) as refused:
        choose(CRS.from_wkt(PRJ.format("Unknown_based_on_Krassowsky_1940_ellipsoid", "")), 6383)
    assert "EPSG:6383" in {one["code"] for one in refused.value.extra["candidates"]}


def test_a_geopackage_with_a_system_of_its_own_is_placed_right(run_import, tmp_path):
    path = tmp_path / "own.gpkg"
    point = shapely.to_wkb(shapely.Point(*REFERENCE[6383][0]))
    table = pa.table({"id": ["a"], "geometry": pa.array([point], pa.binary())})
    pyogrio.write_arrow(
        table,
        path,
        driver="GPKG",
        geometry_name="geometry",
        geometry_type="Point",
        crs=PRJ.format("D_Pulkovo_1942", ""),
    )
    result = run_import(path)
    assert places()["a"].coords == KHMELNYTSKYI
    assert codes(result) == [(None, "datum-replaced")]
