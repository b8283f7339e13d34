"""XLSX, XLSB, XLS and ODS by calamine: the values that cells show, not the formulas."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.archives.sizes import check_packed_size
from importers.formats.format import Dataset, Opening
from importers.formats.naming import clean_heading
from importers.formats.tables.headings import find_headings, name_columns
from importers.formats.tables.memory_table import MemoryTable, hold_rows
from importers.formats.tables.ods import join_cells
from importers.formats.tables.placed import PlacedSource
from importers.issues import Issue

SAMPLE_ROWS = 200
CELLS_MAX = 40_000_000
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA")
MIDNIGHT = datetime.time()
EXACT_MAX = 2**53  # whole numbers up to here are kept by a double as they were written
Cell = Any


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    """Sheets that hold something; a workbook with one is called by its file."""
    with open_workbook(opening) as workbook:
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in list_sheets(workbook)]
        filled = [(name, sheet.total_height) for name, sheet in sheets if sheet.total_height]
    if not filled:
        raise UnusableFile(_("The workbook has no sheet with anything in it."))
    if len(filled) == 1:
        return [Dataset(opening.stem, opening.stem, filled[0][1] - 1)]
    return [Dataset(clean_heading(name), clean_heading(name), rows - 1) for name, rows in filled]


def open_dataset(opening: Opening) -> PlacedSource:
    with open_workbook(opening) as workbook:
        names = list_sheets(workbook)
        sheets = {clean_heading(name): name for name in names}
        wanted = sheets.get(opening.dataset) or next(
            name for name in names if workbook.get_sheet_by_name(name).total_height
        )
        table = read_sheet(workbook.get_sheet_by_name(wanted), opening)
    return PlacedSource(table, opening.own)


def open_workbook(opening: Opening) -> Any:
    check_packed_size(opening.path)
    path = join_cells(opening) if opening.kind.name == "ods" else opening.path
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise UnusableFile(_("The workbook is protected by a password; take it off.")) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnusableFile(_("The workbook is damaged and cannot be opened.")) from error


def list_sheets(workbook: Any) -> list[str]:
    """Visible ones, unless all are hidden."""
    sheets = [
        sheet
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    shown = [
        sheet.name for sheet in sheets if sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    return shown or [sheet.name for sheet in sheets]


def read_sheet(sheet: Any, opening: Opening) -> MemoryTable:
    if sheet.total_height * sheet.total_width > CELLS_MAX:
        raise UnusableFile(
            _("The sheet spans %(rows)s rows and %(columns)s columns; delete what is empty in it.")
            % {"rows": sheet.total_height, "columns": sheet.total_width}
        )
    rows = (row for row in iterate_rows(sheet) if any(cell is not None for cell in row))
    start: list[list[str | None]] = []
    for row in rows:
        start.append(row)
        if len(start) == SAMPLE_ROWS:
            break
    headings = find_headings(
        [[cell or "" for cell in row] for row in start], opening.own.get("header_row", "")
    )
    below = chain_rows(start[headings.row :], rows)
    faults: list[Issue] = []
    held = list(hold_rows(drop_errors(below, faults), len(headings.cells)))
    names = name_columns(headings.cells)
    kept = [
        place
        for place, heading in enumerate(headings.cells)
        if heading.strip() or any(batch.column(place).null_count < len(batch) for batch in held)
    ]
    return MemoryTable(
        opening.kind.name,
        opening.dataset or opening.stem,
        [names[place] for place in kept],
        [batch.select(kept) for batch in held],
        faults,
        headings.row,
    )


def chain_rows(
    first: Sequence[list[str | None]], rest: Iterator[list[str | None]]
) -> Iterator[list[str | None]]:
    yield from first
    yield from rest


def iterate_rows(sheet: Any) -> Iterator[list[str | None]]:
    for row in sheet.iter_rows():
        yield [as_text(cell) for cell in row]


def drop_errors(
    rows: Iterator[list[str | None]], faults: list[Issue]
) -> Iterator[list[str | None]]:
    """Cells that show an error have no value."""
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if cell and cell.startswith("#") and cell in ERRORS:
                faults.append(Issue(number, "cell-error", {"value": cell}))
                row[place] = None
        yield row


def as_text(cell: Cell) -> str | None:
    """A cell as a table of text would have it."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) <= EXACT_MAX else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    text = str(cell).replace("\0", "")
    return None if text in ("null", "NULL") or not text.strip() else text
