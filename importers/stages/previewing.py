"""The fourth stage: the exact difference from the layer as it stands, kept and bound to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import NotFound
from importers.brakes.brake import Brake
from importers.brakes.finding import find_difference_brakes
from importers.loading.changesets import MEMORY_SETTINGS
from importers.loading.known import list_unnamed_keys
from importers.models import Import
from importers.stages.agreeing import agree_beforehand
from importers.stages.checking import name_schema
from importers.stages.journal import begin_stage, finish_stage, get_result, move
from importers.stages.known import is_still_known, read_keys
from importers.stages.tables import (
    attach_difference,
    close_views,
    count_rows,
    create_difference,
    name_rows,
    open_views,
)
from importers.states import Stage, State
from layers.models import Changeset, Layer, LayerState
from layers.services import apply_changeset
from layers.services.changesets import Counts, lock_layer
from layers.staging import StageQuery


def has_fresh_rows(import_: Import) -> bool:
    """The rows of an earlier check stand, whole, for the layer's schema as it is now."""
    checked = get_result(import_, Stage.CHECK)
    if not checked or checked["schema"] != name_schema(import_.layer):
        return False
    if not is_still_known(checked, get_revision(import_)):
        return False
    with connection.cursor() as cursor:
        found = count_rows(cursor, f"{name_rows(import_.pk)}")
    # Of an older check it says less: then rows that were refused are not counted.
    return found >= int(str(checked.get("in_table", checked["staged"]))) > 0


def get_revision(import_: Import) -> int | None:
    """Of the layer as it stands now; `None` for one that is to be made, or is gone."""
    return LayerState.objects.filter(layer=import_.layer).values_list("revision", flat=True).first()


def preview_import(import_: Import, go_further: Callable[[Import], None]) -> None:
    """From the rows of the check to `ready`. Holds the layer's lock while it compares.

    `go_further` may take it on from there in the same transaction. Raises `StaleRows`.
    """
    require_target(import_)
    begin_stage(import_, Stage.PREVIEW)
    checked: dict[str, Any] = get_result(import_, Stage.CHECK)
    with connection.cursor() as cursor:
        # It locks the table of all differences. Who publishes holds the layer and wants that
        # table: so the lock must be gone before the layer is asked for, or both wait for ever.
        create_difference(cursor, import_.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in MEMORY_SETTINGS:
            cursor.execute(setting)
        open_views(cursor, import_.pk)
        revision = None
        brakes: list[Brake] = []
        if import_.layer is None:
            execute_sql(cursor, "importers", "fill_all_new", {"import": import_.pk})
            counts = Counts(added=checked["staged"])
        else:
            revision = hold_layer(import_.layer).revision
            if not is_still_known(checked, revision):
                raise StaleRows
            counts = compare(cursor, import_, import_.layer, brakes, checked)
        close_views(cursor)
        attach_difference(cursor, import_.pk)
        unchanged = checked["staged"] - counts.added - counts.changed
        finish_stage(import_, Stage.PREVIEW, describe_preview(counts, unchanged, brakes))
        bound = {"base_revision": revision, "base_schema": name_schema(import_.layer)}
        agree_beforehand(import_)
        move(import_, State.READY, attempts=0, **bound)
        go_further(import_)


class StaleRows(Exception):
    """Somebody has written to the layer since the check passed over what it held."""


def require_target(import_: Import) -> None:
    """Raises `NotFound` where the layer was deleted meanwhile."""
    if import_.layer is None and not import_.creates:
        raise NotFound(_("The layer was deleted."))


def hold_layer(layer: Layer) -> LayerState:
    """As `lock_layer`. Raises `NotFound` where the layer went while this waited for it."""
    try:
        return lock_layer(layer)
    except LayerState.DoesNotExist:
        raise NotFound(_("The layer was deleted.")) from None


def compare(
    cursor: CursorWrapper,
    import_: Import,
    layer: Layer,
    brakes: list[Brake],
    checked: Mapping[str, Any],
) -> Counts:
    """A changeset as a trial; what it would change is kept."""

    def keep(cursor: CursorWrapper, counts: Counts) -> None:
        brakes.extend(find_difference_brakes(cursor, layer, counts))
        values = {"import": import_.pk, "layer": layer.pk}
        execute_sql(cursor, "importers", "fill_difference", values)

    tried = apply_changeset(
        layer=layer,
        rows=StageQuery("stage_incoming", {"layer": layer.pk}, package="importers"),
        removed_keys=list_unnamed(cursor, import_, layer, checked),
        kind=Changeset.Kind.IMPORT,
        dry_run=True,
        on_diff=keep,
    )
    return Counts(tried.added, tried.changed, tried.removed)


def list_unnamed(
    cursor: CursorWrapper, import_: Import, layer: Layer, checked: Mapping[str, Any]
) -> list[str]:
    """Keys that stand and that the file does not name, not even in a row that was refused; none
    where the file replaces nothing."""
    if checked["mode"] != "replace":
        return []
    cursor.execute(f"SELECT key FROM {name_rows(import_.pk)} WHERE refused")  # noqa: S608
    refused = [key for (key,) in cursor.fetchall()]
    if checked.get("known_at") is not None:
        return sorted(set(list_unnamed_keys(layer, read_keys(import_))).difference(refused))
    execute_sql(cursor, "importers", "removed_keys", {"layer": layer.pk, "refused": refused})
    return [str(key) for (key,) in cursor.fetchall()]


def describe_preview(counts: Counts, unchanged: int, brakes: Sequence[Brake]) -> dict[str, Any]:
    return {
        "added": counts.added,
        "changed": counts.changed,
        "removed": counts.removed,
        "unchanged": unchanged,
        "brakes": [brake.as_kept() for brake in brakes],
    }
