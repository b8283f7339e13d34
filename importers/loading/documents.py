"""JSON documents of rows, put together by Arrow in the very spelling of PostgreSQL's jsonb.

Where a stored document prints as the same text, nothing changed: that is how a re-import passes
over unchanged rows without parsing them. A different spelling costs time, not correctness.
"""

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from importers.loading.arrow_text import holds_bytes, text_bytes
from importers.sources import ArrowArray


def order_names(names: "Mapping[str, ArrowArray]") -> list[str]:
    """jsonb keeps keys by length in bytes, then by bytes."""
    return sorted(names, key=lambda name: (len(name.encode()), name.encode()))


def build_documents(literals: Mapping[str, ArrowArray], rows: int) -> ArrowArray:
    """One JSON object for each row from JSON values by name; `{"a": 1, "b": "x"}`."""
    if not literals:
        return pa.repeat("{}", rows)
    parts: list[object] = []
    separator = "{"
    for name in order_names(literals):
        parts += [f"{separator}{json.dumps(name, ensure_ascii=False)}: ", literals[name]]
        separator = ", "
    return pc.binary_join_element_wise(*parts, "}", "")


def escape_for_copy(texts: ArrowArray) -> ArrowArray:
    """JSON has no raw line ends or tabs; only its backslashes mean something to COPY."""
    if holds_bytes(texts, b"\\"):
        return pc.replace_substring(texts, "\\", "\\\\")
    return texts


def escape_keys(keys: ArrowArray) -> ArrowArray:
    """Any text as a cell of COPY's text format; U+0000 is left out."""
    if not holds_bytes(keys, b"\\", below=0x20):
        return keys
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        keys = pc.replace_substring(keys, plain, escaped)
    return pc.replace_substring(keys, "\0", "")


def join_lines(cells: list[ArrowArray]) -> ArrowArray:
    """Lines of COPY's text format, with line ends; together they may pass 2 GB."""
    tab, end, none = (pa.scalar(text, pa.large_string()) for text in ("\t", "\n", ""))
    parts: list[object] = []
    for cell in cells:
        parts += [tab, cell.cast(pa.large_string())]
    return pc.binary_join_element_wise(*parts[1:], end, none)


def take_bytes(lines: ArrowArray) -> bytes:
    """All lines as one text."""
    return text_bytes(lines).tobytes()
