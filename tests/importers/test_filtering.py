"""Some rows of a file: those with certain values, those of one kind of shape."""

import json

import pytest

from importers.errors import UnusableOption
from importers.filtering import RowFilter, keep_rows
from importers.formats.opening import OpenOptions, open_source

POINT = {"type": "Point", "coordinates": [27.0, 50.0]}
AREA = {"type": "MultiPolygon", "coordinates": [[[[27, 50], [28, 50], [28, 51], [27, 50]]]]}
ROWS = [
    ("a", POINT, {"level": 7, "open": True, "name": "Перша"}),
    ("b", AREA, {"level": 7, "open": False, "name": "Друга"}),
    ("c", AREA, {"level": 9, "open": None, "name": None}),
    ("d", None, {"level": None, "open": True, "name": "Четверта"}),
]


@pytest.fixture
def choose(tmp_path):
    """Keys and row numbers of what is left."""
    features = [
        {"type": "Feature", "id": key, "geometry": shape, "properties": values}
        for key, shape, values in ROWS
    ]
    path = tmp_path / "rows.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    def find(columns: dict[str, tuple[str, ...]] | None = None, only: str = ""):
        with open_source(path, OpenOptions()) as source:
            kept = keep_rows(source, RowFilter(columns or {}, only))
            batches = list(kept.batches())
            keys = [key for batch in batches for key in batch.ids.to_pylist()]
            rows = [int(row) for batch in batches for row in batch.rows]
            for batch in batches:
                sizes = {len(column) for column in (*batch.values, batch.wkb, batch.ids)}
                assert sizes == {len(batch.rows)}
            return list(zip(keys, rows, strict=True))

    return find


def test_everything_passes_where_nothing_is_asked(choose):
    assert choose() == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]


def test_values_are_compared_as_text_and_rows_keep_their_numbers(choose):
    assert choose({"level": ("7",)}) == [("a", 1), ("b", 2)]
    assert choose({"name": ("Друга", "Четверта")}) == [("b", 2), ("d", 4)]
    assert choose({"open": ("true",)}) == [("a", 1), ("d", 4)]


def test_several_columns_must_all_fit(choose):
    assert choose({"level": ("7",), "open": ("false",)}) == [("b", 2)]


def test_shapes_are_told_apart_multi_or_not(choose):
    assert choose(only="polygon") == [("b", 2), ("c", 3)]
    assert choose(only="point") == [("a", 1)]
    assert choose(only="line") == []


def test_a_column_that_is_not_there_is_refused(choose):
    with pytest.raises(UnusableOption, match="level"):
        choose({"levels": ("7",)})
