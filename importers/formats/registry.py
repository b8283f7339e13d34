"""What can be imported: the one list of readers; all that the importer knows of a format is there.

A new format is its own module with a `READER`, and a line here.
"""

from importers.formats.gdal import flatgeobuf, geopackage, shapefile
from importers.formats.geojson import source as geojson
from importers.formats.reader import Head, Reader, ReaderOption
from importers.formats.tables import csv_table

READERS: tuple[Reader, ...] = (
    geojson.READER,
    shapefile.READER,
    geopackage.READER,
    flatgeobuf.READER,
    csv_table.READER,
)


def find_reader(head: Head) -> Reader | None:
    """By a mark that its content bears."""
    marked = (reader for reader in READERS if not reader.takes_rest)
    return next((reader for reader in marked if reader.recognises(head)), None)


def find_reader_of_rest(head: Head) -> Reader | None:
    """For text without any mark."""
    rest = (reader for reader in READERS if reader.takes_rest)
    return next((reader for reader in rest if reader.recognises(head)), None)


def list_titles() -> str:
    """For a sentence that says what can be imported."""
    return ", ".join(reader.title for reader in READERS)


def list_options() -> list[ReaderOption]:
    return [option for reader in READERS for option in reader.options]
