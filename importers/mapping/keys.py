"""What the key of a row is: a column, what stands beside the attributes, or the content itself."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from importers.sources import ArrowArray, IntArray, Kind, SourceColumn

# Headings that may hold a key, most likely first; then endings.
EXACT_NAMES = (
    "uid", "uuid", "guid", "globalid", "id", "@id", "fid", "gid", "objectid", "object_id", "oid",
    "identifier", "ідентифікатор", "key", "ключ", "код", "code", "katotth", "katottg", "osm_id",
    "ogc_fid", "реєстраційний номер", "inventory_number", "інвентарний номер",
)  # fmt: skip
ENDING = re.compile(r"(_id|_uid|_key|_code|_код|_ід)\Z")
DOWNLOADED_NAMES = ("key", "feature_key")
# What is said instead of a column where keys shall be made from what rows hold.
BY_CONTENT = "@content"
CANDIDATES_MAX = 6
DIGEST_BYTES = 8
NEARLY = 0.95


class KeyOrigin(StrEnum):
    COLUMN = "column"
    BESIDE = "beside"  # GeoJSON's `id`
    CONTENT = "content"


@dataclass(frozen=True)
class KeySource:
    """`place`: the column among the source's. `must`: taken even where keys repeat or miss."""

    origin: KeyOrigin
    name: str = ""
    place: int = -1
    must: bool = False


def list_plausible(columns: Sequence[SourceColumn]) -> list[KeySource]:
    """Columns whose headings promise a key, the likeliest first."""
    usable = [c for c in columns if c.kind in (Kind.CELL, Kind.TEXT, Kind.INTEGER)]
    folded = [(column.name.strip().casefold(), column) for column in usable]
    ranked = [column for exact in EXACT_NAMES for name, column in folded if name == exact] + [
        column for name, column in folded if ENDING.search(name)
    ]
    unique = list(dict.fromkeys(ranked))[:CANDIDATES_MAX]
    return [KeySource(KeyOrigin.COLUMN, column.name, column.place) for column in unique]


def read_keys(array: ArrowArray) -> ArrowArray:
    """Keys as text: trimmed, whole numbers without a fraction; blank ones null."""
    if pa.types.is_floating(array.type):
        whole = pc.equal(pc.floor(array), array)
        numbers = pc.cast(pc.if_else(whole, array, 0.0), pa.int64(), safe=False)
        return pc.if_else(whole, numbers.cast(pa.string()), array.cast(pa.string()))
    texts = array.cast(pa.string())
    if array.type == pa.string():
        texts = pc.utf8_trim_whitespace(texts)
        empty = pc.equal(texts, "")
        if pc.any(empty, min_count=0).as_py():
            texts = pc.if_else(empty, pa.scalar(None, pa.string()), texts)
    return texts


def is_unique(keys: ArrowArray) -> bool:
    """No null, none twice."""
    return bool(keys.null_count == 0 and len(keys) == count_distinct(keys))


def count_distinct(keys: ArrowArray) -> int:
    """Of valid ones. Numbers are sorted: a tenth of the time and memory of a hash table."""
    if not pa.types.is_integer(keys.type):
        return int(pc.count_distinct(keys, mode="only_valid").as_py())
    ordered = np.sort(pc.drop_null(keys).to_numpy())
    return int((ordered[1:] != ordered[:-1]).sum()) + bool(len(ordered))


def is_nearly_unique(keys: ArrowArray) -> bool:
    """But for a few that are null or repeat."""
    return count_distinct(keys) >= len(keys) * NEARLY - 1


def find_repeated(keys: ArrowArray, rows: IntArray) -> dict[int, int]:
    """Row → the earlier row that has the same key."""
    valid = keys.is_valid().to_numpy(zero_copy_only=False)
    encoded = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    codes = pc.dictionary_encode(encoded.filter(pa.array(valid))).indices.to_numpy()
    numbers = rows[valid]
    _codes, first = np.unique(codes, return_index=True)
    if len(first) == len(codes):
        return {}
    first_of_code = np.zeros(int(codes.max()) + 1, np.int64)
    first_of_code[_codes] = numbers[first]
    later = np.ones(len(codes), np.bool_)
    later[first] = False
    return {
        int(row): int(first_of_code[code])
        for row, code in zip(numbers[later], codes[later], strict=True)
    }


class ContentKeys:
    """Keys from what rows hold: the same row gets the same key in the next file.

    Coordinates count to 1 cm. Equal rows get `-2`, `-3`, … in their order.
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}

    def make(self, contents: Sequence[bytes], documents: Sequence[str]) -> ArrowArray:
        keys = []
        for content, document in zip(contents, documents, strict=True):
            digest = hashlib.blake2b(content, digest_size=DIGEST_BYTES)
            digest.update(document.encode())
            code = digest.digest()
            number = self._seen.get(code, 0) + 1
            self._seen[code] = number
            keys.append(code.hex() if number == 1 else f"{code.hex()}-{number}")
        return pa.array(keys, pa.string())


def describe_contents(literals: Mapping[str, ArrowArray], rows: int) -> list[str]:
    """What each row says: names and values. Nulls are left out: an empty column changes no key."""
    parts = [
        pc.if_else(
            pc.equal(texts, "null"),
            "",
            pc.binary_join_element_wise(f"{name}\x1f", texts, "\x1e", ""),
        )
        for name, texts in sorted(literals.items())
    ]
    if not parts:
        return [""] * rows
    return list(pc.binary_join_element_wise(*parts, "").to_pylist())
