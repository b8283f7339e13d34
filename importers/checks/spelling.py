"""Texts of a column that are one word written several ways: «Дуб», «дуб », «Дyб» with a Latin y."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pyarrow.compute as pc

from importers.checks.context import CheckContext, read_text
from importers.issues import Issue
from importers.loading.seen import SeenRows
from importers.mapping.choices import spell
from layers.models import LayerField

DISTINCT_MAX = 1000
ROWS_OF_A_VALUE = 1000


class ColumnSpelling:
    """Counts the values of one field; gives up where nearly every row has its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self.rows: dict[str, list[int]] = defaultdict(list)
        self.going = True

    def see(self, seen: SeenRows) -> None:
        encoded = pc.dictionary_encode(seen.literals[self.name])
        literals = []
        if len(encoded.dictionary) <= DISTINCT_MAX:
            literals = encoded.dictionary.to_pylist()
        self.going = bool(literals) and len(self.counts.keys() | set(literals)) <= DISTINCT_MAX
        if not self.going:
            self.counts.clear()
            self.rows.clear()
            return
        indices = encoded.indices.to_numpy()
        order = indices.argsort(kind="stable")
        starts = indices[order].searchsorted(range(len(literals) + 1))
        for place, literal in enumerate(literals):
            group = order[starts[place] : starts[place + 1]]
            self.counts[literal] += len(group)
            room = ROWS_OF_A_VALUE - len(self.rows[literal])
            self.rows[literal] += seen.rows[group[: max(0, room)]].tolist()

    def finish(self) -> Iterator[Issue]:
        alike: dict[str, list[str]] = defaultdict(list)
        for literal in self.counts:
            if literal[:1] == '"' and any(letter.isalpha() for letter in literal):
                alike[spell(read_text(literal))].append(literal)
        for literals in alike.values():
            usual = max(literals, key=lambda literal: (self.counts[literal], literal))
            for literal in literals:
                if literal != usual:
                    yield from self._tell(literal, usual)

    def _tell(self, literal: str, usual: str) -> Iterator[Issue]:
        told = {"value": read_text(literal), "usual": read_text(usual)}
        for row in self.rows[literal]:
            yield Issue(row, "spelling-varies", told, field=self.name)


class Spelling:
    def __init__(self, names: list[str]) -> None:
        self._columns = [ColumnSpelling(name) for name in names]

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        for column in self._columns:
            if column.going and column.name in seen.literals and len(seen.rows):
                column.see(seen)
        yield from ()

    def finish(self) -> Iterator[Issue]:
        for column in self._columns:
            yield from column.finish()


def begin(context: CheckContext) -> Iterator[Spelling]:
    names = [
        field.name
        for field in context.fields
        if field.type == LayerField.Type.TEXT
        and not field.choices
        and field.name != context.key_field
    ]
    if names:
        yield Spelling(names)
