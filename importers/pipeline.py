"""A file becomes a changeset of a layer in one go: understood, checked, loaded; all or nothing."""

import time
from collections.abc import Callable, Sequence

from django.db import transaction

from importers.brakes.brake import Brake
from importers.brakes.consent import require_consent
from importers.doubts import find_file_brakes, require_key
from importers.issues import Issue, IssueLog
from importers.loading.changesets import Load, load_rows
from importers.loading.rows import RowEncoder
from importers.mapping.planning import find_target
from importers.reports.report import build_details
from importers.request import ImportRequest, ImportResult, Progress
from importers.understanding import (
    OnProgress,
    Target,
    Understood,
    aim,
    build_encoder,
    open_rows,
    understand,
)
from layers.models import Changeset, Layer
from layers.services import create_layer
from layers.services.changesets import has_partition

# Called in the transaction of the changeset.
OnLoaded = Callable[[ImportResult, IssueLog], None]


def import_file(
    request: ImportRequest,
    on_progress: OnProgress = lambda progress: None,
    *,
    log: IssueLog | None = None,
    on_loaded: OnLoaded = lambda result, log: None,
) -> ImportResult:
    """Import one file, or, with `dry_run`, tell what it would do.

    Rows that cannot be loaded are issues of the result. Raises `UnusableFile`, `UnusableOption`,
    or `OpenQuestions` where something stops it that nobody consented to, and then nothing has
    changed. `on_progress` is called from another thread.
    """
    started = time.monotonic()
    layer = find_target(request)
    log = log or IssueLog()
    with open_rows(request) as source:
        understood = understand(request, source, layer, log, on_progress)
        require_key(understood.survey)
        with transaction.atomic():
            result = load_file(request, understood, layer, on_progress)
            result.seconds = round(time.monotonic() - started, 2)
            if request.dry_run:
                transaction.set_rollback(True)
            else:
                on_loaded(result, log)
    result.seconds = round(time.monotonic() - started, 2)
    return result


def load_file(
    request: ImportRequest,
    understood: Understood,
    layer: Layer | None,
    on_progress: OnProgress,
) -> ImportResult:
    """In a transaction: the layer where it is missing, then all rows, then the report."""
    target = aim(request, understood, layer)
    brakes = find_file_brakes(request, understood, target)
    if not request.dry_run:
        require_consent(brakes, request.consent)
    encoder = build_encoder(request, understood, target)
    standing = target.layer
    if target.spec is not None:
        standing = create_layer(spec=target.spec, with_partition=False)
    changeset = load_rows(
        build_load(request, understood, standing, brakes),
        understood.source,
        encoder,
        lambda rows: on_progress(Progress("loading", rows, understood.survey.rows)),
    )
    if encoder.heights:
        understood.log.add([Issue(None, "heights-dropped")])
    result = build_result(request, understood, target, encoder, changeset, brakes)
    if changeset.pk and not request.dry_run:
        changeset.details = build_details(result) | dict(request.details)
        changeset.save(update_fields=["details", "unchanged"])
    return result


def build_load(
    request: ImportRequest, understood: Understood, layer: Layer, brakes: list[Brake]
) -> Load:
    """`brakes` gets those that the difference shows; without consent they stop the import."""

    def judge(found: Sequence[Brake]) -> None:
        brakes.extend(found)
        if not request.dry_run:
            require_consent(found, request.consent)

    return Load(
        layer=layer,
        fresh=not has_partition(layer),
        keep_empty=request.keep_empty,
        replace=request.replace,
        dry_run=request.dry_run,
        source_name=request.source_name,
        comment=request.comment,
        rows=understood.survey.rows,
        actor=request.actor,
        judge=judge,
    )


def build_result(
    request: ImportRequest,
    understood: Understood,
    target: Target,
    encoder: RowEncoder,
    changeset: Changeset,
    brakes: list[Brake],
) -> ImportResult:
    log, key = understood.log, understood.survey.key
    return ImportResult(
        layer=target.layer.slug,
        created=target.spec is not None,
        changeset=None if request.dry_run else changeset.pk,
        dry_run=request.dry_run,
        replace=request.replace,
        format=understood.source.format,
        rows=encoder.counts.read,
        added=changeset.added,
        changed=changeset.changed,
        removed=changeset.removed,
        unchanged=changeset.unchanged,
        rejected=encoder.counts.rejected,
        repaired=log.repaired_rows,
        issues=log.issues,
        issues_total=log.total,
        counts=dict(log.counts),
        brakes=brakes,
        only_staff=target.layer.visibility == Layer.Visibility.STAFF,
        crs=understood.crs,
        encoding=understood.source.encoding,
        key_field=key.name,
        key_origin=key.origin,
        fields=[mapped.field.name for mapped in target.mapping.columns],
        ignored_columns=list(target.mapping.ignored),
    )
