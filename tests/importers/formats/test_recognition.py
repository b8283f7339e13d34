"""Every format is known by its content, refused by name, and described in one place."""

import zipfile

import pytest

from importers.errors import UnusableFile, UnusableOption
from importers.filtering import RowFilter, keep_rows
from importers.formats.archives.unpacking import Unpacker
from importers.formats.format import Head
from importers.formats.opening import OpenOptions, inspect_file, open_source
from importers.formats.registry import FORMATS, list_options, list_titles
from importers.formats.sniff import choose_format

SQLITE = b"SQLite format 3\x00" + bytes(52)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
HEADS = {
    "geojson": (b'{"type": ', b"\xef\xbb\xbf\n {", b'\x1e{"type"', '{"a"'.encode("utf-16")),
    "json": (b'[{"lat": 1', b'{"ok": true, "rows": [{"lat": 1'),
    "topojson": (b'{"type": "Topology", "objects"',),
    "esrijson": (b'{"displayFieldName": "", "geometryType": "esriGeometryPoint"',),
    "shapefile": (b"\x00\x00\x27\x0a" + bytes(20),),
    "geopackage": (SQLITE + b"GPKG", SQLITE + b"GP10"),
    "spatialite": (SQLITE + bytes(20),),
    "flatgeobuf": (b"fgb\x03fgb\x00" + bytes(20),),
    "dgn": (b"\x08\x09\xfe\x02\x01\x08", b"\xc8\x09\xfe\x02"),
    "geoparquet": (b"PAR1\x15\x04",),
    "kml": (b'<?xml version="1.0"?><!-- x --><kml xmlns="">', b"<kml:kml>"),
    "gpx": (b"<gpx>",),
    "gml": (b'<wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml">',),
    "osm": (b"\x00\x00\x00\x0d\x0a\x09OSMHeader", b"<osm version='0.6'>"),
    "dxf": (b"  0\r\nSECTION\r\n", b"999\nmade by\n0\nSECTION\n", b"AutoCAD Binary DXF\r\n"),
    "mapinfo-mif": (b'Version 300\nCharset "Neutral"\nColumns 4\n',),
    "mapinfo-tab": (b"!table\n!version 300\n",),
    "xls": (OLE,),
    "csv": (b"lon,lat\n", "назва;lon".encode("cp1251"), "lon\tlat".encode("utf-16"), b"\n  \n"),
}
NAMED = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
FOLDERS = {"geodatabase"}
FOREIGN = {
    "PDF": b"%PDF-1.7 text",
    "gzip": b"\x1f\x8b\x08",
    "JSON": b"[1, 2]",
    "HTML": b"<!DOCTYPE html><html>",
    "XML": b"<things>",
    "AutoCAD DWG": b"AC1032",
}


def test_every_format_is_tried_here():
    assert {*HEADS, *NAMED, *FOLDERS} == {kind.name for kind in FORMATS}


@pytest.mark.parametrize(("name", "raw"), [(name, raw) for name in HEADS for raw in HEADS[name]])
def test_a_file_is_known_by_its_first_bytes(name, raw):
    assert choose_format(Head(raw)).name == name


@pytest.mark.parametrize("name", NAMED)
def test_an_archive_is_known_by_the_names_in_it(name):
    names = (NAMED[name], "[Content_Types].xml", "META-INF/manifest.xml")
    assert choose_format(Head(ZIP, names)).name == name


@pytest.mark.parametrize("title", FOREIGN)
def test_what_nobody_reads_is_refused_by_its_name_and_with_what_can_be_imported(title):
    with pytest.raises(UnusableFile) as refused:
        choose_format(Head(FOREIGN[title]))
    assert title in str(refused.value)
    assert list_titles() in str(refused.value)


def test_binary_without_a_name_is_refused():
    with pytest.raises(UnusableFile):
        choose_format(Head(b"\x01\x02\x00\x03"))


def test_names_endings_and_options_are_told_apart():
    for one in ("name", "title"):
        values = [getattr(kind, one) for kind in FORMATS]
        assert len(set(values)) == len(values)
    endings = [ending for kind in FORMATS for ending in kind.extensions]
    assert len(set(endings)) == len(endings)
    assert sum(kind.takes_rest for kind in FORMATS) == 1


@pytest.mark.parametrize("option", [option.name for option in list_options()])
def test_an_option_of_one_format_is_refused_by_the_others(option, write_geojson):
    with pytest.raises(UnusableOption, match="--"):  # noqa: SIM117
        with open_source(write_geojson(), OpenOptions.from_names({option: "x"})):
            pass


def test_chosen_rows_of_a_table_keep_what_the_table_says_of_itself(write_text):
    path = write_text("id,lon,lat\n1,30,50\n2,31,51\n")
    with open_source(path, OpenOptions()) as source:
        chosen = keep_rows(source, RowFilter({"id": ("2",)}))
        assert chosen.place_names == {"lon", "lat"}
        assert chosen.without_places == source.without_places
        assert chosen.format == "csv"


def test_a_zip_is_its_best_dataset_with_all_its_parts(tmp_path):
    path = tmp_path / "town.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("парк.shp", "ПАРК.DBF", "парк.prj", "read-me.csv", "x/Fields.csv"):
            archive.writestr(name, name)
    folder = tmp_path / "out"
    folder.mkdir()
    (member,) = Unpacker(folder).unpack(path)
    assert (member.path.name, member.name, member.place) == ("парк.shp", "парк", "парк.shp")
    assert sorted(file.name for file in member.path.parent.iterdir()) == [
        "fields.csv", "парк.dbf", "парк.prj", "парк.shp",
    ]  # fmt: skip


def test_words_about_a_table_do_not_hide_it(tmp_path):
    path = tmp_path / "town.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("лавки.csv", "id,lon,lat\n1,27,50\n")
        archive.writestr("metadata.xml", "<metadata/>")
        archive.writestr("broken.txt", b"\x00\x01")
    assert inspect_file(path).default == "лавки"


GML = (
    '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"'
    ' xmlns:gml="http://www.opengis.net/gml" xmlns:m="http://m"><gml:featureMember><m:bench>'
    '<m:place><gml:Point srsName="EPSG:4326"><gml:pos>27.1 50.2</gml:pos></gml:Point></m:place>'
    "<m:name>Лавка</m:name></m:bench></gml:featureMember></wfs:FeatureCollection>"
)
NAMED_XML = {
    "gml": GML,
    "gpx": '<gpx version="1.1"><wpt lat="50" lon="27"><name>x</name></wpt></gpx>',
    "kml": "<kml><Document><Placemark><name>x</name><Point><coordinates>27,50</coordinates>"
    "</Point></Placemark></Document></kml>",
}


@pytest.mark.parametrize("name", NAMED_XML)
def test_xml_in_a_zip_is_known_by_its_content_also_beside_words_about_it(tmp_path, name):
    path = tmp_path / "town.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("лавки.xml", NAMED_XML[name])
        archive.writestr("read-me.txt", "Лавки міста, 2026")
        archive.writestr("metadata.xml", "<metadata/>")
    found = inspect_file(path)
    (one,) = found.datasets[:1]
    assert (one.format, one.dataset.member) == (name, "лавки.xml")
    with open_source(path, OpenOptions(source_layer=one.dataset.name)) as source:
        assert sum(len(batch.rows) for batch in source.batches()) == 1


def test_a_geodatabase_is_known_also_where_its_folder_has_lost_the_name(tmp_path, shared_data):
    source = shared_data / "found-imports" / "f15_fgdb.gdb.zip"
    path = tmp_path / "місто.gdb.zip"
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(path, "w") as archive:
        for member in packed.infolist():
            archive.writestr(member.filename.rpartition("/")[2], packed.read(member))
    (found,) = inspect_file(path).datasets
    assert (found.format, found.dataset.name, found.dataset.rows) == ("geodatabase", "місто", 8)


def test_an_archive_names_all_its_datasets_and_where_they_lie(tmp_path):
    path = tmp_path / "town.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2025/лавки.csv", "id,lon,lat\n1,27,50\n")
        archive.writestr("2026/лавки.csv", "id,lon,lat\n1,27,50\n")
        archive.writestr("data.csv", "id,lon,lat\n1,27,50\n")
        archive.writestr("__MACOSX/._data.csv", "")
    found = inspect_file(path)
    assert [(one.dataset.name, one.dataset.member) for one in found.datasets] == [
        ("2025 лавки", "2025/лавки.csv"),
        ("2026 лавки", "2026/лавки.csv"),
        ("town", "data.csv"),
    ]
    assert found.default == ""
    with pytest.raises(UnusableOption, match="2025 лавки"), open_source(path, OpenOptions()):
        pass
    with open_source(path, OpenOptions(source_layer="2026 лавки")) as source:
        assert sum(len(batch.rows) for batch in source.batches()) == 1
