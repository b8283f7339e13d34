"""One change of very many features: the same values for all, or all of them removed."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput, VersionMismatch
from layers.models import Changeset, Layer
from layers.services.changesets import apply_changeset, lock_layer
from layers.services.features import require_valid
from layers.staging import StageQuery

BULK_MAX = 100_000


@transaction.atomic
def change_many(
    *,
    layer: Layer,
    keys: Sequence[str],
    values: Mapping[str, object] | None,
    expected_revision: int,
    actor: User | None = None,
    comment: str = "",
) -> Changeset:
    """Give the features these values by field name, or, without `values`, remove them.

    One changeset, written by the database alone, whatever the number up to `BULK_MAX`; unsaved
    where nothing differs. Raises `InvalidInput` with `errors` by field, and `VersionMismatch` when
    the layer's revision is another than the one by which the features were chosen.
    """
    if not 1 <= len(keys) <= BULK_MAX:
        raise InvalidInput(
            _("At most %(max)s features are changed at once; an import takes more.")
            % {"max": BULK_MAX}
        )
    if lock_layer(layer).revision != expected_revision:
        raise VersionMismatch(
            _("Someone changed this layer since you read it; read it again."), conflicts=[]
        )
    if values is None:
        return apply_changeset(
            layer=layer,
            rows=(),
            removed_keys=keys,
            kind=Changeset.Kind.EDIT,
            actor=actor,
            comment=comment,
            keep_empty=False,
        )
    if layer.key_field in values:
        raise InvalidInput(_("The key of a feature does not change; add a new one instead."))
    split = require_valid(layer, values, complete=False)
    properties, internal = split.as_json()
    given = {
        "layer": layer.pk,
        "keys": list(keys),
        "properties": properties,
        "internal": internal,
    }
    return apply_changeset(
        layer=layer,
        rows=StageQuery("stage_same_values", given),
        kind=Changeset.Kind.EDIT,
        actor=actor,
        comment=comment,
        keep_empty=False,
    )
