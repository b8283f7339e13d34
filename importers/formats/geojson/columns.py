"""JSON values of features as Arrow columns: what each column holds is found over the whole file."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from importers.sources import ArrowArray, Kind

Json = Any
INT64_MAX = (1 << 63) - 1
EMPTY = "empty"  # a column that has held nothing but null so far


KINDS: dict[type, str] = {
    type(None): EMPTY,
    bool: Kind.BOOLEAN,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
    dict: Kind.JSON,
    list: Kind.JSON,
}


def unite_kinds(kinds: Iterable[str]) -> str:
    """One kind for a column: mixed whole and other numbers are numbers, other mixtures text."""
    found = set(kinds) - {EMPTY}
    if len(found) > 1:
        return Kind.NUMBER if found == {Kind.INTEGER, Kind.NUMBER} else Kind.TEXT
    return found.pop() if found else EMPTY


def find_kind(values: Sequence[Json]) -> str:
    """The narrowest kind that holds all values; whole numbers beyond int64 stay text."""
    kind = unite_kinds(KINDS.get(found, Kind.TEXT) for found in set(map(type, values)))
    if kind == Kind.INTEGER:
        numbers = [value for value in values if value is not None]
        return kind if min(numbers) >= -INT64_MAX and max(numbers) <= INT64_MAX else Kind.TEXT
    return kind


def as_text(value: Json) -> str | None:
    """A value in a column of text: strings bare, the rest as JSON writes it."""
    if value is None or isinstance(value, str):
        return value
    return dump(value)


def dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def build_array(values: Sequence[Json], kind: str) -> ArrowArray:
    """Arrow array of one batch: its own kind, which `convert_array` may widen later."""
    if kind == EMPTY:
        return pa.nulls(len(values))
    if kind == Kind.BOOLEAN:
        return pa.array(values, pa.bool_())
    if kind == Kind.INTEGER:
        return pa.array(values, pa.int64())
    if kind == Kind.NUMBER:
        numbers = [None if value is None else float(value) for value in values]
        return pa.array(numbers, pa.float64())
    if kind == Kind.JSON:
        return text_array([None if value is None else dump(value) for value in values])
    if set(map(type, values)) <= {str, type(None)}:
        return text_array(values)
    return text_array([as_text(value) for value in values])


def text_array(texts: Sequence[str | None]) -> ArrowArray:
    """Arrow strings; halves of surrogate pairs, which JSON can spell, become `?`."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        clean = [
            None if text is None else text.encode("utf-8", "replace").decode() for text in texts
        ]
        return pa.array(clean, pa.string())


def convert_array(array: ArrowArray, kind: str) -> ArrowArray:
    """An array of one batch as the kind that the whole column has."""
    wanted = {
        Kind.BOOLEAN: pa.bool_(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
    }.get(Kind(kind), pa.string())
    if array.type == wanted:
        return array
    if pa.types.is_floating(array.type) and wanted == pa.string():
        return text_array([as_text(value) for value in array.to_pylist()])
    return array.cast(wanted)
