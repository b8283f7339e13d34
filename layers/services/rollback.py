"""Undo a changeset by its inverse, leaving alone what was edited after it."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict
from geoportal.core.sql import execute_sql
from layers.models import Changeset
from layers.services.changesets import apply_changeset, lock_layer
from layers.services.schema import audience_values
from layers.staging import StageQuery


@dataclass(frozen=True)
class RollbackResult:
    """The inverse changeset, and keys that later changesets touched and so were not undone."""

    changeset: Changeset
    conflicts: tuple[str, ...]


@transaction.atomic
def rollback_changeset(
    *, changeset: Changeset, actor: User | None = None, comment: str = ""
) -> RollbackResult:
    """Bring back what stood before `changeset`, also an older one.

    A feature that was edited since is a conflict: listed in the result and in the new
    changeset's `details`, not overwritten. Rolling a rollback back does the change again.
    Raises `Conflict` when nothing could be undone, and for changes of the layer itself.
    """
    layer = changeset.layer
    if changeset.kind in Changeset.KINDS_OF_LAYER:
        raise Conflict(_("A change of the layer itself is not rolled back; change it again."))
    if layer.is_projected:
        raise Conflict(_("This layer follows a workflow; change the thing itself."))
    lock_layer(layer)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.layers_undo")
        execute_sql(cursor, "layers", "find_undo", {"layer": layer.pk, "changeset": changeset.pk})
        cursor.execute("SELECT key FROM layers_undo WHERE NOT clear ORDER BY key")
        conflicts = tuple(str(key) for (key,) in cursor.fetchall())
        cursor.execute("SELECT key FROM layers_undo WHERE clear AND restores IS NULL")
        removed_keys = [str(key) for (key,) in cursor.fetchall()]
        cursor.execute("SELECT EXISTS (SELECT FROM layers_undo WHERE clear)")
        if not cursor.fetchone()[0]:
            raise Conflict(
                _("Nothing can be undone: all of it was changed again or undone already."),
                conflicts=conflicts,
            )
    inverse = apply_changeset(
        layer=layer,
        rows=StageQuery("stage_undo", audience_values(layer)),
        removed_keys=removed_keys,
        kind=Changeset.Kind.ROLLBACK,
        patch=False,
        actor=actor,
        comment=comment,
        details={"conflicts": list(conflicts)} if conflicts else None,
        rolls_back=changeset,
    )
    return RollbackResult(inverse, conflicts)
