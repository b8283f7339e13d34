"""What a change of a layer's schema does, told before it is done."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.models import LayerField
from layers.schema.specs import FieldSpec, SchemaChange

MEMBERS = tuple(member.name for member in fields(FieldSpec))
CONVERTING = frozenset({"type", "choices", "minimum", "maximum"})


@dataclass(frozen=True)
class FieldEffect:
    """One field that is added, changed or retired.

    `changed`: members of `FieldSpec` that differ. `rows`: features that hold a value of it;
    `unfit`: features whose value its new type or choices do not take, some of them in `examples`
    by key, with the reason. `hidden`: everyone saw its values, now staff do; `published`: the
    other way round.
    """

    name: str
    action: str
    changed: tuple[str, ...] = ()
    rows: int = 0
    hidden: bool = False
    published: bool = False
    unfit: int = 0
    examples: Mapping[str, str] | None = None


@dataclass(frozen=True)
class SchemaPreview:
    """`version` is that of the schema which stands; `effects` are of fields that differ."""

    version: str
    effects: tuple[FieldEffect, ...]
    reordered: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.effects and not self.reordered

    @property
    def moves_values(self) -> bool:
        """Features are written anew: values go, are converted, or change who sees them."""
        return any(
            effect.action == "retired"
            or effect.hidden
            or effect.published
            or not CONVERTING.isdisjoint(effect.changed)
            for effect in self.effects
        )

    @property
    def takes_away_or_publishes(self) -> bool:
        """What an administrator decides: values leave the layer, or staff's become public."""
        return any(
            effect.published or (effect.action == "retired" and effect.rows)
            for effect in self.effects
        )

    @property
    def unfit(self) -> int:
        return sum(effect.unfit for effect in self.effects)


def build_version(standing: Iterable[FieldSpec]) -> str:
    """Names a schema by its content: equal schemas have equal versions, whoever wrote them."""
    text = json.dumps([asdict(spec) for spec in standing], ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def apply_change(standing: Sequence[FieldSpec], change: SchemaChange) -> tuple[FieldSpec, ...]:
    """The fields after the change. Raises `InvalidInput` with `errors` by the field's name."""
    by_name = {spec.name: spec for spec in standing}
    errors = _find_faults(by_name, change)
    if errors:
        raise InvalidInput(_("The fields cannot be so; see `errors`."), errors=errors)
    kept = {
        name: FieldSpec(**vars(spec) | _read_members(change.change.get(name, {})))
        for name, spec in by_name.items()
        if name not in change.retire
    } | {spec.name: spec for spec in change.add}
    first = [kept.pop(name) for name in change.order]
    return (*first, *kept.values())


def _find_faults(by_name: Mapping[str, FieldSpec], change: SchemaChange) -> dict[str, str]:
    unknown = _("There is no such field.")
    errors: dict[str, str] = {}
    for name, members in change.change.items():
        if wrong := sorted(set(members) - set(MEMBERS) | ({"name"} & set(members))):
            errors[name] = _("This cannot be changed: %(names)s.") % {"names": ", ".join(wrong)}
        elif name not in by_name or name in change.retire:
            errors[name] = unknown
    errors |= {name: unknown for name in change.retire if name not in by_name}
    added = [spec.name for spec in change.add]
    errors |= {
        name: _("There is such a field already.")
        for name in added
        if name in by_name or added.count(name) > 1
    }
    left = by_name.keys() - set(change.retire) | set(added)
    errors |= {
        name: unknown if name not in left else _("It is named twice.")
        for name in change.order
        if name not in left or change.order.count(name) > 1
    }
    return errors


def _read_members(members: Mapping[str, object]) -> dict[str, Any]:
    """Lists of choices become tuples, as in `FieldSpec`."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in members.items()
    }


def compare_fields(
    standing: Sequence[FieldSpec], wanted: Sequence[FieldSpec]
) -> tuple[FieldEffect, ...]:
    """Fields that differ, without counts: those of `wanted` in their order, then the retired."""
    before = {spec.name: spec for spec in standing}
    after = {spec.name: spec for spec in wanted}
    compared = (_compare_field(before.get(name), spec) for name, spec in after.items())
    retired = (FieldEffect(name, "retired") for name in before if name not in after)
    return (*(effect for effect in compared if effect is not None), *retired)


def _compare_field(before: FieldSpec | None, after: FieldSpec) -> FieldEffect | None:
    if before is None:
        return FieldEffect(after.name, "added")
    changed = tuple(name for name in MEMBERS if getattr(before, name) != getattr(after, name))
    if not changed:
        return None
    moved = "audience" in changed
    public = after.audience == LayerField.Audience.PUBLIC
    return FieldEffect(
        after.name, "changed", changed, hidden=moved and not public, published=moved and public
    )


def is_reordered(standing: Sequence[FieldSpec], wanted: Sequence[FieldSpec]) -> bool:
    """Fields that stay follow one another otherwise than before, or a new one is not the last."""
    names = [spec.name for spec in wanted]
    kept = [spec.name for spec in standing if spec.name in names]
    return names[: len(kept)] != kept
