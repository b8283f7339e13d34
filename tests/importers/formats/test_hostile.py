"""Files made to harm: one clear sentence each, nothing changed, the next file is read."""

import io
import os
import signal
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from shapely import Point

from importers.errors import UnusableFile
from importers.formats.opening import OpenOptions, inspect_file, open_source
from importers.formats.process.client import ROOT, start_reading
from layers.models import Layer
from tests.importers.conftest import feature, stored, write_vector

ENTITIES = """<?xml version="1.0"?>
<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<kml><Document><name>&b;</name></Document></kml>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE gml [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml">&secret;</gml:FeatureCollection>"""
VIRTUAL = """<kml><!-- <OGRVRTDataSource><OGRVRTLayer name="passwd">
<SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource> -->
<Document><Placemark><name>x</name><Point><coordinates>27,50</coordinates></Point></Placemark>
</Document></kml>"""


def read(path, **options):
    with open_source(path, OpenOptions.from_names(options)) as source:
        return [batch for batch in source.batches() if len(batch.rows)]


def pack(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(("text", "name"), [(ENTITIES, "x.kml"), (OUTSIDE, "x.gml")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_of_its_own_is_refused(write_text, text, name, encoding):
    with pytest.raises(UnusableFile, match="ENTITY"):
        read(write_text(text, name, encoding))


def test_a_driver_that_follows_references_is_never_tried(write_text):
    (batch,) = read(write_text(VIRTUAL, "x.kml"))
    assert batch.values[0].to_pylist() == ["x"]


def test_members_of_an_archive_cannot_leave_its_folder(tmp_path):
    text = "id,lon,lat\n1,27,50\n"
    path = pack(tmp_path / "slip.zip", {"../../outside.csv": text, "/tmp/absolute.csv": text})
    names = {one.dataset.name for one in inspect_file(path).datasets}
    assert names == {"outside", "absolute"}
    assert not (tmp_path.parent / "outside.csv").exists()


@pytest.mark.parametrize("depth", [3, 4])
def test_archives_may_lie_only_so_deep(tmp_path, depth):
    inner = b"id,lon,lat\n1,27,50\n"
    name = "data.csv"
    for level in range(depth):
        packed = io.BytesIO()
        pack(packed, {name: inner})
        name, inner = f"level{level}.zip", packed.getvalue()
    path = tmp_path / "deep.zip"
    path.write_bytes(inner)
    if depth > 3:
        with pytest.raises(UnusableFile, match="3"):
            read(path)
    else:
        assert len(read(path)) == 1


@pytest.mark.parametrize("name", ["sheet.xlsx", "table.zip"])
def test_what_unpacks_without_end_is_refused_before_it_does(tmp_path, name):
    zeros = bytes(80 << 20)
    inside = "xl/worksheets/sheet1.xml" if name.endswith("xlsx") else "data.csv"
    path = pack(tmp_path / name, {"xl/workbook.xml": b"<workbook/>", inside: zeros})
    if name.endswith("zip"):
        path = pack(tmp_path / name, {inside: zeros})
    started = time.monotonic()
    with pytest.raises(UnusableFile, match="МБ"):
        read(path)
    assert time.monotonic() - started < 5


def test_a_header_that_claims_a_billion_rows_is_not_believed(run_import, tmp_path):
    path = write_vector(tmp_path / "many.shp", [Point(27, 50), Point(28, 50)], name=["a", "b"])
    table = path.with_suffix(".dbf")
    raw = bytearray(table.read_bytes())
    raw[4:8] = struct.pack("<I", 1_000_000_000)
    table.write_bytes(raw)
    assert run_import(path).rows == 2


def test_a_process_that_dies_is_one_sentence_and_the_next_file_is_read(write_text):
    path = write_text("id,lon,lat\n1,27,50\n")
    with start_reading(path) as reading:
        signal.pidfd_send_signal(reading._process, signal.SIGSEGV)
        with pytest.raises(UnusableFile, match="зупинив програму"):
            reading.ask(do="inspect")
    assert len(read(path)) == 1


def test_a_process_that_is_silent_is_ended(write_text, settings):
    settings.IMPORT_SILENCE_S_MAX = 0.001
    path = write_text("id,lon,lat\n1,27,50\n")
    with pytest.raises(UnusableFile, match="довше"):
        read(path)


def test_a_file_that_wants_more_memory_than_there_is_names_the_limit(write_text, settings):
    settings.IMPORT_MEMORY_BYTES_MAX = 16 << 20
    name = "a" * 40_000_000
    text = f'{{"type": "FeatureCollection", "name": "{name}", "features": []}}'
    with pytest.raises(UnusableFile, match="16 МБ"):
        read(write_text(text, "x.json"))


def test_three_hundred_columns_are_loaded_and_too_many_are_counted(run_import, write_text):
    names = ",".join(f"c{number}" for number in range(300))
    cells = ",".join(str(number) for number in range(300))
    result = run_import(write_text(f"lon,lat,{names}\n27,50,{cells}\n"))
    assert len(result.fields) == 300
    names = ",".join(f"c{number}" for number in range(2000))
    with pytest.raises(UnusableFile, match="2002"):
        read(write_text(f"lon,lat,{names}\n", "wide.csv"))


def test_names_are_text_without_signs_that_turn_the_writing(run_import, write_text):
    headings = 'id,lon,lat,"<b>a</b>","say ""yes""","evil\u202egpj.exe"'
    run_import(write_text(f"{headings}\n1,27,50,=1+1,b,c\n", "<img>\u202e'x.csv"))
    layer = Layer.objects.get()
    assert "\u202e" not in layer.title_uk + "".join(field.name for field in layer.fields.all())
    assert stored()["1"]["<b>a</b>"] == "=1+1"
    assert stored()["1"]['say "yes"'] == "b"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("x.shp", b"\x00\x00\x27\x0a" + bytes(200)),
        ("x.gpkg", b"SQLite format 3\x00" + bytes(52) + b"GPKG" + bytes(4000)),
        ("x.fgb", b"fgb\x03fgb\x00" + bytes(100)),
        ("x.tab", b"!table\n!version 300\n"),
        ("x.kml", b"<kml><Document><Placemark>"),
        ("x.gpx", b"<gpx><wpt lat='50'"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("x.xlsx", b"PK\x03\x04" + bytes(60)),
        ("x.topojson", b'{"type": "Topology", "objects": {'),
    ],
)
def test_a_damaged_file_of_every_kind_is_one_sentence(tmp_path, name, raw):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(UnusableFile):
        read(path)


KILLED = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.configure(LOCALE_PATHS=["."], USE_I18N=False, IMPORT_MEMORY_BYTES_MAX=1 << 30,
    IMPORT_SILENCE_S_MAX=60, IMPORT_CPU_S_MAX=60, IMPORT_FILES_MAX=99,
    IMPORT_FILE_BYTES_MAX=1 << 30)
from importers.formats.process.client import start_reading
with start_reading(Path(sys.argv[1])) as reading:
    reading.ask(do="open", dataset="", encoding="", own={})
    print(len(os.listdir(os.environ["TMPDIR"])), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_left_either_where_the_importer_is_killed(write_geojson, tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(write_geojson(feature((27, 50))))],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, "1\n")
    until = time.monotonic() + 10
    while list(folder.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(folder.iterdir()) == []


def test_nothing_is_left_in_the_temporary_folder(write_geojson, tmp_path, monkeypatch):
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read(write_geojson(feature((27, 50))))
    assert list(folder.iterdir()) == []
