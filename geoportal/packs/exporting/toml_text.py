"""Values into TOML that people go on editing: one key a line, lists of tables one below another."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
LINE_MAX: Final = 96


def write_document(
    values: Mapping[str, object],
    tables: Mapping[str, Mapping[str, object]] | None = None,
    lists: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> str:
    """Keys, then `[tables]`, then `[[lists]]`; what is empty is left out."""
    parts = ["\n".join(_write_pairs(values))] if values else []
    for name, inner in (tables or {}).items():
        if inner:
            parts.append("\n".join([f"[{name}]", *_write_pairs(inner)]))
    for name, items in (lists or {}).items():
        parts += [write_item(name, item) for item in items]
    return "\n\n".join(parts) + "\n"


def write_item(
    name: str,
    values: Mapping[str, object],
    children: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> str:
    """`[[name]]` with its keys and the lists of tables in it."""
    parts = ["\n".join([f"[[{name}]]", *_write_pairs(values)])]
    for child, items in (children or {}).items():
        parts += [write_item(f"{name}.{child}", item) for item in items]
    return "\n\n".join(parts)


def _write_pairs(values: Mapping[str, object]) -> list[str]:
    return [
        f"{_write_key(key)} = {_write_value(value, len(key) + 3)}" for key, value in values.items()
    ]


def _write_key(key: str) -> str:
    return key if BARE.fullmatch(key) else _write_text(key)


def _write_value(value: object, used: int) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_write_key(key)} = {_write_value(v, 0)}" for key, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return _write_list(value, used)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _write_text(value) if isinstance(value, str) else repr(value)


def _write_list(values: Sequence[object], used: int) -> str:
    items = [_write_value(value, 0) for value in values]
    line = f"[{', '.join(items)}]"
    if len(line) + used <= LINE_MAX and not any(isinstance(value, Mapping) for value in values):
        return line
    return "\n".join(["[", *(f"  {item}," for item in items), "]"])


def _write_text(words: str) -> str:
    """A basic string of TOML 1.0; JSON escapes the same characters, but for one."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
