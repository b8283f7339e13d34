"""Make a layer and change its schema."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput
from layers.models import Changeset, Feature, Layer, LayerField, LayerState, SearchEntry
from layers.schema import dump_json, list_names, split_values
from layers.services.changesets import apply_changeset, lock_layer
from layers.specs import FieldSpec, LayerSpec
from layers.staging import RowSource, StagedRow, StageQuery


@transaction.atomic
def create_layer(*, spec: LayerSpec, with_partition: bool = True) -> Layer:
    """A layer with its fields, revision and partition (with indexes).

    Without a partition the first changeset fills one before it is attached, which is faster for
    many rows; it must then follow in the same transaction.
    Raises `Conflict` for a taken slug, `InvalidInput` for values that cannot be.
    """
    if Layer.objects.filter(slug=spec.slug).exists():
        raise Conflict(_("There is a layer “%(slug)s” already.") % {"slug": spec.slug})
    values = {name: value for name, value in vars(spec).items() if name != "fields"}
    layer = Layer(**values | {"keywords": list(spec.keywords)})
    try:
        layer.full_clean()
    except ValidationError as error:
        raise InvalidInput(
            _("The layer cannot be made so; see `errors`."), errors=error.message_dict
        ) from error
    layer.save()
    LayerState.objects.create(layer=layer)
    _write_fields(layer, spec.fields)
    if with_partition:
        with connection.cursor() as cursor:
            cursor.execute("SELECT layers_build_partition(%s)", [layer.pk])
            cursor.execute("SELECT layers_attach_partition(%s)", [layer.pk])
    return layer


@transaction.atomic
def change_schema(
    *, layer: Layer, fields: Sequence[FieldSpec], actor: User | None = None
) -> Changeset:
    """Give the layer these fields; values move between public and internal, or go, with them.

    Values of a field whose type or choices change are converted. The values that go are kept in
    the history. Returns the changeset. Raises `InvalidInput` with `errors` by key, and changes
    nothing, when some values do not fit the new type.
    """
    lock_layer(layer)
    SearchEntry.objects.filter(layer=layer).delete()
    before = {field.name: (field.type, field.choices) for field in layer.fields.all()}
    _write_fields(layer, fields)
    layer = Layer.objects.get(pk=layer.pk)
    converted = [
        field
        for field in layer.fields.all()
        if before.get(field.name, (field.type, field.choices)) != (field.type, field.choices)
    ]
    rows: RowSource = StageQuery("stage_reprojected", audience_values(layer))
    if converted:
        rows = _convert_rows(layer, converted)
    return apply_changeset(
        layer=layer, rows=rows, kind=Changeset.Kind.SCHEMA, patch=False, actor=actor
    )


def _convert_rows(layer: Layer, converted: Sequence[LayerField]) -> list[StagedRow]:
    """Every feature by the new schema; raises `InvalidInput` when values do not fit it."""
    names = {field.name for field in layer.fields.all()}
    rows: list[StagedRow] = []
    refused: dict[str, dict[str, str]] = {}
    for feature in Feature.objects.filter(layer=layer).iterator():
        values = feature.properties | feature.internal
        split, errors = split_values(
            converted, {field.name: values.get(field.name) for field in converted}
        )
        refused |= {feature.key: errors} if errors else {}
        stated = {name: value for name, value in values.items() if name in names}
        stated |= split.properties | split.internal
        documents = [
            dump_json(
                {name: stated[name] for name in list_names(layer, audience) if name in stated}
            )
            for audience in LayerField.Audience.values
        ]
        wkb_hex = feature.geom.hexewkb.decode() if feature.geom else None
        rows.append(StagedRow(feature.key, wkb_hex, *documents))
    if refused:
        raise InvalidInput(
            _("Values of %(count)s features do not fit the new schema; see `errors`.")
            % {"count": len(refused)},
            errors=dict(list(refused.items())[:100]),
        )
    return rows


def audience_values(layer: Layer) -> dict[str, object]:
    """What SQL that re-projects attributes by the schema binds: layer and names by audience."""
    return {
        "layer": layer.pk,
        "public": list_names(layer, LayerField.Audience.PUBLIC),
        "staff": list_names(layer, LayerField.Audience.STAFF),
    }


def _write_fields(layer: Layer, fields: Sequence[FieldSpec]) -> None:
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise InvalidInput(_("Two fields have the same name."))
    for required in filter(None, (layer.key_field, layer.title_field)):
        if required not in names:
            raise InvalidInput(_("There is no field “%(name)s”.") % {"name": required})
    standing = {field.name: field for field in LayerField.objects.filter(layer=layer)}
    written = [
        _build_field(standing.get(spec.name) or LayerField(layer=layer), spec, position)
        for position, spec in enumerate(fields)
    ]
    _require_clean(written)
    layer.fields.exclude(name__in=names).delete()
    for field in written:
        field.save()


def _build_field(field: LayerField, spec: FieldSpec, position: int) -> LayerField:
    for name, value in vars(spec).items():
        setattr(field, name, value)
    field.choices = list(spec.choices)
    field.position = position
    return field


def _require_clean(fields: Sequence[LayerField]) -> None:
    """Raises `InvalidInput` with `errors` by field; names are known to differ."""
    errors = {}
    for field in fields:
        try:
            field.full_clean(exclude=["layer"], validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors[field.name] = error.message_dict
    if errors:
        raise InvalidInput(_("The fields cannot be so; see `errors`."), errors=errors)
