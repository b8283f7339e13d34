"""What a file is, by its content: names lie."""

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.format import Format, Head
from importers.formats.registry import FORMATS, find_format, find_format_of_rest, list_titles

HEAD_BYTES = 4096
ENTITY_BYTES = 64 << 10
NAMES_MAX = 5000
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Starts of files that people bring and that are refused by name, unless a format takes them.
KNOWN_STARTS = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office (doc, ppt)"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"PMTiles", "PMTiles"),
    (b"AC10", "AutoCAD DWG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
XML_ROOTS = ("kml", "gpx", "gml", "osm", "html", "svg")


def find_folder_format(path: Path) -> Format | None:
    """The format that is a folder of this name."""
    name = path.name.lower()
    return next((kind for kind in FORMATS if kind.folder and name.endswith(kind.folder)), None)


def read_head(path: Path) -> Head:
    """Raises `UnusableFile` for what is no file with something in it."""
    if path.is_dir():
        raise UnusableFile(_("“%(name)s” is a folder; name a file in it.") % {"name": path.name})
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            more = file.read(ENTITY_BYTES - HEAD_BYTES) if head.lstrip().startswith(b"<") else b""
    except FileNotFoundError as error:
        raise UnusableFile(_("There is no file “%(name)s”.") % {"name": path.name}) from error
    except OSError as error:
        raise UnusableFile(_("“%(name)s” may not be read.") % {"name": path.name}) from error
    if not head:
        raise UnusableFile(_("The file is empty."))
    refuse_entities(head + more)
    if head.startswith(ZIP_STARTS):
        return Head(head, read_names(path))
    return Head(head)


def refuse_entities(start: bytes) -> None:
    """XML that defines its own entities can grow without end, or fetch what is none of its."""
    plain = start.replace(b"\0", b"")
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"<!ENTITY" in plain:
        raise UnusableFile(_("The XML file defines entities of its own; save it without them."))


def read_names(path: Path) -> tuple[str, ...]:
    """Names in a zip as they stand there; none where it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(member.filename for member in archive.infolist()[:NAMES_MAX])
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return ()


def is_zip(head: Head) -> bool:
    return head.raw.startswith(ZIP_STARTS)


def choose_format(head: Head) -> Format:
    """Raises `UnusableFile` for what cannot be imported, saying what the file seems to be."""
    if kind := find_format(head):
        return kind
    if title := name_kind(head):
        raise refuse(title)
    if kind := find_format_of_rest(head):
        return kind
    raise refuse(_("unknown (binary)"))


def name_kind(head: Head) -> str:
    """What kind of file that nobody reads this is; "" where nothing tells."""
    for start, title in KNOWN_STARTS:
        if head.raw.startswith(start):
            return title
    if "[Content_Types].xml" in head.names:
        return "Microsoft Office (docx, pptx)"
    if head.text.startswith(("[", "{")):
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
