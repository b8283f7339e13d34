"""The official workbooks of resolution 835 fill layers of their structure, and come out equal."""

import csv
import datetime
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers.formats.naming import clean_heading
from layers.downloads.text import stream_csv
from layers.models import Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import create_layer
from tests.conftest import SHARED_DATA
from tests.importers.conftest import counts

FOLDER = "ua-835-schemas"
ENDING = "_example.xlsx"
TYPES = {
    "string": "text",
    "decimal": "number",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "dateTime": "datetime",
    "anyURL": "url",
}
# Where the official structure contradicts its own example: types and what must be filled in.
CORRECTED: dict[tuple[str, str], dict[str, Any]] = {
    ("annex36_parkingLots", "currencyCode"): {"type": "text"},
    ("annex65_containers", "cansVolume"): {"type": "text"},
    ("annex71_cameras", "cameraDirection"): {"type": "text"},
    ("annex34_petitions", "answerDate"): {"required": False},
    ("annex34_petitions", "answerUrl"): {"required": False},
}
# One building has many norms, one petition many votes: the named key is none.
KEYLESS = {"annex32_norms", "annex34_votings"}
MADE = {
    "text": "слово",
    "number": 50.5,
    "integer": 2,
    "boolean": "Так",
    "date": datetime.datetime.fromisoformat("2026-05-30"),
    "datetime": datetime.datetime.fromisoformat("2026-05-30T10:45"),
    "url": "https://example.gov.ua/1",
}
SPECIAL = {"lon": 30.25, "CATUTTC": "UA32060110010087428"}
# Read once more: one with places, one without, one without a key.
AGAIN = {"annex72_shelters", "annex33_appeals", "annex64_temporaryConstruction"}
FILES = sorted((SHARED_DATA / FOLDER).glob(f"*{ENDING}"))
NAMES = [path.name.removesuffix(ENDING) for path in FILES]


@dataclass(frozen=True)
class Official:
    """A workbook, with a row of ours where it has none, and its structure."""

    name: str
    path: Path
    fields: tuple[FieldSpec, ...]
    key: str
    rows: list[list[Any]]

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def has_places(self) -> bool:
        return "lat" in self.names


@pytest.fixture(params=NAMES or ["none"])
def official(request, shared_data, tmp_path) -> Official:
    folder = shared_data / FOLDER
    if not folder.is_dir():
        pytest.skip("the official structures are not here")
    name = request.param
    structure = json.loads((folder / f"{name}_schema.json").read_text(encoding="utf-8"))
    fields = tuple(build_field(name, column) for column in structure["tableSchema"]["columns"])
    path = folder / f"{name}{ENDING}"
    rows = read_rows(path)
    if not rows:
        path = fill_in(path, fields, tmp_path / "filled.xlsx")
        rows = read_rows(path)
    key = "" if name in KEYLESS else structure["primaryKey"]
    return Official(name, path, fields, key, rows)


def build_field(name: str, column: dict[str, Any]) -> FieldSpec:
    values = {
        "name": clean_heading(column["name"]),
        "title_uk": column["title"],
        "hint_uk": column["description"][:254],
        "type": TYPES[column["datatype"]],
        "required": column["required"],
    }
    return FieldSpec(**values | CORRECTED.get((name, values["name"]), {}))


def read_rows(path: Path) -> list[list[Any]]:
    """As another library sees them, the headings and the titles under them left out."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    filled = [row for row in rows if any(cell is not None for cell in row)]
    return [row for row in filled if row[0] not in ("Ідентифікатор", "Ідентифікатор насадження")]


def fill_in(path: Path, fields: tuple[FieldSpec, ...], target: Path) -> Path:
    book = openpyxl.load_workbook(path)
    for place, field in enumerate(fields, start=1):
        value = SPECIAL.get(field.name, MADE[field.type])
        book.worksheets[0].cell(row=3, column=place, value=value)
    book.save(target)
    return target


def make_layer(official: Official) -> Layer:
    spec = LayerSpec(
        slug="official", title_uk="Набір", fields=official.fields, key_field=official.key
    )
    return create_layer(spec=spec)


def read_csv(layer: Layer) -> list[list[str]]:
    text = b"".join(stream_csv(layer, ["public"])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def write_cell(value: Any, kind: str) -> str:
    """As the official formats say: ISO dates, decimal points, true and false."""
    if value is None:
        return ""
    if kind == "boolean":
        return {"Так": "true", "Ні": "false"}.get(str(value), str(value).lower())
    if isinstance(value, datetime.datetime):
        return value.isoformat() if kind == "datetime" else value.date().isoformat()
    return str(value)


def test_an_official_workbook_loads_and_comes_out_equal(official, run_import, tmp_path):
    layer = make_layer(official)
    place = {} if official.has_places else {"place": "@none"}
    result = run_import(official.path, layer="official", **place)
    assert result.added == len(official.rows) > 0
    assert result.ignored_columns == []
    assert set(result.counts) <= {"title-row", "outside-community"}

    head, *found = read_csv(layer)
    beside = [] if official.key else ["key"]
    assert head == beside + official.names
    kinds = [field.type for field in official.fields]
    wanted = [[*map(write_cell, row, kinds)] for row in official.rows]
    assert sorted(row[len(beside) :] for row in found) == sorted(wanted)

    if official.name not in AGAIN:
        return
    path = tmp_path / "official.csv"
    path.write_bytes(b"".join(stream_csv(layer, ["public"])))
    again = run_import(path, layer="official", replace=True)
    assert counts(again) == (0, 0, 0, len(official.rows))


def test_every_official_workbook_is_tried():
    if not NAMES:
        pytest.skip("the official structures are not here")
    assert len(NAMES) == 24
