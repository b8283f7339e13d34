"""Every remark that the reference lists can come about: files that bring each of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from shapely import Point

from importers.addresses.placing import AddressColumns
from importers.check_options import CheckOptions
from importers.issues import CODES
from tests.importers.conftest import feature, write_vector
from tests.importers.coverage.test_faults import block

pytestmark = pytest.mark.django_db
BOW = {"type": "Polygon", "coordinates": [[[30, 50], [31, 51], [31, 50], [30, 51.5], [30, 50]]]}
FLAT = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [30, 50], [30, 50]]]}
OPEN = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51]]]}
SQUARE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 51], [30, 50]]]}
LINE = {"type": "LineString", "coordinates": [[30, 50], [31, 51]]}
HIGH = {"type": "Point", "coordinates": [30.5, 50.4, 120]}


@dataclass(frozen=True)
class Case:
    """A file, how it is imported, and the remarks that it brings.

    `first` is imported before, into `before`. `limits` stand lower: module and name → number.
    """

    codes: frozenset[str]
    write: Callable[[Path], Path]
    options: dict[str, Any] = field(default_factory=dict)
    first: Callable[[Path], Path] | None = None
    before: str = "things"
    limits: dict[str, int] = field(default_factory=dict)


CASES: dict[str, Case] = {}


def brings(
    *codes: str,
    first: Callable[[Path], Path] | None = None,
    before: str = "things",
    limits: dict[str, int] | None = None,
    **options: Any,
) -> Any:
    def enter(write: Callable[[Path], Path]) -> Callable[[Path], Path]:
        CASES[write.__name__] = Case(frozenset(codes), write, options, first, before, limits or {})
        return write

    return enter


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def collect(folder: Path, *features: Any, **members: Any) -> Path:
    document = {"type": "FeatureCollection", "features": list(features)} | members
    return write(folder, "things.geojson", json.dumps(document))


def table_of_points(folder: Path) -> Path:
    return write(folder, "first.csv", "id,lon,lat,n,must\n1,30.5,50.4,1,x\n2,30.6,50.4,2,y\n")


@brings(
    *("wrong-cells", "unreadable-coordinates", "outside-world", "key-missing", "key-repeated"),
    *("no-geometry", "zero-place", "total-row"),
    key="id",
)
def broken_table(folder: Path) -> Path:
    rows = "1,30.5,50.4\n2,30.5\n3,abc,50.4\n4,230.5,50.4\n,30.5,50.4\n1,30.6,50.4\n7,,\n8,0,0\n"
    good = "".join(f"{n},30.5,50.{n}\n" for n in range(20, 60))
    return write(folder, "broken.csv", f"id,lon,lat\n{rows}{good}Разом,,\n")


@brings("title-row")
def titles_under_headings(folder: Path) -> Path:
    rows = "".join(f"{n},30.5,50.{n}\n" for n in range(20, 30))
    return write(folder, "titles.csv", f"id,lon,lat\nНомер,Довгота,Широта\n{rows}")


@brings("invalid-value", "layer-stands", first=table_of_points, create=True)
def wrong_values(folder: Path) -> Path:
    return write(folder, "second.csv", "id,lon,lat,n\n1,30.5,50.4,багато\n2,30.6,50.4,3\n")


@brings("far-away")
def far_away(folder: Path) -> Path:
    near = "".join(f"{n},30.5,50.{n}\n" for n in range(20, 60))
    return write(folder, "far.csv", f"id,lon,lat\n{near}99,24.0,49.8\n")


@brings("unreadable-feature", "unreadable-geometry", "heights-dropped", "wrong-geometry-type",
        first=table_of_points)  # fmt: skip
def broken_features(folder: Path) -> Path:
    bad = feature({"type": "Point", "coordinates": "тут"}, {"id": 5})
    rest = [feature(HIGH, {"id": 6, "n": 1}), feature(LINE, {"id": 7, "n": 1})]
    return collect(folder, "no feature", bad, *rest)


@brings("irreparable-geometry", "area-changed", "ring-closed", "territory-without-area",
        kind="territory")  # fmt: skip
def broken_areas(folder: Path) -> Path:
    shapes = (BOW, FLAT, OPEN, SQUARE, None)
    return collect(folder, *(feature(shape, {"id": n}) for n, shape in enumerate(shapes)))


def lines(folder: Path) -> Path:
    return collect(folder, feature(LINE, {"id": 1}))


@brings("over-antimeridian")
def over_the_meridian(folder: Path) -> Path:
    ring = [[179, 50], [-179, 50], [-179, 51], [179, 51], [179, 50]]
    return collect(folder, feature({"type": "Polygon", "coordinates": [ring]}, {"id": 1}),
                   feature(SQUARE, {"id": 2}))  # fmt: skip


@brings("parts-dropped", first=lines)
def mixed_parts(folder: Path) -> Path:
    mixed = {"type": "GeometryCollection", "geometries": [LINE, HIGH]}
    return collect(folder, feature(mixed, {"id": 2}))


@brings("geometry-repaired")
def a_part_from_a_place_to_itself(folder: Path) -> Path:
    parts = [[[30, 50], [30, 50]], LINE["coordinates"]]
    return collect(folder, feature({"type": "MultiLineString", "coordinates": parts}, {"id": 1}))


def boundary(folder: Path) -> Path:
    return collect(folder, feature(SQUARE, {"id": 1}))


@brings("axes-swapped", first=boundary, before="boundary")
def swapped(folder: Path) -> Path:
    return collect(folder, *(feature((50.5, 30.5 + n / 100), {"id": n}) for n in range(3)))


@brings("outside-community", "axes-doubtful")
def abroad(folder: Path) -> Path:
    return collect(folder, *(feature((45.0, 36.2 + n / 100), {"id": n}) for n in range(3)))


@brings("inaccurate-crs", crs="EPSG:4240")
def another_datum(folder: Path) -> Path:
    return write(folder, "datum.csv", "id,lon,lat\n1,30.5,50.4\n")


@brings("cell-error")
def errors_in_cells(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (("id", "lon", "lat", "n"), (1, 30.5, 50.4, "#N/A"), (2, 30.6, 50.4, 5)):
        book.active.append(row)
    book.active["D2"].data_type = "s"  # as programs write it that know no errors
    book.save(folder / "errors.xlsx")
    return folder / "errors.xlsx"


@brings("shape-missing")
def shapes_that_are_missing(folder: Path) -> Path:
    whole = write_vector(folder / "whole.shp", [Point(30, 50), Point(31, 50)], name=["а", "б"])
    fewer = write_vector(folder / "fewer.shp", [Point(30, 50)], name=["а"])
    for ending in (".shp", ".shx"):
        fewer.with_suffix(ending).replace(whole.with_suffix(ending))
    return whole


@brings("text-cut")
def texts_that_fill_their_column(folder: Path) -> Path:
    names = ["а" * 127, "б"]
    points = [Point(30.5, 50), Point(30.6, 50)]
    return write_vector(folder / "cut.shp", points, name=names, encoding="utf-8")


REGISTER = ("вулиця Незалежності", "10"), ("вулиця Київська", "1")


def register_of_addresses(folder: Path) -> Path:
    houses = [
        {"addressThoroughfare": street, "addressLocatorDesignator": house}
        for street, house in REGISTER
    ]
    return collect(folder, *(feature((27.0 + n / 100, 50.2), one) for n, one in enumerate(houses)))


@brings(
    *("address-street-only", "address-alike", "address-no-building"),
    first=register_of_addresses,
    before="addresses",
    addresses=AddressColumns(("where",)),
)
def addresses(folder: Path) -> Path:
    wanted = ("вул. Незалежності", "вул. Незалежньості 10", "вул. Незалежності 10 корп. 2")
    rows = "".join(f'{n},"{one}"\n' for n, one in enumerate(wanted))
    return write(folder, "addressed.csv", f"id,where\n{rows}")


def areas(folder: Path, *blocks: tuple[float, float, float, float]) -> Path:
    """Rectangles in metres from a corner: west, south, east, north."""
    shapes = [shapely.geometry.mapping(block(*one)) for one in blocks]
    return collect(folder, *(feature(shape, {"id": n}) for n, shape in enumerate(shapes)))


@brings("territory-gap", kind="territory")
def a_hole_among_areas(folder: Path) -> Path:
    return areas(*(folder, (0, 0, 100, 40), (0, 60, 100, 100), (0, 40, 40, 60), (60, 40, 100, 60)))


@brings("territory-sliver", kind="territory")
def a_strip_between_areas(folder: Path) -> Path:
    return areas(folder, (0, 0, 100, 100), (99, 0, 200, 100))


@brings("territory-edges", kind="territory")
def borders_that_miss(folder: Path) -> Path:
    return areas(folder, (0, 0, 100, 100), (100, 0, 200, 50), (100, 50, 200, 100))


@brings("territory-swallowed", kind="territory", checks=CheckOptions(fit_areas=True))
def an_area_inside_another(folder: Path) -> Path:
    return areas(folder, (0, 0, 100, 100), (10, 10, 90, 90))


@brings(
    "territory-unchecked", kind="territory", limits={"importers.checks.territories.AREAS_MAX": 2}
)
def more_areas_than_are_compared(folder: Path) -> Path:
    return areas(folder, (0, 0, 10, 10), (10, 0, 20, 10), (20, 0, 30, 10))


@pytest.mark.parametrize("name", CASES)
def test_the_file_brings_the_remarks(run_import, tmp_path, monkeypatch, name):
    case = CASES[name]
    for what, limit in case.limits.items():
        monkeypatch.setattr(what, limit)
    if case.first is not None:
        run_import(case.first(tmp_path), layer=case.before)
    result = run_import(case.write(tmp_path), **case.options)
    assert case.codes - set(result.counts) == set()
    assert {issue.message for issue in result.issues if "%(" in issue.message} == set()


# Each of these has a test of its own with a real file or beside what it is about.
ELSEWHERE = {
    "attributes-missing": "formats/test_found_imports.py",
    "attributes-missing-in-row": "formats/test_found_imports.py",
    "rows-deleted": "formats/test_found_imports.py",
    "number-overflow": "formats/test_found_imports.py",
    "impossible-date": "formats/test_found_imports.py",
    "broken-letters": "formats/test_found_imports.py",
    "curve-linearised": "formats/test_geopackage.py",
    "crs-assumed": "crs/test_crs.py",
    "crs-doubtful": "crs/test_crs.py",
    "datum-replaced": "crs/test_datums.py",
    "required-missing": "test_changes.py",
    "required-empty": "test_changes.py",
    "out-of-range": "checks/test_values.py",
    "not-a-choice": "checks/test_values.py",
    "choice-alike": "checks/test_values.py",
    "choice-accepted": "checks/test_values.py",
    "spelling-varies": "checks/test_values.py",
    "outside-boundary": "checks/test_community.py",
    "rows-outside-boundary": "checks/test_community.py",
    "axes-look-swapped": "checks/test_community.py",
    "code-unknown": "checks/test_code_lists.py",
    "code-spelling": "checks/test_code_lists.py",
    "code-old": "checks/test_code_lists.py",
    "code-renamed": "checks/test_code_lists.py",
    "code-elsewhere": "checks/test_code_lists.py",
    "duplicate-row": "checks/test_rows.py",
    "duplicate-feature": "test_quality.py",
    "near-duplicate": "checks/test_rows.py",
    "address-missing": "addresses/test_placing.py",
    "address-unknown": "addresses/test_placing.py",
    "address-no-house": "addresses/test_placing.py",
    "address-ambiguous": "addresses/test_placing.py",
    "address-street": "addresses/test_placing.py",
    "address-renamed": "addresses/test_placing.py",
    "address-placed": "stages/test_addresses.py",
    "territory-overlap": "checks/test_rows.py",
    "territory-uncovered": "coverage/test_standing.py",
    "territory-outside": "coverage/test_standing.py",
    "territory-fitted": "checks/test_rows.py",
}


def test_every_remark_is_brought_by_some_file():
    brought = frozenset().union(*(case.codes for case in CASES.values()))
    assert set(CODES) - brought == set(ELSEWHERE)
    for code, module in ELSEWHERE.items():
        assert f'"{code}"' in (Path(__file__).parent / module).read_text(encoding="utf-8")
