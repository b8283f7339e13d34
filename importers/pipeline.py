"""A file becomes a changeset of a layer: read, understand, check, load; all of it or nothing."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from importers.crs.choice import CrsChoice, choose_crs
from importers.crs.extents import find_community, find_usual
from importers.errors import UnusableOption
from importers.filtering import keep_rows
from importers.formats.opening import open_source
from importers.geometry.checking import FAR_KM, GeometryRules
from importers.issues import Issue, IssueLog
from importers.loading.changesets import Load, load_rows
from importers.loading.rows import RowEncoder, RowPlan
from importers.mapping.planning import (
    Mapping,
    describe_layer,
    drop_strange_keys,
    find_target,
    list_key_candidates,
    map_to_layer,
    require_places,
)
from importers.mapping.survey import Survey, survey_source
from importers.report import build_details
from importers.request import ImportRequest, ImportResult, Progress
from importers.sources import Source
from layers.models import Changeset, Layer, LayerField
from layers.services import create_layer
from layers.services.changesets import has_partition

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Understood:
    """A file that was read once, and what was found out about it."""

    source: Source
    survey: Survey
    crs: CrsChoice
    log: IssueLog


def import_file(
    request: ImportRequest, on_progress: OnProgress = lambda progress: None
) -> ImportResult:
    """Import one file, or, with `dry_run`, tell what it would do.

    Rows that cannot be loaded are issues of the result. Raises `UnusableFile` or
    `UnusableOption`, and then nothing has changed. `on_progress` is called from another thread.
    """
    started = time.monotonic()
    layer = find_target(request)
    with open_source(request.path, request.reading) as opened:
        source = keep_rows(opened, request.wanted)
        require_places(source)
        survey = survey_file(request, source, layer, on_progress)
        crs = choose_crs(source.declared, request.crs, survey.sample, find_community())
        understood = Understood(source, survey, crs, IssueLog())
        understood.log.add(crs.issues)
        with transaction.atomic():
            result = load_file(request, understood, layer, on_progress)
            if request.dry_run:
                transaction.set_rollback(True)
    result.seconds = round(time.monotonic() - started, 2)
    return result


def survey_file(
    request: ImportRequest, source: Source, layer: Layer | None, on_progress: OnProgress
) -> Survey:
    fields = list(layer.fields.all()) if layer else []
    survey = survey_source(
        source,
        list_key_candidates(source, layer, fields, request.key),
        with_types=layer is None,
        on_rows=lambda rows: on_progress(Progress("reading", rows, source.row_count)),
    )
    if layer is not None and not request.key:
        drop_strange_keys(layer, survey)
    return survey


def load_file(
    request: ImportRequest,
    understood: Understood,
    layer: Layer | None,
    on_progress: OnProgress,
) -> ImportResult:
    """In a transaction: the layer where it is missing, then all rows, then the report."""
    source, survey, log = understood.source, understood.survey, understood.log
    target = layer or make_layer(request, source, survey)
    fields = list(target.fields.all())
    mapping = map_to_layer(source, target, fields, survey.key)
    if layer is not None:
        log.add(compare_with_layer(request, fields, mapping))
    encoder = RowEncoder(build_plan(understood, target, mapping), log)
    changeset = load_rows(
        Load(
            layer=target,
            fresh=not has_partition(target),
            keep_empty=request.keep_empty,
            replace=request.replace,
            dry_run=request.dry_run,
            source_name=request.source_name,
            rows=survey.rows,
            actor=request.actor,
        ),
        source,
        encoder,
        lambda rows: on_progress(Progress("loading", rows, survey.rows)),
    )
    if encoder.heights:
        log.add([Issue(None, "heights-dropped")])
    result = build_result(request, understood, target, mapping, encoder, changeset)
    result.created = layer is None
    if changeset.pk and not request.dry_run:
        changeset.details = build_details(result) | dict(request.details)
        changeset.save(update_fields=["details", "unchanged"])
    return result


def make_layer(request: ImportRequest, source: Source, survey: Survey) -> Layer:
    """Without a partition: the first changeset fills and attaches it."""
    if request.new_layer is None:
        raise UnusableOption(_("There is no such layer."))
    spec = describe_layer(request, request.new_layer, source, survey)
    return create_layer(spec=spec, with_partition=False)


def compare_with_layer(
    request: ImportRequest, fields: Sequence[LayerField], mapping: Mapping
) -> list[Issue]:
    """What the user should know, or may not ask, where the layer stands already."""
    issues = [Issue(None, "layer-stands")] if request.new_layer else []
    public = {field.name.casefold() for field in fields if field.audience == "public"}
    for name in request.new_layer.staff_fields if request.new_layer else ():
        if name.casefold() in public:
            raise UnusableOption(
                _("The field “%(name)s” of the layer is public; change its schema first.")
                % {"name": name}
            )
    filled = {mapped.field.name for mapped in mapping.columns}
    return issues + [
        Issue(None, "required-missing", {"name": field.name}, field=field.name)
        for field in fields
        if field.required and field.name not in filled
    ]


def build_plan(understood: Understood, layer: Layer, mapping: Mapping) -> RowPlan:
    survey, projector = understood.survey, understood.crs.projector
    rules = GeometryRules(
        projector=projector,
        geometry_type=layer.geometry_type,
        required=layer.kind == Layer.Kind.TERRITORY,
        usual=find_usual(projector(survey.sample), FAR_KM),
    )
    return RowPlan(mapping.columns, survey.key, rules, survey.repeated)


def build_result(
    request: ImportRequest,
    understood: Understood,
    layer: Layer,
    mapping: Mapping,
    encoder: RowEncoder,
    changeset: Changeset,
) -> ImportResult:
    log, key = understood.log, understood.survey.key
    return ImportResult(
        layer=layer.slug,
        created=False,
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
        crs=understood.crs,
        encoding=understood.source.encoding,
        key_field=key.name,
        key_origin=key.origin,
        fields=[mapped.field.name for mapped in mapping.columns],
        ignored_columns=list(mapping.ignored),
    )
