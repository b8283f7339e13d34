"""What a file is, by its content: names lie."""

import codecs
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile

HEAD_BYTES = 4096
SHAPEFILE_CODE = b"\x00\x00\x27\x0a"
SQLITE = b"SQLite format 3\x00"
GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")


class Content(StrEnum):
    """What the importer goes on with."""

    ZIP = "zip"
    SHAPEFILE = "shapefile"
    GEOPACKAGE = "geopackage"
    GEOJSON = "geojson"
    CSV = "csv"


# Starts of files that people bring and that are refused by name.
KNOWN_STARTS = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office (xls, doc)"),
    (b"fgb", "FlatGeobuf"),
    (b"PAR1", "Parquet"),
    (b"PMTiles", "PMTiles"),
    (b"AC10", "AutoCAD DWG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
XML_ROOTS = ("kml", "gpx", "gml", "osm", "html", "svg")


def sniff(path: Path) -> Content:
    """Raises `UnusableFile` for what cannot be imported, saying what the file seems to be."""
    if path.is_dir():
        raise UnusableFile(_("“%(name)s” is a folder; name a file in it.") % {"name": path.name})
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        raise UnusableFile(_("There is no file “%(name)s”.") % {"name": path.name}) from error
    except OSError as error:
        raise UnusableFile(_("“%(name)s” may not be read.") % {"name": path.name}) from error
    if not head:
        raise UnusableFile(_("The file is empty."))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Content.ZIP
    if head.startswith(SHAPEFILE_CODE):
        return Content.SHAPEFILE
    if head.startswith(SQLITE):
        return sniff_sqlite(head)
    for start, title in KNOWN_STARTS:
        if head.startswith(start):
            raise refuse(title)
    return sniff_text(head)


def refuse(title: str) -> UnusableFile:
    return UnusableFile(
        _(
            "This is a file of the kind %(kind)s; GeoJSON, Shapefile (also zipped), GeoPackage and"
            " CSV can be imported."
        )
        % {"kind": title}
    )


def sniff_sqlite(head: bytes) -> Content:
    """`application_id` stands at byte 68 (GeoPackage 1.3, requirement 2)."""
    if head[68:72] in GEOPACKAGE_IDS:
        return Content.GEOPACKAGE
    raise refuse("SQLite")


def sniff_text(head: bytes) -> Content:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\x00" in head:
        raise refuse(_("unknown (binary)"))
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip("\x1e \t\r\n")
    if text.startswith("{"):
        return Content.GEOJSON
    if text.startswith("["):
        raise refuse("JSON")
    if text.startswith("<"):
        lowered = text.lower()
        root = next((root for root in XML_ROOTS if f"<{root}" in lowered), "xml")
        raise refuse(root.upper())
    return Content.CSV
