"""Every format is known by its content, refused by name, and described in one place."""

import zipfile

import pytest

from importers.errors import UnusableFile, UnusableOption
from importers.filtering import RowFilter, keep_rows
from importers.formats.archives import unpack
from importers.formats.opening import OpenOptions, open_source
from importers.formats.reader import Head
from importers.formats.registry import READERS, list_options, list_titles
from importers.formats.sniff import choose_reader

GEOPACKAGE = b"SQLite format 3\x00" + bytes(52) + b"GPKG"
HEADS = {
    "geojson": (b'{"type": ', b"\xef\xbb\xbf\n {", b'\x1e{"type"', '{"a"'.encode("utf-16")),
    "shapefile": (b"\x00\x00\x27\x0a" + bytes(20),),
    "geopackage": (GEOPACKAGE, GEOPACKAGE[:68] + b"GP10"),
    "flatgeobuf": (b"fgb\x03fgb\x00" + bytes(20),),
    "csv": (b"lon,lat\n", "назва;lon".encode("cp1251"), "lon\tlat".encode("utf-16"), b"\n  \n"),
}
FOREIGN = {
    "SQLite": b"SQLite format 3\x00" + bytes(80),
    "PDF": b"%PDF-1.7 text",
    "gzip": b"\x1f\x8b\x08",
    "JSON": b"[1, 2]",
    "KML": b'<?xml version="1.0"?><kml>',
    "XML": b"<things>",
    "Parquet": b"PAR1",
}


def test_every_reader_is_tried_here():
    assert set(HEADS) == {reader.name for reader in READERS}


@pytest.mark.parametrize(("name", "raw"), [(name, raw) for name in HEADS for raw in HEADS[name]])
def test_a_file_is_known_by_its_first_bytes(name, raw):
    assert choose_reader(Head(raw)).name == name


@pytest.mark.parametrize("title", FOREIGN)
def test_what_nobody_reads_is_refused_by_its_name_and_with_what_can_be_imported(title):
    with pytest.raises(UnusableFile) as refused:
        choose_reader(Head(FOREIGN[title]))
    assert title in str(refused.value)
    assert list_titles() in str(refused.value)


def test_binary_without_a_name_is_refused():
    with pytest.raises(UnusableFile):
        choose_reader(Head(b"\x01\x02\x00\x03"))


def test_names_endings_and_options_are_told_apart():
    for one in ("name", "title"):
        values = [getattr(reader, one) for reader in READERS]
        assert len(set(values)) == len(values)
    endings = [ending for reader in READERS for ending in reader.extensions]
    assert len(set(endings)) == len(endings)
    options = [option.name for option in list_options()]
    assert len(set(options)) == len(options)
    assert sum(reader.takes_rest for reader in READERS) == 1


@pytest.mark.parametrize("option", [option.name for option in list_options()])
def test_an_option_of_one_reader_is_refused_by_the_others(option, write_geojson):
    with pytest.raises(UnusableOption, match="--lon"):  # noqa: SIM117
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
    main = unpack(path, folder)
    assert main.name == "парк.shp"
    assert sorted(file.name for file in folder.iterdir()) == [
        "fields.csv", "парк.dbf", "парк.prj", "парк.shp",
    ]  # fmt: skip
