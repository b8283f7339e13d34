"""Files that claim what they do not hold, or hide what they do: by the process that reads."""

import sqlite3
import time
import zipfile

import openpyxl
import pytest
from shapely import Point

from geoportal.core.errors import DomainError
from importers.formats.opening import OpenOptions, open_source
from tests.importers.conftest import write_vector

SOON_S = 20
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PLACEMARK = "<Placemark><name>{}</name><Point><coordinates>27,50</coordinates></Point></Placemark>"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
ODS_CELL = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="{}">'
    "<text:p>{}</text:p></table:table-cell>"
)


def read(path, **options):
    with open_source(path, OpenOptions.from_names(options)) as source:
        return [batch for batch in source.batches() if len(batch.rows)]


def say(path, **options) -> str:
    """The sentence of a refusal; "" where the file is read. Both come soon."""
    started = time.monotonic()
    try:
        read(path, **options)
    except DomainError as refused:
        return str(refused.message)
    finally:
        assert time.monotonic() - started < SOON_S
    return ""


def change_member(path, name, change):
    """A packed file with one member written anew."""
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            archive.writestr(one, content)
    return path


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in (("id", "lon", "lat", "name"), (1, 27, 50, "Lypa")):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_behind_a_long_comment_are_not_put_in_either(write_text, encoding):
    comment = f"<!--{'x' * 200_000}-->"
    text = f"{comment}{DOCTYPE}<kml><Document>{PLACEMARK.format('&b;')}</Document></kml>"
    assert say(write_text(f'<?xml version="1.0"?>{text}', "x.kml", encoding))


def test_entities_in_a_packed_drawing_are_refused(tmp_path):
    text = f"{DOCTYPE}<kml><Document>{PLACEMARK.format('&b;')}</Document></kml>"
    with zipfile.ZipFile(tmp_path / "x.kmz", "w") as archive:
        archive.writestr("doc.kml", text)
    assert "ENTITY" in say(tmp_path / "x.kmz")


@pytest.mark.parametrize("outside", [False, True])
def test_entities_in_a_workbook_are_not_put_in(workbook, outside):
    value = 'SYSTEM "file:///etc/passwd"' if outside else '"aaaaaaaaaa"'

    def change(raw):
        head, end, rest = raw.decode().rpartition("<worksheet ")
        doctype = f"<!DOCTYPE worksheet [<!ENTITY a {value}>]>"
        return f"{head}{doctype}{end}{rest.replace('Lypa', '&a;')}".encode()

    path = change_member(workbook, "xl/worksheets/sheet1.xml", change)
    assert "&a;" in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert say(path)


def test_a_sheet_that_claims_every_cell_is_read_for_those_it_has(workbook):
    path = change_member(
        workbook,
        "xl/worksheets/sheet1.xml",
        lambda raw: raw.replace(b"A1:D2", b"A1:XFD1048576"),
    )
    (batch,) = read(path)
    assert len(batch.rows) == 1


def test_a_sheet_with_a_cell_in_its_last_corner_is_one_sentence(workbook):
    def change(raw):
        corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return raw.replace(b"</sheetData>", corner)

    assert say(change_member(workbook, "xl/worksheets/sheet1.xml", change))


def test_cells_that_repeat_a_billion_times_are_laid_out_no_wider_than_a_sheet(tmp_path):
    cells = "".join(ODS_CELL.format(1, name) for name in ("id", "lon", "lat"))
    row = f"<table:table-row>{cells}{ODS_CELL.format(2_000_000_000, 'x')}</table:table-row>"
    path = tmp_path / "sheet.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(row))
    assert say(path)


def test_a_geopackage_that_counts_a_billion_rows_is_read_for_those_it_has(tmp_path):
    path = write_vector(tmp_path / "many.gpkg", [Point(27, 50), Point(28, 50)], name=["a", "b"])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gpkg_ogr_contents SET feature_count = 1000000000")
    assert sum(len(batch.rows) for batch in read(path)) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.geojson", '{"type": "FeatureCollection", "features": ' + "[" * 200_000),
        ("x.json", '[{"lat": 1, "lon": ' + '{"a": ' * 200_000),
        ("x.kml", "<kml><Document>" + "<Folder>" * 200_000),
        ("x.gml", '<g xmlns:gml="http://www.opengis.net/gml">' + "<gml:f>" * 200_000),
    ],
)
def test_what_is_nested_without_end_is_one_sentence(write_text, name, text):
    assert say(write_text(text, name))


def test_a_geometry_nested_without_end_is_one_sentence_and_the_next_file_is_read(write_text):
    deep = "GEOMETRYCOLLECTION(" * 100_000 + "POINT(27 50)" + ")" * 100_000
    say(write_text(f'id;wkt\n1;"{deep}"\n2;POINT(27 50)\n'))
    assert len(read(write_text("id;wkt\n2;POINT(27 50)\n"))) == 1
