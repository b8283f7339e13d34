"""Arrays of JSON that are parsed in pieces say what they say value by value."""

import io
import json
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats.geojson import stream
from importers.formats.geojson.stream import BrokenJson, JsonStream

NUMBERS = st.one_of(
    st.integers(), st.floats(), st.integers(-(2**70), 2**70), st.sampled_from([-0.0, 2**63, 2**64])
)
TEXTS = st.one_of(
    st.text(), st.sampled_from(['},{"a":', ',{"type":"Feature"', "\ud800", "\x01", "12" * 12])
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)
ITEMS = st.lists(st.dictionaries(st.sampled_from("ab"), VALUES, max_size=2) | VALUES, max_size=12)
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": "), (",\n", ":")])


def read(text: str, piece_chars: int, *, at_once: bool) -> list[str]:
    """Each value as Python writes it, which tells 1 from 1.0 and from True."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "PIECE_CHARS", piece_chars)
        if not at_once:
            patch.setattr(stream, "parse_items", lambda _text: None)
        return [repr(value) for value in JsonStream(io.StringIO(text)).items()]


@settings(max_examples=150, deadline=None)
@given(ITEMS, SEPARATORS, st.booleans(), st.sampled_from([16, 200, 1 << 20]))
def test_values_in_pieces_are_the_values_one_by_one(
    items: Sequence[object], separators: tuple[str, str], escaped: bool, piece_chars: int
):
    text = json.dumps(items, separators=separators, ensure_ascii=escaped)
    expected = [repr(value) for value in json.loads(text)]
    assert read(text, piece_chars, at_once=False) == expected
    assert read(text, piece_chars, at_once=True) == expected


def test_pieces_are_taken_at_once():
    items = [{"type": "Feature", "id": number} for number in range(1000)]
    pieces = list(JsonStream(io.StringIO(json.dumps(items))).pieces())
    assert list(chain.from_iterable(pieces)) == items
    assert max(map(len, pieces)) > 900


def test_a_broken_value_is_found_by_its_line():
    lines = [f'{{"type": "Feature", "id": {number}}}' for number in range(50)]
    lines[30] = '{"type": "Feature", "id": }'
    file = JsonStream(io.StringIO("[" + ",\n".join(lines) + "]"))
    with pytest.raises(BrokenJson) as broken:
        list(file.items())
    assert broken.value.line == 31
