"""Undo a changeset by its inverse, leaving alone what was edited after it."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import Conflict
from layers.models import Changeset
from layers.services.changesets import apply_changeset, lock_layer
from layers.services.schema import audience_values
from layers.staging import StageQuery


@dataclass(frozen=True)
class RollbackResult:
    """The inverse changeset, and keys that later changesets touched and so were not undone."""

    changeset: Changeset
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class RollbackPreview:
    """What a rollback would do, by keys: features that come back, change back, and go.

    `conflicts` were touched by later changesets and would be left alone.
    """

    brought_back: tuple[str, ...]
    changed_back: tuple[str, ...]
    removed: tuple[str, ...]
    conflicts: tuple[str, ...]

    @property
    def does_something(self) -> bool:
        return bool(self.brought_back or self.changed_back or self.removed)


@transaction.atomic
def preview_rollback(*, changeset: Changeset) -> RollbackPreview:
    """What `rollback_changeset` would do now; writes nothing, and waits for no other writer.

    Raises `Conflict` for changes of the layer itself.
    """
    require_revertible(changeset)
    with connection.cursor() as cursor:
        _find_undo(cursor, changeset)
        cursor.execute("SELECT key, restores, clear, stands FROM layers_undo ORDER BY key")
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE layers_undo")

    def keys(*, restored: bool, stands: bool) -> tuple[str, ...]:
        return tuple(
            str(key)
            for key, restores, clear, standing in rows
            if clear and (restores is not None) == restored and standing == stands
        )

    return RollbackPreview(
        brought_back=keys(restored=True, stands=False),
        changed_back=keys(restored=True, stands=True),
        removed=keys(restored=False, stands=True),
        conflicts=tuple(str(key) for key, _restores, clear, _stands in rows if not clear),
    )


def require_revertible(changeset: Changeset) -> None:
    """Raises `Conflict` for what is no change of features, or belongs to a workflow."""
    if changeset.kind in Changeset.KINDS_OF_LAYER:
        raise Conflict(_("A change of the layer itself is not rolled back; change it again."))
    if changeset.layer.is_projected:
        raise Conflict(_("This layer follows a workflow; change the thing itself."))


def _find_undo(cursor: CursorWrapper, changeset: Changeset) -> None:
    """Leaves `layers_undo` until the transaction ends."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.layers_undo")
    values = {"layer": changeset.layer_id, "changeset": changeset.pk}
    execute_sql(cursor, "layers", "find_undo", values)


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
    require_revertible(changeset)
    lock_layer(layer)
    with connection.cursor() as cursor:
        _find_undo(cursor, changeset)
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
