"""Apply a changeset: rows by COPY into a stage, a diff by key, then one atomic change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import Conflict
from layers.joining.preparing import prepare_territories
from layers.models import Changeset, Layer, LayerState
from layers.signals import changeset_published, features_written
from layers.staging import (
    EncodedRows,
    RowSource,
    StagedRow,
    StageQuery,
    TableRows,
    copy_rows,
    fill_stage,
    insert_rows,
    list_repeated_keys,
)

STATEMENTS = (
    "archive_diff",
    "delete_from_diff",
    "update_from_diff",
    "insert_from_diff",
    "delete_diff_search",
)


# What conditions of readers name. Documents and places as such take as long to look at as all the
# rest, and autovacuum does it a minute later.
PLANNED = ("layer_id", "id", "key", "geom_3857", "visibility", "changeset_id")


@dataclass(frozen=True)
class Counts:
    """Rows of a changeset by what happened to them."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def differ(self) -> bool:
        return bool(self.added or self.changed or self.removed)


# Sees what a changeset would do, in `layers_stage` and `layers_diff`, before anything is written;
# what it raises undoes all.
OnDiff = Callable[[CursorWrapper, Counts], None]


def lock_layer(layer: Layer) -> LayerState:
    """Wait for other writers of the layer; held until the transaction ends."""
    return LayerState.objects.select_for_update().get(layer=layer)


def has_partition(layer: Layer) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"layers_feature_{layer.pk}"])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def apply_changeset(
    *,
    layer: Layer,
    rows: RowSource,
    kind: str,
    removed_keys: Iterable[str] = (),
    replace: bool = False,
    patch: bool = True,
    dry_run: bool = False,
    keep_empty: bool = True,
    actor: User | None = None,
    source: str = "",
    comment: str = "",
    details: Mapping[str, object] | None = None,
    rolls_back: Changeset | None = None,
    on_diff: OnDiff | None = None,
) -> Changeset:
    """Put rows into the layer and return the changeset with its counts.

    `replace` removes what the rows do not name; `patch` keeps attributes that a row does not
    name. `rows` is read once, in the middle of the transaction: what it raises undoes all.
    A dry run counts, writes nothing, and returns an unsaved changeset; so does a changeset that
    changes nothing, unless such ones are kept. `on_diff` is called once it is known what differs,
    with the layer locked; a layer without a partition holds nothing to differ from.
    Raises `Conflict` when a key stands in `rows` more than once, and for an archived layer.
    Holds the layer's lock from the diff to the end of the transaction.
    """
    if layer.archived_at is not None:
        raise Conflict(_("The layer is archived; restore it first."))
    changeset = Changeset(
        layer=layer,
        kind=kind,
        author=actor,
        source=source[:254],
        comment=comment,
        details=dict(details or {}),
        rolls_back=rolls_back,
    )
    with connection.cursor() as cursor:
        if not (dry_run or isinstance(rows, StageQuery) or has_partition(layer)):
            counts = _load_first(cursor, changeset, rows)
        else:
            counts = _diff(cursor, layer, rows, removed_keys, replace=replace, patch=patch)
            if on_diff is not None:
                on_diff(cursor, counts)
            dry_run = dry_run or not (keep_empty or counts.differ)
            if not dry_run:
                changeset.save()
                _write_diff(cursor, changeset, patch=patch)
    changeset.added, changeset.changed = counts.added, counts.changed
    changeset.removed, changeset.unchanged = counts.removed, counts.unchanged
    if not dry_run:
        prepare_territories(layer)
        features_written.send(sender=Layer, layer=layer)
        _publish(changeset)
    return changeset


@transaction.atomic
def record_changeset(
    *,
    layer: Layer,
    kind: str,
    actor: User | None = None,
    comment: str = "",
    details: Mapping[str, object] | None = None,
) -> Changeset:
    """A change of the layer that touches none of its features. The caller holds its lock."""
    changeset = Changeset(
        layer=layer, kind=kind, author=actor, comment=comment, details=dict(details or {})
    )
    _publish(changeset)
    return changeset


def _publish(changeset: Changeset) -> None:
    changeset.save()
    transaction.on_commit(
        lambda: changeset_published.send(sender=Changeset, changeset=changeset), robust=True
    )


def _load_first(
    cursor: CursorWrapper,
    changeset: Changeset,
    rows: Iterable[StagedRow] | EncodedRows | TableRows,
) -> Counts:
    """Fill the layer's partition before it is attached: indexes are built once, at the end."""
    changeset.save()
    layer_id = changeset.layer_id
    cursor.execute("SELECT layers_build_partition(%s)", [layer_id])
    partition = str(cursor.fetchone()[0])
    table = connection.ops.quote_name(partition)
    cursor.execute(f"ALTER TABLE {table} ALTER changeset_id SET DEFAULT {int(changeset.pk)}")
    if isinstance(rows, TableRows):
        insert_rows(cursor, partition, rows)
    else:
        copy_rows(cursor, partition, rows, unstated_visibility="public")
    added = cursor.rowcount
    cursor.execute(f"ALTER TABLE {table} ALTER changeset_id DROP DEFAULT")
    cursor.execute("SELECT layers_attach_partition(%s)", [layer_id])
    cursor.execute(f"ANALYZE {table} ({', '.join(PLANNED)})")
    return Counts(added=added)


def _diff(
    cursor: CursorWrapper,
    layer: Layer,
    rows: RowSource,
    removed_keys: Iterable[str],
    *,
    replace: bool,
    patch: bool,
) -> Counts:
    """Fill the stage, lock the layer, and leave the diff in `layers_diff`."""
    staged = fill_stage(cursor, rows, removed_keys)
    if repeated := list_repeated_keys(cursor):
        raise Conflict(
            _("The same key stands more than once: %(keys)s.") % {"keys": ", ".join(repeated)}
        )
    lock_layer(layer)
    execute_sql(cursor, "layers", "diff_stage", {"layer": layer.pk, "patch": patch})
    if replace:
        execute_sql(cursor, "layers", "diff_missing", {"layer": layer.pk})
    cursor.execute("ANALYZE layers_diff")
    cursor.execute("SELECT action, count(*) FROM layers_diff GROUP BY action")
    found = {str(action): int(count) for action, count in cursor.fetchall()}
    added, changed = found.get("added", 0), found.get("changed", 0)
    return Counts(added, changed, found.get("removed", 0), staged - added - changed)


def _write_diff(cursor: CursorWrapper, changeset: Changeset, *, patch: bool) -> None:
    values = {"layer": changeset.layer_id, "changeset": changeset.pk, "patch": patch}
    for name in STATEMENTS:
        execute_sql(cursor, "layers", name, values)
