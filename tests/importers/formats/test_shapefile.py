"""Shapefiles as offices hand them over: encodings, cut names, missing parts, old systems."""

import shutil
import zipfile

import pytest
import shapely
from pyproj import CRS, Transformer

from importers.errors import UnusableFile, UnusableOption
from layers.models import Layer
from tests.importers.conftest import codes, counts, places, stored, write_vector

KHMELNYTSKYI = shapely.Point(298667.610, 5476455.233)
SHEPETIVKA = shapely.Point(305118.671, 5560988.938)


def make(tmp_path, shapes=(KHMELNYTSKYI, SHEPETIVKA), crs="EPSG:6383", **columns):
    """A Shapefile in УСК-2000 zone 9 with cp1251 text."""
    columns = columns or {"id": [1, 2], "назва": ["Хмельницький", "Шепетівка, ґрунт «є»"]}
    folder = tmp_path / "shp"
    folder.mkdir(exist_ok=True)
    path = folder / "town.shp"
    return write_vector(path, list(shapes), crs, **({"encoding": "CP1251"} | columns))


def pack(path, name="town.zip", inside=""):
    target = path.parent.parent / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in path.parent.iterdir():
            archive.write(part, f"{inside}{part.name}")
    return target


def check_towns(result):
    assert result.crs.code == "EPSG:6383"
    assert "EPSG:5840" in result.crs.operation.description
    assert result.crs.operation.accuracy_m == 1
    assert stored()["2"]["назва"] == "Шепетівка, ґрунт «є»"
    assert places()["1"].coords == pytest.approx((26.98, 49.42), abs=1e-7)
    assert places()["2"].coords == pytest.approx((27.07, 50.18), abs=1e-7)


def test_usk_2000_with_cp1251_and_no_cpg(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".cpg").unlink()
    result = run_import(path)
    check_towns(result)
    assert result.encoding.name == "cp1251"
    assert codes(result) == []


def test_zipped_in_a_folder_beside_other_files(run_import, tmp_path):
    path = make(tmp_path)
    (path.parent / "readme.csv").write_text("a,b\n1,2\n")
    (path.parent / "town.qpj").write_text("x")
    check_towns(run_import(pack(path, inside="дані/")))


@pytest.mark.parametrize("upper", [False, True])
def test_names_in_capitals_and_other_parts_named(run_import, tmp_path, upper):
    path = make(tmp_path)
    for part in list(path.parent.iterdir()):
        if upper:
            part.rename(part.with_suffix(part.suffix.upper()))
    named = path.with_suffix(".SHP") if upper else path.with_suffix(".dbf")
    check_towns(run_import(named))


def test_a_missing_index_is_restored_outside_the_users_folder(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".shx").unlink()
    before = sorted(path.parent.iterdir())
    check_towns(run_import(path))
    assert sorted(path.parent.iterdir()) == before


def test_esri_projection_keeps_its_datum_and_gets_the_zone_of_the_state(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".prj").write_text(CRS.from_epsg(9855).to_wkt("WKT1_ESRI"))
    check_towns(run_import(path))


def test_an_unknown_datum_is_refused_until_the_user_says_the_system(run_import, tmp_path):
    path = make(tmp_path)
    wkt = CRS.from_epsg(6383).to_wkt("WKT1_ESRI")
    path.with_suffix(".prj").write_text(wkt.replace("Ukraine_2000", "Unknown_Krassowsky"))
    with pytest.raises(UnusableFile) as refused:
        run_import(path)
    assert "--crs" in str(refused.value)
    check_towns(run_import(path, crs="EPSG:6383"))


def test_without_a_projection_the_user_must_say_it(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(UnusableFile) as refused:
        run_import(path)
    assert "EPSG:" in str(refused.value)
    check_towns(run_import(path, crs="6383"))


def test_names_cut_inside_a_letter_do_not_stop_the_layer(run_import, tmp_path):
    path = make(
        tmp_path,
        id=[1, 2],
        Дуже_довга_назва=["Шепетівка", "Полонне"],
        encoding="UTF-8",
    )
    result = run_import(path)
    assert result.encoding.name == "utf-8"
    assert stored()["1"] == {"id": 1, "Дуже_": "Шепетівка"}


def test_values_cut_inside_a_letter_are_marked(run_import, tmp_path):
    path = make(tmp_path, id=[1, 2], note=["ж" * 200, "коротко"], encoding="UTF-8")
    result = run_import(path)
    assert stored()["1"]["note"].rstrip("�") == "ж" * 127
    assert codes(result) == [(1, "text-cut")]


def test_a_stated_encoding_goes_before_a_wrong_cpg(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".cpg").write_text("UTF-8")
    check_towns(run_import(path, encoding="cp1251"))


def test_the_dos_page_by_the_language_driver(run_import, tmp_path):
    path = make(tmp_path, id=[1, 2], name=["Сквер", "Парк"], encoding="CP866")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[29] = 0x65
    path.with_suffix(".dbf").write_bytes(data)
    result = run_import(path)
    assert (result.encoding.name, stored()["1"]["name"]) == ("cp866", "Сквер")


@pytest.mark.parametrize("part", [".dbf", ".shp"])
def test_a_cut_part_is_told_in_one_sentence(run_import, tmp_path, part):
    path = make(tmp_path)
    data = path.with_suffix(part).read_bytes()
    path.with_suffix(part).write_bytes(data[:20])
    with pytest.raises(UnusableFile):
        run_import(path)


def test_areas_of_sk_63_and_the_bounds_of_what_is_right(run_import, tmp_path):
    to_cs63 = Transformer.from_crs(4326, 7826, always_xy=True, area_of_interest=None)
    ring = [(26.98, 49.42), (26.99, 49.42), (26.99, 49.43), (26.98, 49.42)]
    area = shapely.Polygon([to_cs63.transform(*point) for point in ring])
    path = make(tmp_path, [area], "EPSG:7826", id=[1])
    result = run_import(path, kind="territory")
    assert result.crs.operation.accuracy_m == 3
    assert "EPSG:5044" in result.crs.operation.description
    assert places()["1"].extent == pytest.approx((26.98, 49.42, 26.99, 49.43), abs=5e-5)


def test_a_zip_with_several_layers_wants_one_named(run_import, shared_data):
    path = shared_data / "shp-encoding-and-broken-geometry" / "two-layers.zip"
    with pytest.raises(UnusableOption) as refused:
        run_import(path)
    assert "layer1, layer2" in str(refused.value)
    with pytest.raises(UnusableOption):
        run_import(path, source_layer="layer3")
    assert run_import(path, source_layer="layer1").added == 2


def test_russian_text_in_cp1251_with_and_without_cpg(run_import, shared_data, tmp_path):
    given = shared_data / "shp-encoding-and-broken-geometry" / "shapefile-point-win1251.zip"
    run_import(given)
    expected = stored()
    with zipfile.ZipFile(given) as archive:
        archive.extractall(tmp_path / "out")
    (tmp_path / "out" / "layer.cpg").unlink()
    result = run_import(tmp_path / "out" / "layer.shp")
    assert (result.encoding.name, counts(result)) == ("cp1251", (0, 0, 0, 1))
    assert any("Значимость" in str(value) for row in expected.values() for value in row.values())


def test_a_shapefile_without_attributes(run_import, tmp_path):
    path = make(tmp_path)
    path.with_suffix(".dbf").unlink()
    result = run_import(path)
    assert (result.added, result.key_origin) == (2, "content")


@pytest.mark.parametrize("name", ["../../evil.shp", "/etc/evil.shp", "a/../../b.shp"])
def test_names_in_a_zip_lead_nowhere(run_import, tmp_path, name):
    path = make(tmp_path)
    target = tmp_path / "slip.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for part in path.parent.iterdir():
            archive.write(part, name.replace(".shp", part.suffix))
    before = set(tmp_path.rglob("*"))
    check_towns(run_import(target))
    assert set(tmp_path.rglob("*")) == before


def test_a_zip_bomb_is_not_unpacked(run_import, tmp_path):
    target = tmp_path / "bomb.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("town.geojson", b"0" * (80 << 20))
    with pytest.raises(UnusableFile):
        run_import(target)


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "nested", "protected"])
def test_a_damaged_zip_is_told_in_one_sentence(run_import, tmp_path, damage):
    path = pack(make(tmp_path))
    data = bytearray(path.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        for place in range(60, 200):
            data[place] ^= 0xFF
    elif damage == "protected":
        for start in (b"PK\x03\x04", b"PK\x01\x02"):
            place = data.find(start)
            while place >= 0:
                data[place + (6 if start == b"PK\x03\x04" else 8)] |= 1
                place = data.find(start, place + 4)
    path.write_bytes(data)
    if damage == "empty":
        with zipfile.ZipFile(path, "w"):
            pass
    elif damage == "nested":
        shutil.copy(path, tmp_path / "inner.csv")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "inner.csv", "inner.csv")
    with pytest.raises(UnusableFile) as refused:
        run_import(path)
    assert str(refused.value).count("\n") == 0
    assert not Layer.objects.exists()
