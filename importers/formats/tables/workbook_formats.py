"""Spreadsheets in the registry; one engine reads all of them."""

from importers.formats.format import Format, Head
from importers.formats.tables.options import SHEET_OPTIONS

ENGINE = "importers.formats.tables.workbook_engine"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# The stream of an old workbook, in the directory of its container; a short file has it here.
XLS_STREAM = "Workbook".encode("utf-16-le")


def is_xlsx(head: Head) -> bool:
    return "xl/workbook.xml" in head.names or "xl/workbook.bin" in head.names


def is_ods(head: Head) -> bool:
    return ODS_TYPE in head.raw[:200] or {"content.xml", "META-INF/manifest.xml"} <= {*head.names}


FORMATS = (
    Format(
        name="xlsx",
        title="XLSX",
        engine=ENGINE,
        recognises=is_xlsx,
        extensions=(".xlsx", ".xlsm", ".xlsb"),
        rank=2,
        options=SHEET_OPTIONS,
    ),
    Format(
        name="ods",
        title="ODS",
        engine=ENGINE,
        recognises=is_ods,
        extensions=(".ods",),
        rank=2,
        options=SHEET_OPTIONS,
    ),
    Format(
        name="xls",
        title="XLS",
        engine=ENGINE,
        recognises=lambda head: head.raw.startswith(OLE),
        extensions=(".xls",),
        rank=2,
        options=SHEET_OPTIONS,
    ),
)
