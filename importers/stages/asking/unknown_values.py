"""Values of a file that are no choice of their field: in how many rows, and what was meant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from importers.mapping.choices import propose_choice
from importers.mapping.keys import KeyOrigin, KeySource
from importers.mapping.planning import map_to_layer
from importers.request import ImportRequest
from importers.sources import Source, SourceBatch
from layers.models import Layer, LayerField
from layers.schema.values import InvalidValue, NotAChoice, coerce_value

DISTINCT_MAX = 2_000
SHOWN_MAX = 20


@dataclass(frozen=True)
class UnknownValue:
    """`choice`: the title of the nearest one, "" for none; `sure`: it differs by case, blanks or
    look-alike letters alone."""

    field: str
    value: str
    rows: int
    choice: str
    sure: bool


class ChoiceCounter:
    """Counts values of the columns that fill fields with choices, while the file is read."""

    def __init__(self, columns: Sequence[tuple[int, LayerField]]) -> None:
        self._columns = columns
        self._counts: list[Counter[str]] = [Counter() for _column in columns]

    def see(self, batch: SourceBatch) -> None:
        for (place, _field), counts in zip(self._columns, self._counts, strict=True):
            for one in pc.value_counts(batch.values[place]).to_pylist():
                value = one["values"]
                if value is None or (len(counts) >= DISTINCT_MAX and str(value) not in counts):
                    continue
                counts[str(value)] += one["counts"]

    def list_unknown(self) -> list[UnknownValue]:
        """The most frequent first."""
        found = [
            unknown
            for (_place, field), counts in zip(self._columns, self._counts, strict=True)
            for value, rows in counts.items()
            if (unknown := judge(field, value, rows)) is not None
        ]
        return sorted(found, key=lambda one: (-one.rows, one.value))[:SHOWN_MAX]


def judge(field: LayerField, value: str, rows: int) -> UnknownValue | None:
    """`None` for one that will do."""
    try:
        coerce_value(field, value)
    except NotAChoice:
        proposal = propose_choice(field, value)
        title = name_choice(field, proposal.choice) if proposal else ""
        return UnknownValue(field.title, value, rows, title, bool(proposal and proposal.sure))
    except InvalidValue:
        return None  # another question
    return None


def name_choice(field: LayerField, value: object) -> str:
    titles = {str(one["value"]): one.get("title_uk") or one["value"] for one in field.choices}
    return str(titles.get(str(value), value))


def count_choices(request: ImportRequest, source: Source, layer: Layer | None) -> ChoiceCounter:
    """Of the columns that would fill fields with choices."""
    fields = list(layer.fields.all()) if layer else []
    if layer is None or not any(field.choices for field in fields):
        return ChoiceCounter([])
    key = KeySource(KeyOrigin.CONTENT)
    mapped = map_to_layer(source, layer, fields, key, request.columns).columns
    return ChoiceCounter([(one.column.place, one.field) for one in mapped if one.field.choices])
