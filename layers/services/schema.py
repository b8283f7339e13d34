"""Change a layer's schema together with its values, and tell beforehand what that does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import InvalidInput, VersionMismatch
from layers.models import Changeset, Feature, FormerName, Layer, LayerField, SearchEntry, SearchWord
from layers.schema.change import (
    CONVERTING,
    FieldEffect,
    SchemaPreview,
    build_version,
    compare_fields,
    is_reordered,
)
from layers.schema.specs import FieldSpec, read_fields
from layers.schema.values import InvalidValue, coerce_value, dump_json, list_names
from layers.services.changesets import apply_changeset, lock_layer, record_changeset
from layers.staging import RowSource, StagedRow, StageQuery

EXAMPLES_MAX = 20
ERRORS_MAX = 100


def preview_schema(*, layer: Layer, fields: Sequence[FieldSpec]) -> SchemaPreview:
    """What `change_schema` would do. Raises `InvalidInput` for fields that cannot be."""
    standing = read_fields(layer)
    _build_fields(layer, fields)
    return SchemaPreview(
        build_version(standing),
        tuple(_count_effects(layer, fields, compare_fields(standing, fields))),
        is_reordered(standing, fields),
    )


@transaction.atomic
def change_schema(
    *,
    layer: Layer,
    fields: Sequence[FieldSpec],
    actor: User | None = None,
    comment: str = "",
    expected_version: str | None = None,
) -> Changeset | None:
    """Give the layer these fields; values move between public and internal, or go, with them.

    Values of a field whose type or choices change are converted. The values that go are kept in
    the history. Returns the changeset, whose `details` name the fields, or `None` where the layer
    has these fields already. Raises `InvalidInput` with `errors` by key, and changes nothing, when
    some values do not fit; `VersionMismatch` when the schema is not the `expected_version`.
    """
    lock_layer(layer)
    standing = read_fields(Layer.objects.get(pk=layer.pk))
    if expected_version not in (None, build_version(standing)):
        raise VersionMismatch(_("Someone changed this schema since you read it; read it again."))
    effects = compare_fields(standing, fields)
    preview = SchemaPreview(
        build_version(standing), effects, reordered=is_reordered(standing, fields)
    )
    write_fields(layer, fields)
    if preview.is_empty:
        return None
    layer.save(update_fields=["updated_at"])
    before = {spec.name: spec for spec in standing}
    told = [_describe(effect, before.get(effect.name)) for effect in effects]
    kind, details = Changeset.Kind.SCHEMA, {"fields": told}
    if not preview.moves_values:
        return record_changeset(
            layer=layer, kind=kind, actor=actor, comment=comment, details=details
        )
    # Hidden values must not be found until the search is built anew.
    for derived in (SearchEntry, SearchWord, FormerName):
        derived.objects.filter(layer=layer).delete()
    return apply_changeset(
        layer=layer,
        rows=_list_rows(Layer.objects.get(pk=layer.pk), effects),
        kind=kind,
        patch=False,
        actor=actor,
        comment=comment,
        details=details,
    )


def record_first_schema(*, layer: Layer, actor: User) -> Changeset:
    """The layer was made with the fields that it has."""
    told = [_describe(effect, None) for effect in compare_fields((), read_fields(layer))]
    return record_changeset(
        layer=layer,
        kind=Changeset.Kind.SCHEMA,
        actor=actor,
        comment=_("The layer was made."),
        details={"fields": told},
    )


def write_fields(layer: Layer, fields: Sequence[FieldSpec]) -> None:
    """Rows of `LayerField` only, without the values. Raises `InvalidInput`."""
    written = _build_fields(layer, fields)
    layer.fields.exclude(name__in=[field.name for field in written]).delete()
    for field in written:
        if field.pk:
            field.save()
    LayerField.objects.bulk_create(field for field in written if not field.pk)
    # What was prefetched tells the fields from before.
    getattr(layer, "_prefetched_objects_cache", {}).pop("fields", None)


def audience_values(layer: Layer) -> dict[str, object]:
    """What SQL that re-projects attributes by the schema binds: layer and names by audience."""
    return {
        "layer": layer.pk,
        "public": list_names(layer, LayerField.Audience.PUBLIC),
        "staff": list_names(layer, LayerField.Audience.STAFF),
    }


def _describe(effect: FieldEffect, before: FieldSpec | None) -> dict[str, object]:
    """What the history keeps; of a retired field all that was said of it, so that it may return."""
    told: dict[str, object] = {
        "name": effect.name,
        "action": effect.action,
        "changed": list(effect.changed),
    }
    if effect.action == "retired" and before is not None:
        told["was"] = asdict(before)
    return told


def _count_effects(
    layer: Layer, fields: Sequence[FieldSpec], effects: Sequence[FieldEffect]
) -> Iterator[FieldEffect]:
    """With the features that hold a value, and those whose values the new schema refuses."""
    names = [effect.name for effect in effects if effect.action != "added"]
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "schema_values", {"layer": layer.pk, "names": names})
        rows = {str(name): int(count) for name, count in cursor.fetchall()}
    refused = _find_refused(layer, _list_converted(fields, effects))
    for effect in effects:
        reasons = refused.get(effect.name, {})
        yield replace(
            effect,
            rows=rows.get(effect.name, 0),
            unfit=len(reasons),
            examples=dict(list(reasons.items())[:EXAMPLES_MAX]),
        )


def _list_converted(
    fields: Sequence[FieldSpec], effects: Sequence[FieldEffect]
) -> list[LayerField]:
    """Fields whose values are read anew, as they shall be."""
    names = {effect.name for effect in effects if not CONVERTING.isdisjoint(effect.changed)}
    return [_build_field(LayerField(), spec, 0) for spec in fields if spec.name in names]


def _find_refused(layer: Layer, converted: Sequence[LayerField]) -> dict[str, dict[str, str]]:
    """By field: keys of features whose value does not fit, and why."""
    refused: dict[str, dict[str, str]] = {}
    if not converted:
        return refused
    found = Feature.objects.filter(layer=layer).order_by("id")
    for key, properties, internal in found.values_list("key", "properties", "internal").iterator():
        for field in converted:
            try:
                coerce_value(field, (properties | internal).get(field.name))
            except InvalidValue as error:
                refused.setdefault(field.name, {})[key] = str(error)
    return refused


def _list_rows(layer: Layer, effects: Sequence[FieldEffect]) -> RowSource:
    """Every feature by the new schema; raises `InvalidInput` when values do not fit it."""
    converted = _list_converted(read_fields(layer), effects)
    if not converted:
        return StageQuery("stage_reprojected", audience_values(layer))
    refused: dict[str, dict[str, str]] = {}
    for name, reasons in _find_refused(layer, converted).items():
        for key, reason in reasons.items():
            refused.setdefault(key, {})[name] = reason
    if refused:
        raise InvalidInput(
            _("Values of %(count)s features do not fit the new schema; see `errors`.")
            % {"count": len(refused)},
            errors=dict(list(refused.items())[:ERRORS_MAX]),
        )
    return _convert_rows(layer, converted)


def _convert_rows(layer: Layer, converted: Sequence[LayerField]) -> list[StagedRow]:
    """Values are known to fit."""
    audiences = [list_names(layer, audience) for audience in LayerField.Audience.values]
    rows: list[StagedRow] = []
    for feature in Feature.objects.filter(layer=layer).iterator():
        values = feature.properties | feature.internal
        values |= {field.name: coerce_value(field, values.get(field.name)) for field in converted}
        documents = [
            dump_json({name: values[name] for name in names if name in values})
            for names in audiences
        ]
        wkb_hex = feature.geom.hexewkb.decode() if feature.geom else None
        rows.append(StagedRow(feature.key, wkb_hex, *documents))
    return rows


def _build_fields(layer: Layer, fields: Sequence[FieldSpec]) -> list[LayerField]:
    """Unsaved rows of the table; raises `InvalidInput` with `errors` by field."""
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise InvalidInput(_("Two fields have the same name."))
    for required in filter(None, (layer.key_field, layer.title_field)):
        if required not in names:
            raise InvalidInput(_("There is no field “%(name)s”.") % {"name": required})
    standing = {field.name: field for field in LayerField.objects.filter(layer=layer)}
    key = standing.get(layer.key_field)
    if key is not None and key.audience == LayerField.Audience.PUBLIC:
        _require_public_key(fields, key.name)
    built = [
        _build_field(standing.get(spec.name) or LayerField(layer=layer), spec, position)
        for position, spec in enumerate(fields)
    ]
    errors: dict[str, Mapping[str, list[str]]] = {}
    for field in built:
        try:
            field.full_clean(exclude=["layer"], validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors[field.name] = error.message_dict
    if errors:
        raise InvalidInput(_("The fields cannot be so; see `errors`."), errors=errors)
    return built


def _require_public_key(fields: Sequence[FieldSpec], name: str) -> None:
    """Hidden it would go on being told, as the key of each feature."""
    if any(spec.name == name and spec.audience != LayerField.Audience.PUBLIC for spec in fields):
        reason = _("This is the key of the layer: everyone sees it in the address of a feature.")
        raise InvalidInput(
            _("The fields cannot be so; see `errors`."), errors={name: {"audience": [reason]}}
        )


def _build_field(field: LayerField, spec: FieldSpec, position: int) -> LayerField:
    for name, value in vars(spec).items():
        setattr(field, name, value)
    field.choices = list(spec.choices)
    field.position = position
    return field
