"""What a file is, by its content: names lie."""

from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.reader import Head, Reader
from importers.formats.registry import find_reader, find_reader_of_rest, list_titles

HEAD_BYTES = 4096
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Starts of files that people bring and that are refused by name, unless a reader takes them.
KNOWN_STARTS = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office (xls, doc)"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"PMTiles", "PMTiles"),
    (b"AC10", "AutoCAD DWG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
XML_ROOTS = ("kml", "gpx", "gml", "osm", "html", "svg")


def read_head(path: Path) -> Head:
    """Raises `UnusableFile` for what is no file with something in it."""
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
    return Head(head)


def is_zip(head: Head) -> bool:
    return head.raw.startswith(ZIP_STARTS)


def choose_reader(head: Head) -> Reader:
    """Raises `UnusableFile` for what cannot be imported, saying what the file seems to be."""
    if reader := find_reader(head):
        return reader
    if title := name_kind(head):
        raise refuse(title)
    if reader := find_reader_of_rest(head):
        return reader
    raise refuse(_("unknown (binary)"))


def name_kind(head: Head) -> str:
    """What kind of file that nobody reads this is; "" where nothing tells."""
    for start, title in KNOWN_STARTS:
        if head.raw.startswith(start):
            return title
    if head.text.startswith("["):
        return "JSON"
    if head.text.startswith("<"):
        lowered = head.text.lower()
        return next((root for root in XML_ROOTS if f"<{root}" in lowered), "xml").upper()
    return ""


def refuse(title: str) -> UnusableFile:
    return UnusableFile(
        _("This is a file of the kind %(kind)s; these can be imported, also zipped: %(formats)s.")
        % {"kind": title, "formats": list_titles()}
    )
