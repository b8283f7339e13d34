"""The last stage: the difference that was shown becomes a changeset of the layer."""

from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.core.errors import Conflict
from importers.brakes.brake import Brake, read_kept
from importers.brakes.consent import require_consent
from importers.errors import LayerChanged
from importers.models import Import
from importers.reports.report import KEPT_IN_HISTORY
from importers.stages.answers import build_consent
from importers.stages.checking import name_schema
from importers.stages.files import remove_folder
from importers.stages.journal import begin_stage, finish_stage, get_result, move
from importers.stages.previewing import require_target
from importers.stages.recipes import keep_recipe
from importers.stages.selectors import list_issues, read_issue
from importers.stages.tables import count_rows, drop_tables, name_difference
from importers.states import Stage, State
from layers.models import Changeset, Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import apply_changeset, create_layer
from layers.services.changesets import lock_layer
from layers.staging import TableRows


def list_brakes(import_: Import) -> list[Brake]:
    """Of the file and of the difference that it makes."""
    checked: Any = get_result(import_, Stage.CHECK)
    previewed: Any = get_result(import_, Stage.PREVIEW)
    return read_kept([*checked.get("brakes", ()), *previewed.get("brakes", ())])


def require_same_layer(import_: Import) -> None:
    """Raises `LayerChanged` with who changed the layer since the preview."""
    layer = import_.layer
    if layer is None:
        return
    state = lock_layer(layer)
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
    """Tells a preview from one that was made anew; empty where there is none."""
    stage = import_.stages.filter(name=Stage.PREVIEW).first()
    return stage.started_at.isoformat() if stage else ""


def require_preview(import_: Import, seen: str) -> None:
    """Raises `Conflict` where somebody has looked at another preview than the one that stands."""
    if seen != name_preview(import_):
        raise Conflict(_("The difference was made anew meanwhile; look at it once more."))


def describe_change(changeset: Changeset) -> str:
    count = changeset.added + changeset.changed + changeset.removed
    rows = ngettext("%(count)s object", "%(count)s objects", count) % {"count": count}
    who = str(changeset.author) if changeset.author else _("a command")
    return f"#{changeset.pk} {changeset.get_kind_display()}, {who}, {rows}"


def publish_difference(import_: Import) -> None:
    """All of it or nothing, in one transaction; the file, of which nobody has need now, goes.

    Raises `LayerChanged`, `OpenQuestions`, `Conflict` for a slug that was taken meanwhile, and
    `LostRows` when a crash of the database has emptied the tables.
    """
    require_target(import_)
    begin_stage(import_, Stage.PUBLISH)
    with transaction.atomic(), connection.cursor() as cursor:
        require_same_layer(import_)
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
        changeset.save(update_fields=["unchanged"])
        finish_stage(import_, Stage.PUBLISH, describe_publication(changeset, import_))
        move(import_, State.PUBLISHED, changeset=changeset, layer=layer, file="")
        keep_recipe(import_, layer)
        drop_tables(cursor, import_.pk)
        transaction.on_commit(partial(remove_folder, import_.pk))


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
