"""The filtered list of a cabinet as a file: CSV, a spreadsheet, GeoJSON.

Nothing of it is more than the table shows: no reporter, no contacts, no notes.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from geoportal.cabinets.inbox import find_assignment
from geoportal.cabinets.places import build_pin
from geoportal.core.errors import NotFound
from geoportal.core.words.csv_text import CsvText, guard_formula
from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.categories.working_days import KYIV, kyiv_day
from geoportal.problems.models import Problem

ROWS_AT_ONCE = 2_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """`name` in GeoJSON, `title` in tables."""

    name: str
    title: str


def list_columns() -> list[Column]:
    return [
        Column("number", _("Number")),
        Column("title", _("Title")),
        Column("status", _("Status")),
        Column("category", _("Category")),
        Column("description", _("Description")),
        Column("address", _("Address")),
        Column("lon", _("Longitude")),
        Column("lat", _("Latitude")),
        Column("published_on", _("Published")),
        Column("accepted_on", _("Accepted")),
        Column("closed_on", _("Closed")),
        Column("due_on", _("Due")),
        Column("overdue", _("Overdue")),
        Column("planned_on", _("Announced date")),
        Column("resolution", _("How it was closed")),
        Column("organisation", _("Executor")),
        Column("taken", _("Taken by us")),
        Column("votes", _("Voices")),
        Column("rating", _("Rating")),
    ]


def build_row(problem: Problem, now: datetime) -> list[Cell]:
    """In the order of `list_columns`; days of Kyiv."""
    assignment = find_assignment(problem)
    return [
        problem.pk,
        problem.title,
        str(problem.get_state_display()),
        problem.category.title,
        problem.description,
        problem.address,
        round(problem.geom.x, 6),
        round(problem.geom.y, 6),
        _day(problem.published_at),
        _day(problem.accepted_at),
        _day(problem.closed_at),
        _day(problem.due_at - timedelta(seconds=1)) if problem.due_at else None,
        _("yes") if is_overdue(problem, now) else _("no"),
        problem.planned_on,
        str(problem.get_resolution_display()) if problem.resolution else None,
        problem.organisation.name if problem.organisation else None,
        assignment.get_purpose_display() if assignment and assignment.accepted_at else None,
        problem.votes,
        problem.rating,
    ]


def _day(moment: datetime | None) -> date | None:
    return kyiv_day(moment) if moment is not None else None


def render_export(
    extension: str, problems: QuerySet[Problem], name: str, now: datetime, *, for_excel: bool
) -> HttpResponse:
    """A download of the whole list, read in portions. Raises `NotFound` for another extension."""
    rows = problems.select_related("category", "organisation").iterator(ROWS_AT_ONCE)
    if extension == "csv":
        response = HttpResponse(
            write_csv((build_row(each, now) for each in rows), for_excel=for_excel),
            content_type="text/csv; charset=utf-8",
        )
    elif extension == "xlsx":
        response = HttpResponse(
            write_xlsx(build_row(each, now) for each in rows), content_type=XLSX_TYPE
        )
    elif extension == "geojson":
        response = write_geojson(rows, now)
    else:
        raise NotFound(_("The list is given as csv, xlsx or geojson."))
    day = now.astimezone(KYIV).date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response


def write_csv(rows: Iterable[list[Cell]], *, for_excel: bool) -> bytes:
    """RFC 4180 in UTF-8; for Excel with a byte order mark and semicolons, as it reads here."""
    text = CsvText(delimiter=";" if for_excel else ",", marked=for_excel)
    text.write(column.title for column in list_columns())
    for row in rows:
        text.write(guard_formula(_write_decimal(cell, for_excel)) for cell in row)
    return text.take()


def _write_decimal(cell: Cell, for_excel: bool) -> Cell:
    """Excel in Ukrainian reads a decimal comma."""
    return str(cell).replace(".", ",") if for_excel and isinstance(cell, float) else cell


def write_xlsx(rows: Iterable[list[Cell]]) -> bytes:
    """One sheet; text is text whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Problems"))
    sheet.freeze_panes = "C2"
    head = []
    for column in list_columns():
        cell = WriteOnlyCell(sheet, column.title)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        sheet.append(list(_build_cells(sheet, row)))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _build_cells(sheet: object, row: list[Cell]) -> Iterator[object]:
    for value in row:
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet, _drop_controls(value))
            cell.data_type = "s"
            yield cell
        else:
            yield value


def _drop_controls(text: str) -> str:
    """XML 1.0 cannot hold control characters."""
    return "".join(each for each in text if each >= " " or each in "\n\t")


def write_geojson(problems: Iterable[Problem], now: datetime) -> HttpResponse:
    """RFC 7946, with the columns of the tables as properties."""
    features = b",".join(orjson.dumps(build_feature(each, now)) for each in problems)
    body = b'{"type":"FeatureCollection","features":[' + features + b"]}"
    return HttpResponse(body, content_type="application/geo+json")


def build_feature(problem: Problem, now: datetime) -> dict[str, object]:
    names = [column.name for column in list_columns()]
    values = dict(zip(names, build_row(problem, now), strict=True))
    values = {name: value for name, value in values.items() if name not in ("lon", "lat")}
    values |= {"state": problem.state, "category_code": problem.category.code}
    return {**build_pin(problem, now), "properties": values}
