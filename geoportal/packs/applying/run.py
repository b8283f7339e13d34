"""One application of a pack: what it has changed so far, and what went wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import models

from geoportal.core.errors import DomainError
from geoportal.packs.entries import Entry
from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings, Place


class Deed(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One thing that came, changed or went; `what`: the keys, or counts of rows, in words."""

    section: str
    code: str
    deed: Deed
    what: tuple[str, ...] = ()


@dataclass
class Run:
    """`prune`: things that the pack does not name go. `build_link`: of an invitation's secret."""

    pack: Pack
    findings: Findings
    prune: bool
    build_link: Callable[[str], str]
    on_change: Callable[[Change], None] = lambda change: None
    difference: list[Change] = field(default_factory=list)

    def tell(self, section: str, code: str, deed: Deed, *what: str) -> None:
        change = Change(section, code, deed, what)
        self.difference.append(change)
        self.on_change(change)

    def refuse(self, entry: Entry, error: DomainError | ValidationError) -> None:
        """What a service or a model does not take is a finding at the key, or at the thing."""
        if isinstance(error, ValidationError):
            for key, messages in error.message_dict.items():
                self._refuse_key(entry, key, messages)
            return
        details = error.extra.get("errors")
        if not isinstance(details, Mapping):
            self.findings.error(entry.place, str(error.message))
            return
        for key, reasons in details.items():
            self._refuse_key(entry, str(key), reasons)

    def _refuse_key(self, entry: Entry, key: str, reasons: object) -> None:
        place, words = entry.place_of(key), key
        for child in (each for children in entry.children.values() for each in children):
            if child.text("name") == key:
                place, words = child.place, key
        named = "" if key == "__all__" else f"{words}: "
        self.findings.error(place, f"{named}{_join(reasons)}")

    def place_of(self, section: str, code: str) -> Place:
        entry = self.pack.by_code(section).get(code)
        return entry.place if entry else self.pack.place


def _join(reasons: object) -> str:
    if isinstance(reasons, Mapping):
        return "; ".join(f"{key}: {_join(value)}" for key, value in reasons.items())
    return " ".join(map(str, reasons)) if isinstance(reasons, list | tuple) else str(reasons)


def write_row(
    run: Run, section: str, code: str, entry: Entry, row: models.Model, values: Mapping[str, object]
) -> bool:
    """Put values into a new or a standing row of the database; whether it is as the pack says.

    A row that is so already is not written.
    """
    made = row._state.adding
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not made and not changed:
        return True
    for name in changed:
        setattr(row, name, values[name])
    try:
        row.full_clean()
    except ValidationError as error:
        run.refuse(entry, error)
        return False
    row.save()
    if made:
        run.tell(section, code, Deed.MADE)
    else:
        run.tell(section, code, Deed.CHANGED, *(name.removesuffix("_id") for name in changed))
    return True
