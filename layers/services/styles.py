"""How a layer looks on the map: changed on the record, and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput, VersionMismatch
from layers.models import Changeset, Layer
from layers.services.changesets import lock_layer, record_changeset
from layers.styles.checking import CheckedBy, check_style

MEMBERS = ("style", "color", "icon", "min_zoom", "max_zoom")


@dataclass(frozen=True, kw_only=True)
class LayerLook:
    """What `change_look` sets. Zooms are those of Web Mercator; `color` is `#rrggbb`."""

    color: str
    icon: str = ""
    min_zoom: int = 0
    max_zoom: int = 22
    style: Mapping[str, object] = field(default_factory=dict)

    def as_document(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in MEMBERS} | {"style": dict(self.style)}


def read_look(layer: Layer) -> LayerLook:
    return LayerLook(**{name: getattr(layer, name) for name in MEMBERS})


@transaction.atomic
def change_look(
    *,
    layer: Layer,
    look: LayerLook,
    vouched_by: CheckedBy | None = None,
    expected_at: datetime | None = None,
    actor: User | None = None,
    comment: str = "",
) -> Changeset | None:
    """Make the layer look so; the look before stands in the changeset's `details`.

    `vouched_by`: who has found that MapLibre takes the style; trusted only where this server
    cannot ask MapLibre's validator itself. `None` is returned where nothing differs. Raises
    `InvalidInput` with `errors` by member, and `VersionMismatch` when the layer was changed after
    `expected_at`, its `updated_at` as it was read.
    """
    lock_layer(layer)
    standing = Layer.objects.get(pk=layer.pk)
    if expected_at not in (None, standing.updated_at):
        raise VersionMismatch(_("Someone changed this layer since you read it; read it again."))
    before = read_look(standing).as_document()
    wanted = look.as_document()
    if wanted == before:
        return None
    for name, value in wanted.items():
        setattr(standing, name, value)
    checked_by = _require_clean(standing, vouched_by, style_differs=before["style"] != look.style)
    standing.save(update_fields=[*MEMBERS, "updated_at"])
    for name in (*MEMBERS, "updated_at"):
        setattr(layer, name, getattr(standing, name))
    return record_changeset(
        layer=standing,
        kind=Changeset.Kind.STYLE,
        actor=actor,
        comment=comment,
        details={"before": before, "checked_by": checked_by},
    )


def restore_look(*, changeset: Changeset, actor: User | None = None) -> Changeset | None:
    """The look that stood before a change of it; raises `Conflict` for another kind of change."""
    before = changeset.details.get("before")
    if changeset.kind != Changeset.Kind.STYLE or not isinstance(before, dict):
        raise Conflict(_("This changeset did not change the style."))
    return change_look(
        layer=changeset.layer,
        look=LayerLook(**before),
        # It stood here before, so it was checked then.
        vouched_by=CheckedBy.BEFORE,
        actor=actor,
        comment=_("Style as before change %(number)s") % {"number": changeset.pk},
    )


def _require_clean(
    layer: Layer, vouched_by: CheckedBy | None, *, style_differs: bool
) -> str | None:
    errors: dict[str, list[str]] = {}
    checked_by = None
    try:
        layer.full_clean(exclude=["style"])
    except ValidationError as error:
        errors |= error.message_dict
    if style_differs:
        try:
            checked_by = check_style(layer.style, vouched_by)
        except ValidationError as error:
            errors["style"] = error.messages
    if errors:
        raise InvalidInput(_("The layer cannot be made so; see `errors`."), errors=errors)
    return checked_by
