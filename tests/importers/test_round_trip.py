"""What the portal gives out comes back unchanged, in every format."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from layers.downloads.formats import DOWNLOAD_FORMATS
from tests.importers.conftest import counts, feature, places, stored

pytestmark = pytest.mark.usefixtures("either_way")
FORMATS = [known.extension for known in DOWNLOAD_FORMATS if known.is_whole]
SQUARE = [[30.1, 50.1], [30.2, 50.1], [30.2, 50.2], [30.1, 50.1]]
SHAPES = {
    "point": [{"type": "Point", "coordinates": [30.123456789012, 50.1]}, None],
    "line": [
        {"type": "LineString", "coordinates": [[30.1, 50.1], [30.12345678901, 50.3]]},
        {"type": "MultiLineString", "coordinates": [[[30, 50], [31, 51]], [[30, 51], [31, 50]]]},
    ],
    "polygon": [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Polygon", "coordinates": [SQUARE[::-1]]},
    ],
    "mixed": [
        {"type": "Point", "coordinates": [30.1, 50.1]},
        {"type": "Polygon", "coordinates": [SQUARE]},
    ],
}
VALUES = {
    "name": ["Дуб «Богатир»", 'лапки " і \\ коса', "рядок\nдругий", "0012"],
    "a_long_name_of_a_column": ["x", "null?", None, "так"],
    "height": [1.5, -0.25, None, 1e-7],
    "number": [1, 12345678901, None, 0],
    "old": [True, False, None, True],
    "planted": ["2026-11-20", None, "1991-08-24", "2000-02-29"],
    "tags": [{"a": [1, {"b": None}]}, ["x"], None, {}],
}


def build_features(kind, *, with_key):
    shapes: Iterator[Any] = itertools.cycle(SHAPES[kind])
    for number in range(4):
        values = {name: column[number] for name, column in VALUES.items()}
        yield feature(next(shapes), ({"uid": f"u{number}"} if with_key else {}) | values)


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("with_key", [True, False])
def test_our_own_download_changes_nothing(
    run_import, write_geojson, tmp_path, extension, kind, with_key
):
    run_import(write_geojson(*build_features(kind, with_key=with_key)))
    before = (stored(), {key: geom and geom.ewkb for key, geom in places().items()})
    path = tmp_path / f"things.{extension}"
    call_command("export_layer", "things", str(path))
    parts = ("points", "areas") if (kind, extension) == ("mixed", "shp.zip") else ("",)
    results = [run_import(path, source_layer=f"things_{part}" if part else "") for part in parts]
    assert [result.rejected for result in results] == [0] * len(parts)
    assert sum(result.unchanged for result in results) == 4
    assert all(counts(result)[:3] == (0, 0, 0) for result in results)
    assert (stored(), {key: geom and geom.ewkb for key, geom in places().items()}) == before
    assert sum(result.issues_total for result in results if result.ignored_columns) == 0


@pytest.mark.parametrize("extension", FORMATS)
def test_a_download_makes_the_same_layer_anew(run_import, write_geojson, tmp_path, extension):
    run_import(write_geojson(*build_features("point", with_key=True)))
    path = tmp_path / f"copy.{extension}"
    call_command("export_layer", "things", str(path))
    result = run_import(path, layer="copy")
    assert result.added == 4
    assert places("copy").keys() == places().keys()
    if extension == "geojson":
        assert stored("copy") == stored()
    elif extension == "csv":  # a table cannot tell a structure from its text
        assert drop_column("tags", stored("copy")) == drop_column("tags", stored())


def drop_column(name, rows):
    return {key: {n: v for n, v in row.items() if n != name} for key, row in rows.items()}
