"""What is said of a layer, changed on the record: who, what, from what to what."""

from collections.abc import Mapping
from typing import TypedDict

from geoportal.accounts.models import Organisation, User
from layers.models import Changeset, Layer, Theme
from layers.schema.specs import LayerSpec, read_spec
from layers.services.changesets import record_changeset
from layers.services.styles import MEMBERS, read_look

Plain = str | int | bool | list[str] | None


class PassportChange(TypedDict):
    """One member of the passport before and after; organisations and themes by their slugs."""

    name: str
    before: Plain
    after: Plain


def record_update(
    *, layer: Layer, before: LayerSpec, actor: User | None = None, comment: str = ""
) -> list[Changeset]:
    """What differs from `before` in the layer as it stands: its passport, and its look.

    The schema is recorded where it is changed. The caller holds the layer's lock.
    """
    after = read_spec(layer)
    done = []
    if changes := list_passport_changes(before, after):
        details: Mapping[str, object] = {"passport": changes}
        done.append((Changeset.Kind.PASSPORT, details))
    looked = {name: getattr(before, name) for name in MEMBERS}
    if looked != read_look(layer).as_document():
        done.append((Changeset.Kind.STYLE, {"before": looked, "checked_by": None}))
    return [
        record_changeset(layer=layer, kind=kind, actor=actor, comment=comment, details=details)
        for kind, details in done
    ]


def list_passport_changes(before: LayerSpec, after: LayerSpec) -> list[PassportChange]:
    """In the order of the description, without fields and look."""
    return [
        {"name": name, "before": write_plain(old), "after": write_plain(getattr(after, name))}
        for name, old in vars(before).items()
        if name not in ("fields", *MEMBERS) and old != getattr(after, name)
    ]


def write_plain(value: object) -> Plain:
    if isinstance(value, Organisation | Theme):
        return str(value.slug)
    if isinstance(value, tuple | list):
        return [str(one) for one in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)
