"""Values of a file against the lists that they should come from; each value is looked up once."""

from collections.abc import Iterator

import pyarrow.compute as pc

from importers.checks.code_lists.code_list import CodeList, LookUp, Verdict, list_registered
from importers.checks.code_lists.katottg import KATOTTG
from importers.checks.code_lists.streets import STREETS
from importers.checks.context import CheckContext, read_text
from importers.issues import Issue
from importers.loading.seen import SeenRows

CODES = ("code-unknown", "code-spelling", "code-old", "code-renamed", "code-elsewhere")
# A list of the product is a module with a `CodeList`, and its name here.
CODE_LISTS: tuple[CodeList, ...] = (KATOTTG, STREETS)


class ListedValues:
    """One field whose values come from a list."""

    def __init__(self, name: str, look_up: LookUp) -> None:
        self._name = name
        self._look_up = look_up
        self._known: dict[str, Verdict | None] = {}

    def see(self, seen: SeenRows) -> Iterator[Issue]:
        if self._name not in seen.literals:
            return
        encoded = pc.dictionary_encode(seen.literals[self._name])
        told = {
            place: verdict
            for place, literal in enumerate(encoded.dictionary.to_pylist())
            if (verdict := self._judge(literal))
        }
        if told:
            places = encoded.indices.to_pylist()
            for row, place in zip(seen.rows.tolist(), places, strict=True):
                if verdict := told.get(place):
                    yield Issue(row, verdict.code, verdict.params, field=self._name)

    def _judge(self, literal: str) -> Verdict | None:
        if literal not in self._known:
            value = read_text(literal)
            self._known[literal] = self._look_up(value) if value else None
        return self._known[literal]

    def finish(self) -> Iterator[Issue]:
        yield from ()


def begin(context: CheckContext) -> Iterator[ListedValues]:
    for code_list in (*CODE_LISTS, *list_registered()):
        fields = [one for one in context.fields if code_list.fits(context.layer, one)]
        look_up = code_list.read() if fields else None
        if look_up is not None:
            for field in fields:
                yield ListedValues(field.name, look_up)
