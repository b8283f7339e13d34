"""The last stage: the difference that was shown becomes a changeset of the layer."""

import hashlib
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.accounts.models import User
from geoportal.accounts.policies import can_edit_for
from geoportal.core.errors import Conflict, NotAllowed, VersionMismatch
from importers.brakes.consent import require_consent
from importers.errors import LayerChanged
from importers.models import Import
from importers.reports.report import KEPT_IN_HISTORY
from importers.stages.agreeing import build_consent, list_brakes
from importers.stages.checking import name_schema
from importers.stages.files import remove_folder
from importers.stages.journal import (
    Cancelled,
    begin_stage,
    find_stage,
    finish_stage,
    get_result,
    move,
)
from importers.stages.known import keep_seen
from importers.stages.previewing import hold_layer, require_target
from importers.stages.recipes import keep_recipe
from importers.stages.selectors import list_issues, read_issue
from importers.stages.tables import count_rows, drop_tables, name_difference
from importers.states import Stage, State
from layers.models import Changeset, Layer, LayerState
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import TableRows


def require_same_layer(import_: Import, *, hold: bool = True) -> None:
    """Raises `LayerChanged` with who changed the layer since the preview.

    `hold`: it stays so until the transaction ends. Without it nobody is waited for, also not who
    is publishing into the layer at the time.
    """
    layer = import_.layer
    if layer is None:
        return
    state = hold_layer(layer) if hold else LayerState.objects.get(layer=layer)
    same = state.revision == import_.base_revision
    if same and name_schema(layer) == import_.base_schema:
        return
    since = get_preview_time(import_)
    found = list(layer.changesets.filter(created_at__gte=since).select_related("author"))
    named = ", ".join(describe_change(changeset) for changeset in found) or "—"
    raise LayerChanged(
        _("The layer was changed after the preview (%(changes)s); look at the difference anew.")
        % {"changes": named},
        changesets=[changeset.pk for changeset in found],
    )


def get_preview_time(import_: Import) -> Any:
    return import_.stages.get(name=Stage.PREVIEW).started_at


def name_preview(import_: Import) -> str:
    """Tells a preview from one that was made anew: 16 digits; empty where there is none."""
    stage = find_stage(import_, Stage.PREVIEW)
    if stage is None:
        return ""
    named = f"{import_.pk} {stage.started_at.isoformat()}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def require_preview(import_: Import, seen: str) -> None:
    """Raises `VersionMismatch` where another preview was looked at than the one that stands."""
    if seen != name_preview(import_):
        raise VersionMismatch(_("The difference was made anew meanwhile; look at it once more."))


def require_publisher(import_: Import, publisher: User | None) -> None:
    """Asked when somebody says so and once more when it is done: rights may go in between.

    Raises `NotAllowed`, `Conflict` for a layer that was archived.
    """
    layer = import_.layer
    if layer is not None:
        layer.refresh_from_db(fields=["organisation", "archived_at"])
    owner = layer.organisation_id if layer else import_.organisation_id
    if publisher is None or not can_edit_for(publisher, owner):
        raise NotAllowed(_("Who wanted to publish this may not change the layer any more."))
    if layer is not None and layer.archived_at is not None:
        raise Conflict(_("The layer was archived; nothing can be published into it."))


def describe_change(changeset: Changeset) -> str:
    count = changeset.added + changeset.changed + changeset.removed
    rows = ngettext("%(count)s object", "%(count)s objects", count) % {"count": count}
    who = str(changeset.author) if changeset.author else _("a command")
    return f"#{changeset.pk} {changeset.get_kind_display()}, {who}, {rows}"


def publish_difference(import_: Import) -> None:
    """All of it or nothing, in one transaction; the file, of which nobody has need now, goes.

    Raises `LayerChanged`, `OpenQuestions`, `NotAllowed` and `Conflict` as `require_publisher`,
    `Conflict` for a slug that was taken meanwhile, `LostRows` when a crash of the database has
    emptied the tables, and `Cancelled` where somebody wanted that before all was written.
    """
    require_target(import_)
    begin_stage(import_, Stage.PUBLISH)
    with transaction.atomic(), connection.cursor() as cursor:
        require_same_layer(import_)
        require_publisher(import_, import_.publisher)
        require_consent(list_brakes(import_), build_consent(import_))
        previewed: dict[str, Any] = get_result(import_, Stage.PREVIEW)
        table = name_difference(import_.pk)
        expected = sum(previewed[name] for name in ("added", "changed", "removed"))
        if count_rows(cursor, table) != expected:
            raise LostRows
        layer = import_.layer or make_layer(import_)
        changeset = apply_changeset(
            layer=layer,
            rows=TableRows(table),
            kind=Changeset.Kind.IMPORT,
            actor=import_.author,
            source=import_.name,
            comment=import_.comment,
            details=describe_details(import_),
        )
        changeset.unchanged = previewed["unchanged"]
        changeset.publisher = import_.publisher
        changeset.save(update_fields=["unchanged", "publisher"])
        keep_seen(import_, layer)
        require_wanted(import_)
        finish_stage(import_, Stage.PUBLISH, describe_publication(changeset, import_))
        move(import_, State.PUBLISHED, changeset=changeset, layer=layer, file="")
        keep_recipe(import_, layer)
        drop_tables(cursor, import_.pk)
        transaction.on_commit(partial(remove_folder, import_.pk))


def require_wanted(import_: Import) -> None:
    """Whoever cancels from now on waits until this is done, and is told so. Raises `Cancelled`."""
    if Import.objects.select_for_update().get(pk=import_.pk).cancel_asked:
        raise Cancelled


class LostRows(Exception):
    """The tables of the import are not whole; they are made anew from its file."""


def make_layer(import_: Import) -> Layer:
    return create_layer(spec=read_spec(import_), with_partition=False)


def read_spec(import_: Import) -> LayerSpec:
    """The new layer as the check has described it."""
    kept: Any = get_result(import_, Stage.CHECK)["spec"]
    fields = tuple(
        FieldSpec(**field | {"choices": tuple(field["choices"])}) for field in kept["fields"]
    )
    return LayerSpec(
        **kept
        | {
            "keywords": tuple(kept["keywords"]),
            "fields": fields,
            "organisation": import_.organisation,
        }
    )


def describe_details(import_: Import) -> dict[str, Any]:
    """What the history keeps beside the counts of the changeset."""
    checked = get_result(import_, Stage.CHECK)
    names = ("mode", "format", "rows", "rejected", "repaired", "crs", "encoding", "key_field")
    return {name: checked[name] for name in names} | {
        "import": import_.pk,
        "issues": [read_issue(kept).as_json() for kept in list_issues(import_)[:KEPT_IN_HISTORY]],
        "issues_total": checked["issues_total"],
        "ignored_columns": checked["ignored_columns"],
    }


def describe_publication(changeset: Changeset, import_: Import) -> dict[str, Any]:
    return {
        "changeset": changeset.pk,
        "created": import_.layer is None,
        "added": changeset.added,
        "changed": changeset.changed,
        "removed": changeset.removed,
        "unchanged": changeset.unchanged,
    }
