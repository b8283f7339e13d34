"""The life of one object: every state it had, who made it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from geoportal.accounts.policies import Actor
from geoportal.mapkit.values import ShownValue, show_values
from geoportal.staff.history.differences import ValueChange, list_value_changes
from layers.models import Changeset, Layer, LayerField
from layers.reading.history import HistoryEntry, list_history
from layers.schema.values import Json


@dataclass(frozen=True)
class LifeEvent:
    """A changeset that touched the object. `action`: added, changed or removed.

    `values` are those of the state that began, or, after a removal, of the one that ended.
    """

    action: str
    changeset: Changeset
    values: tuple[ShownValue, ...]
    changes: tuple[ValueChange, ...]
    moved: bool


def list_life(actor: Actor, layer: Layer, key: str) -> list[LifeEvent]:
    """The newest first; empty where there never was such an object, or the actor may not see it."""
    entries = list_history(actor, layer, key)
    fields = list(layer.fields.all())
    changesets = Changeset.objects.select_related("author", "publisher").in_bulk(
        [entry.changeset_id for entry in entries]
    )
    return [
        _build_event(entry, earlier, changesets[entry.changeset_id], fields)
        for entry, earlier in zip_longest(entries, entries[1:])
    ]


def _build_event(
    entry: HistoryEntry,
    earlier: HistoryEntry | None,
    changeset: Changeset,
    fields: Sequence[LayerField],
) -> LifeEvent:
    values = _merge(entry)
    differs = entry.action == "changed" and earlier is not None
    return LifeEvent(
        action=entry.action,
        changeset=changeset,
        values=tuple(show_values(fields, values)),
        changes=tuple(list_value_changes(fields, _merge(earlier), values)) if differs else (),
        moved=differs and earlier is not None and entry.geometry != earlier.geometry,
    )


def _merge(entry: HistoryEntry | None) -> dict[str, Json]:
    return entry.properties | entry.internal if entry else {}
