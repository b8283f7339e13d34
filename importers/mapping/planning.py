"""Which column fills which field, what the key is, and how a new layer is described."""

import re
import zlib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from importers.errors import UnusableFile, UnusableOption
from importers.formats.tables.placing import NO_PLACES
from importers.mapping.fields import Mapped, build_specs, guess_title_field, map_columns
from importers.mapping.keys import (
    BY_CONTENT,
    DOWNLOADED_NAMES,
    KeyOrigin,
    KeySource,
    list_plausible,
)
from importers.mapping.survey import Survey
from importers.request import ImportRequest, NewLayer
from importers.sources import Source, SourceColumn
from layers.models import Feature, Layer, LayerField
from layers.schema.specs import LayerSpec

ColumnNames = AnyMapping[str, str]
NOTHING_STATED: ColumnNames = {}
LICENCE = "CC-BY-4.0"  # nobody sees it before a licence was chosen
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}\Z")
# Colours that differ from one another and from the ground, each dark enough for a white icon.
PALETTE = (
    "#2f6f8f", "#b3472f", "#4d7d2c", "#7a4fa0", "#a86a14", "#1f7a6b", "#b0366f", "#4b5fb5",
    "#8a5a3c", "#5d6b7a",
)  # fmt: skip


@dataclass(frozen=True)
class Mapping:
    """Columns that fill fields, and columns that nobody knows."""

    columns: Sequence[Mapped]
    ignored: Sequence[str]


def find_target(request: ImportRequest) -> Layer | None:
    """The layer to import into; `None`: it shall be made. Raises `UnusableOption`."""
    layer = Layer.objects.filter(slug=request.layer).first()
    if layer is None:
        if request.new_layer is None:
            raise UnusableOption(
                _("There is no layer “%(slug)s”; add --create to make it.")
                % {"slug": request.layer}
            )
        require_slug(request.layer)
        return None
    if layer.is_projected:
        raise UnusableOption(_("This layer shows what a workflow says; files do not fill it."))
    if layer.archived_at is not None:
        raise UnusableOption(_("The layer is archived; restore it first."))
    wanted = request.new_layer.kind if request.new_layer else ""
    if wanted and wanted != layer.kind:
        raise UnusableOption(
            _("The layer “%(slug)s” is there already and of another kind.") % {"slug": layer.slug}
        )
    return layer


def require_slug(slug: str) -> None:
    if not SLUG.match(slug):
        raise UnusableOption(
            _("“%(slug)s” cannot name a layer: use small Latin letters, digits, - and _.")
            % {"slug": slug}
        )


def require_column(columns: Sequence[SourceColumn], name: str) -> SourceColumn:
    """By exact name, else whatever the case of letters."""
    by_name = {column.name.strip().casefold(): column for column in reversed(columns)}
    by_name |= {column.name: column for column in columns}
    if found := by_name.get(name) or by_name.get(name.strip().casefold()):
        return found
    raise UnusableOption(
        _("There is no column “%(name)s”; there are: %(names)s.")
        % {"name": name, "names": ", ".join(column.name for column in columns)}
    )


def list_key_candidates(
    source: Source, layer: Layer | None, fields: Sequence[LayerField], key: str
) -> list[KeySource]:
    """What may be the key, the first best; where none fits, keys are made from the content.

    `key`: the name of a column, or `BY_CONTENT`.
    """
    if key == BY_CONTENT:
        return []
    if key:
        column = require_column(source.columns, key)
        return [KeySource(KeyOrigin.COLUMN, column.name, column.place, must=True)]
    beside = [KeySource(KeyOrigin.BESIDE, must=layer is not None)] if source.has_ids else []
    if layer is None:
        return list_plausible(source.columns) + beside
    known = {field.name for field in fields}
    for mapped in map_columns(source.columns, fields, cut=source.cuts_names)[0]:
        if mapped.field.name == layer.key_field:
            column = mapped.column
            return [KeySource(KeyOrigin.COLUMN, column.name, column.place, must=True)]
    downloaded = [
        KeySource(KeyOrigin.COLUMN, column.name, column.place, must=True)
        for column in source.columns
        if column.name in DOWNLOADED_NAMES and column.name not in known
    ]
    found = (downloaded + beside)[:1]
    if not layer.key_field:
        return found or list_plausible(source.columns)
    if not found:
        raise UnusableOption(
            _("The file has no column “%(name)s”, the key of the layer; name another with --key.")
            % {"name": layer.key_field},
            question="key",
            columns=[column.name for column in source.columns],
        )
    return found


def drop_strange_keys(layer: Layer, survey: Survey) -> None:
    """Of a layer that has no key field: what tells its objects apart is no key of others.

    Numbers that some program put beside features, or a column that looks like a key: where none
    of them is the key of a feature that stands, keys are made from the content as before.
    """
    if layer.key_field:
        return
    features = Feature.objects.filter(layer=layer)
    if not features.exists():
        return
    survey.nearly = [
        one for one in survey.nearly if features.filter(key__in=one.key_sample).exists()
    ]
    if survey.key_sample and not features.filter(key__in=survey.key_sample).exists():
        survey.key = KeySource(KeyOrigin.CONTENT)
        survey.repeated = {}


def require_places(source: Source, slug: str) -> None:
    """Refuses a file without places, unless it is known that it needs none.

    Then the layer may not have any either: they would be taken away.
    """
    if source.has_geometry:
        return
    if not is_placeless(source, slug):
        columns = [column.name for column in source.columns]
        raise UnusableFile(str(source.without_places), question="place", columns=columns)
    if Feature.objects.filter(layer__slug=slug, geom__isnull=False).exists():
        raise UnusableOption(
            _(
                "Features of the layer have places, which a table without places would take away;"
                " name its columns of coordinates: --lon, --lat or --place."
            ),
            question="place",
            columns=[column.name for column in source.columns],
        )


def is_said_placeless(source: Source) -> bool:
    return source.choices.get("place") == NO_PLACES


def is_placeless(source: Source, slug: str) -> bool:
    """That the rows have no places was said, or nothing in the layer has one."""
    if source.has_geometry:
        return False
    if is_said_placeless(source):
        return True
    features = Feature.objects.filter(layer__slug=slug)
    return features.exists() and not features.filter(geom__isnull=False).exists()


def map_to_layer(
    source: Source,
    layer: Layer,
    fields: Sequence[LayerField],
    key: KeySource,
    stated: ColumnNames = NOTHING_STATED,
) -> Mapping:
    """For a layer that stands: what its schema does not know is left out and named.

    `stated`: which field a column fills, "" for none; raises `UnusableOption` for unknown names.
    """
    said = map_stated(source.columns, fields, stated)
    done = {name.casefold() for name in stated}
    mapped, ignored = map_columns(
        [column for column in source.columns if column.name.casefold() not in done],
        [field for field in fields if field.name not in {one.field.name for one in said}],
        cut=source.cuts_names,
    )
    mapped = [*said, *mapped]
    ignored += [name for name, filled in stated.items() if not filled]
    filled = {one.field.name for one in mapped}
    key_field = next((field for field in fields if field.name == layer.key_field), None)
    if key.origin == KeyOrigin.COLUMN and key_field is not None:
        column = source.columns[key.place]
        fills = {one.field.name for one in mapped if one.column.place == key.place}
        if layer.key_field not in fills and column.name not in DOWNLOADED_NAMES:
            if layer.key_field in filled:
                raise UnusableOption(
                    _("The key of the layer is “%(name)s”, which the file has; leave --key out.")
                    % {"name": layer.key_field}
                )
            mapped = [*mapped, Mapped(column, key_field)]
    spoken_for = {key.name} | source.place_names
    unknown = [name for name in ignored if name not in spoken_for]
    return Mapping(mapped, unknown + list(source.ignored))


def map_stated(
    columns: Sequence[SourceColumn], fields: Sequence[LayerField], stated: ColumnNames
) -> list[Mapped]:
    by_name = {field.name: field for field in fields}
    mapped: dict[str, Mapped] = {}
    for name, filled in stated.items():
        column = require_column(columns, name)
        if not filled:
            continue
        if filled not in by_name:
            raise UnusableOption(_("The layer has no field “%(name)s”.") % {"name": filled})
        if filled in mapped:
            raise UnusableOption(
                _("Two columns would fill the field “%(name)s”.") % {"name": filled}
            )
        mapped[filled] = Mapped(column, by_name[filled])
    return list(mapped.values())


def describe_layer(
    request: ImportRequest, wanted: NewLayer, source: Source, survey: Survey
) -> LayerSpec:
    """A new layer as the file suggests it."""
    columns = list_attributes(source, survey.key)
    for name in (*wanted.staff_fields, *filter(None, [wanted.title_field])):
        require_column(columns, name)
    if survey.key.name and request.columns.get(survey.key.name) == "":
        raise UnusableOption(
            _("The column “%(name)s” is the key and cannot be left out; or say another --key.")
            % {"name": survey.key.name}
        )
    specs = build_specs(
        [column for column in columns if request.columns.get(column.name) != ""],
        survey.types,
        list_staff_names(columns, wanted),
    )
    specs = [replace(spec, name=request.columns.get(spec.name, spec.name)) for spec in specs]
    kind = wanted.kind or Layer.Kind.REGISTER
    geometry_type = choose_geometry_type(kind, survey.dimensions)
    title_field = (
        named_field(request, require_column(columns, wanted.title_field).name)
        if wanted.title_field
        else guess_title_field(specs)
    )
    return LayerSpec(
        slug=request.layer,
        kind=kind,
        title_uk=wanted.title or build_title(source.name),
        geometry_type=geometry_type,
        key_field=(
            named_field(request, survey.key.name) if survey.key.origin == KeyOrigin.COLUMN else ""
        ),
        title_field=title_field,
        visibility=wanted.visibility,
        licence=wanted.licence or LICENCE,
        organisation=wanted.organisation,
        color=choose_color(request.layer),
        fields=tuple(specs),
    )


def list_staff_names(columns: Sequence[SourceColumn], wanted: NewLayer) -> list[str]:
    if not wanted.only_public:
        return list(wanted.staff_fields)
    public = {require_column(columns, name).name for name in wanted.public_fields}
    return [column.name for column in columns if column.name not in public]


def named_field(request: ImportRequest, column: str) -> str:
    """The field that the column becomes."""
    return request.columns.get(column) or column


def list_attributes(source: Source, key: KeySource) -> list[SourceColumn]:
    """Columns that become fields: coordinates became the place, unless one of them is the key."""
    return [
        column
        for column in source.columns
        if column.name not in source.place_names or column.name == key.name
    ]


def choose_color(slug: str) -> str:
    """One of the palette by the slug, so that layers made one after another differ on the map."""
    return PALETTE[zlib.crc32(slug.encode()) % len(PALETTE)]


def choose_geometry_type(kind: str, dimensions: dict[str, int]) -> str:
    if kind == Layer.Kind.TERRITORY:
        if "polygon" not in dimensions:
            raise UnusableFile(_("A layer of territories needs areas; the file has none."))
        return Layer.GeometryType.POLYGON
    if len(dimensions) == 1:
        name = next(iter(dimensions))
        return name if name in Layer.GeometryType.values else Layer.GeometryType.MIXED
    return Layer.GeometryType.MIXED if dimensions else Layer.GeometryType.POINT


def build_title(name: str) -> str:
    """A file's name as a title: `parking_space` → `Parking space`."""
    words = " ".join(re.split(r"[\s_\-.]+", name)).strip()
    return words[:1].upper() + words[1:254] if words else name
