"""What a check may know of the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from importers.check_options import CheckOptions
from importers.sources import ArrowArray
from layers.models import Layer, LayerField


@dataclass(frozen=True)
class CheckContext:
    """`layer` may be one that is not saved yet. `key_field`: the field that is the key, or "".

    `by_content`: keys are made from content and say nothing to people. `replaces`: what the file
    does not name is removed.
    """

    layer: Layer
    fields: Sequence[LayerField]
    key_field: str = ""
    by_content: bool = False
    replaces: bool = False
    options: CheckOptions = field(default_factory=CheckOptions)

    def name_key(self, key: str | None) -> str:
        """As a remark names it."""
        return "" if self.by_content else key or ""

    @property
    def stands(self) -> bool:
        return self.layer.pk is not None


def read_texts(literals: Mapping[str, ArrowArray], name: str, rows: int) -> list[str]:
    """Values of a field as text, "" for null."""
    if name not in literals:
        return [""] * rows
    return [read_text(literal) for literal in literals[name].to_pylist()]


def read_text(literal: str) -> str:
    if literal == "null":
        return ""
    return str(orjson.loads(literal)) if literal[:1] == '"' else literal
