"""A file that is open and was read once, and where its rows go: what all later steps start from."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from importers.addresses.placing import has_register, place_by_addresses
from importers.checks.context import CheckContext
from importers.checks.registry import begin_checks
from importers.coverage.fitting import fit_areas
from importers.crs.choice import CrsChoice, choose_crs
from importers.crs.extents import Extent, find_community, find_usual
from importers.errors import UnusableOption
from importers.filtering import keep_rows
from importers.formats.opening import open_source
from importers.geometry.checking import FAR_KM, GeometryRules
from importers.issues import Issue, IssueLog
from importers.loading.rows import RowEncoder, RowPlan
from importers.mapping.fields import list_filled_by_files
from importers.mapping.keys import KeyOrigin, KeySource
from importers.mapping.planning import (
    Mapping,
    describe_layer,
    drop_strange_keys,
    is_placeless,
    is_said_placeless,
    list_key_candidates,
    map_to_layer,
    require_places,
)
from importers.mapping.survey import Survey, survey_source
from importers.request import ImportRequest, Progress
from importers.sources import Source, SourceBatch
from layers.models import Layer, LayerField
from layers.schema.specs import FieldSpec, LayerSpec

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Understood:
    """A file that was read once, and what was found out about it."""

    source: Source
    survey: Survey
    crs: CrsChoice
    community: Extent | None
    log: IssueLog


@dataclass(frozen=True)
class Target:
    """Where rows go. With `spec` the layer is to be made: `layer` and `fields` are not saved."""

    layer: Layer
    fields: Sequence[LayerField]
    mapping: Mapping
    spec: LayerSpec | None = None


@contextmanager
def open_rows(request: ImportRequest, *, to_ask: bool = False) -> Iterator[Source]:
    """The rows that are wanted of the file. Raises `UnusableFile` or `UnusableOption`.

    `to_ask`: a table without places will do, where the town has addresses to place it by.
    """
    with open_source(request.path, request.reading) as opened:
        source = place_by_addresses(keep_rows(opened, request.wanted), request.addresses)
        if is_said_placeless(source) or not (to_ask and has_register()):
            require_places(source, request.layer)
        yield source


def understand(
    request: ImportRequest,
    source: Source,
    layer: Layer | None,
    log: IssueLog,
    on_progress: OnProgress,
) -> Understood:
    """Read the whole file once. Raises `UnusableFile` where its places would be wrong."""
    survey = survey_file(request, source, layer, on_progress)
    community = find_community()
    crs = choose_crs(source.declared, request.crs, survey.sample, community, request.axes)
    log.add(crs.issues)
    return Understood(source, survey, crs, community, log)


def survey_file(
    request: ImportRequest,
    source: Source,
    layer: Layer | None,
    on_progress: OnProgress,
    *,
    with_types: bool = False,
    on_batch: Callable[[SourceBatch], None] = lambda batch: None,
) -> Survey:
    """`with_types`: of all columns of text, also where the layer tells them already."""
    known = list_filled_by_files(layer) if layer else []
    survey = survey_source(
        source,
        list_key_candidates(source, layer, known, request.key),
        with_types=with_types or layer is None,
        on_rows=lambda rows: on_progress(Progress("reading", rows, source.row_count)),
        on_batch=on_batch,
    )
    if layer is not None and not request.key:
        drop_strange_keys(layer, survey)
    return survey


def aim(request: ImportRequest, understood: Understood, layer: Layer | None) -> Target:
    """Into the layer that stands, or a new one as the request and the file describe it."""
    source, survey = understood.source, understood.survey
    if layer is not None:
        known = list_filled_by_files(layer)
        mapping = map_to_layer(source, layer, known, survey.key, request.columns)
        understood.log.add(compare_with_layer(request, known, mapping))
        return Target(layer, known, mapping)
    if request.new_layer is None:
        raise UnusableOption(_("There is no such layer."))
    spec = describe_layer(request, request.new_layer, source, survey)
    drawn = sketch_layer(spec)
    planned = [sketch_field(field) for field in spec.fields]
    mapping = map_to_layer(source, drawn, planned, survey.key, request.columns)
    return Target(drawn, planned, mapping, spec)


def sketch_layer(spec: LayerSpec) -> Layer:
    """As it will be; not saved."""
    values = {member.name: getattr(spec, member.name) for member in fields(LayerSpec)}
    del values["fields"]
    return Layer(**values | {"keywords": list(spec.keywords)})


def sketch_field(spec: FieldSpec) -> LayerField:
    """As it will be; not saved."""
    values = {member.name: getattr(spec, member.name) for member in fields(FieldSpec)}
    return LayerField(**values | {"choices": list(spec.choices)})


def compare_with_layer(
    request: ImportRequest, known: Sequence[LayerField], mapping: Mapping
) -> list[Issue]:
    """What the user should know, or may not ask, where the layer stands already."""
    issues = [Issue(None, "layer-stands")] if request.new_layer else []
    public = {field.name.casefold() for field in known if field.audience == "public"}
    for name in request.new_layer.staff_fields if request.new_layer else ():
        if name.casefold() in public:
            raise UnusableOption(
                _("The field “%(name)s” of the layer is public; change its schema first.")
                % {"name": name}
            )
    filled = {mapped.field.name for mapped in mapping.columns}
    return issues + [
        Issue(None, "required-missing", {"name": field.name}, field=field.name)
        for field in known
        if field.required and field.name not in filled
    ]


def build_encoder(request: ImportRequest, understood: Understood, target: Target) -> RowEncoder:
    survey, projector = understood.survey, understood.crs.projector
    is_territory = target.layer.kind == Layer.Kind.TERRITORY
    rules = GeometryRules(
        projector=projector,
        geometry_type=target.layer.geometry_type,
        required=is_territory,
        placeless=is_placeless(understood.source, request.layer),
        usual=find_usual(projector(survey.sample), FAR_KM),
        fit=fit_areas if is_territory and request.checks.fit_areas else None,
    )
    context = CheckContext(
        layer=target.layer,
        fields=target.fields,
        key_field=find_key_field(target.mapping, survey.key),
        by_content=survey.key.origin == KeyOrigin.CONTENT,
        replaces=request.replace,
        options=request.checks,
    )
    columns, checks = target.mapping.columns, begin_checks(context)
    accepts = request.checks.accept_choices
    plan = RowPlan(columns, survey.key, rules, survey.repeated, checks, accepts)
    return RowEncoder(plan, understood.log)


def find_key_field(mapping: Mapping, key: KeySource) -> str:
    """The field that the key's column fills too, where it does."""
    if key.origin != KeyOrigin.COLUMN:
        return ""
    named = (one.field.name for one in mapping.columns if one.column.name == key.name)
    return next(named, "")
