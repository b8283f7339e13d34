"""What happened to one feature, in words: what each change did to its public attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from geoportal.accounts.policies import Actor
from geoportal.mapkit.values import ShownValue, show_value
from layers.models import Layer, LayerField
from layers.reading.history import HistoryEntry, list_history


@dataclass(frozen=True)
class Change:
    """One attribute before and after; an empty text means that it was not there."""

    before: ShownValue
    after: ShownValue


@dataclass(frozen=True)
class Event:
    """A changeset that touched the feature. `action`: added, changed or removed."""

    action: str
    time: datetime
    kind: str
    changes: tuple[Change, ...] = ()
    moved: bool = False

    @property
    def says_something(self) -> bool:
        """A change of internal attributes alone does not show."""
        return self.action != "changed" or self.moved or bool(self.changes)


def list_events(actor: Actor, layer: Layer, key: str, fields: Sequence[LayerField]) -> list[Event]:
    """The newest first; what the actor may not see is left out, and so is the author."""
    entries = list_history(actor, layer, key)
    events = [
        build_event(entry, earlier, fields) for entry, earlier in zip_longest(entries, entries[1:])
    ]
    return [event for event in events if event.says_something]


def build_event(
    entry: HistoryEntry, earlier: HistoryEntry | None, fields: Sequence[LayerField]
) -> Event:
    if entry.action != "changed" or earlier is None:
        return Event(entry.action, entry.at, entry.kind)
    changes = [
        Change(
            show_value(field, earlier.properties.get(field.name)),
            show_value(field, entry.properties.get(field.name)),
        )
        for field in fields
    ]
    return Event(
        entry.action,
        entry.at,
        entry.kind,
        tuple(change for change in changes if change.before.text != change.after.text),
        moved=entry.geometry != earlier.geometry,
    )
