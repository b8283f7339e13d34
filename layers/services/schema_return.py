"""Bring back a field that was retired, with the values that the history kept."""

from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, NotFound
from layers.models import Changeset, Layer, LayerField
from layers.schema.specs import FieldSpec, read_fields
from layers.services.changesets import apply_changeset, lock_layer
from layers.services.schema import write_fields
from layers.staging import StageQuery

MEMBERS = frozenset(member.name for member in fields(FieldSpec))


@dataclass(frozen=True)
class RetiredField:
    """A field as it was, and the changeset that retired it."""

    spec: FieldSpec
    changeset: Changeset


def list_retired_fields(layer: Layer) -> list[RetiredField]:
    """Fields that the layer has no more, the last retired first, each name once.

    Those that were retired before their descriptions were kept cannot come back and are left out.
    """
    standing = {field.name for field in layer.fields.all()}
    found: dict[str, RetiredField] = {}
    retiring = Changeset.objects.filter(layer=layer, kind=Changeset.Kind.SCHEMA).order_by("-id")
    for changeset in retiring.select_related("author"):
        for told in changeset.details.get("fields", []):
            name, was = told.get("name"), told.get("was")
            if told.get("action") == "retired" and was and name not in standing:
                found.setdefault(name, RetiredField(_read_spec(was), changeset))
    return list(found.values())


@transaction.atomic
def bring_field_back(
    *, layer: Layer, name: str, actor: User | None = None, comment: str = ""
) -> Changeset:
    """The field at the end of the schema, for staff, with its values in features that stand.

    A value is the one that stood when the field was retired. Raises `NotFound` for a field that
    was not retired, `Conflict` for one that cannot hold its values any more.
    """
    lock_layer(layer)
    retired = next((each for each in list_retired_fields(layer) if each.spec.name == name), None)
    if retired is None:
        raise NotFound(_("There is no retired field “%(name)s”.") % {"name": name})
    if layer.archived_at is not None:
        raise Conflict(_("The layer is archived; restore it first."))
    write_fields(layer, (*read_fields(layer), retired.spec))
    values = {"layer": layer.pk, "changeset": retired.changeset.pk, "name": name}
    return apply_changeset(
        layer=layer,
        rows=StageQuery("stage_field_back", values),
        kind=Changeset.Kind.SCHEMA,
        actor=actor,
        comment=comment,
        details={"fields": [{"name": name, "action": "added", "changed": []}]},
    )


def _read_spec(was: dict[str, Any]) -> FieldSpec:
    """For staff, whoever saw it: who publishes it decides anew."""
    known = {name: value for name, value in was.items() if name in MEMBERS}
    known["choices"] = tuple(known.get("choices", ()))
    return FieldSpec(**known | {"audience": LayerField.Audience.STAFF})
