"""Add, edit and delete one feature; each is a changeset of its own."""

import uuid
from collections.abc import Mapping

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput, NotFound, VersionMismatch
from layers.geometry.checking import check_geometry
from layers.geometry.coordinates import NewPlace, follow_place
from layers.models import Changeset, Feature, Layer, LayerField, Photo
from layers.schema.photos import list_ids
from layers.schema.values import SplitValues, split_values
from layers.services.changesets import apply_changeset, lock_layer
from layers.staging import StagedRow

LONGEST_KEY = 500


@transaction.atomic
def add_feature(
    *,
    layer: Layer,
    geom: GEOSGeometry | None,
    values: Mapping[str, object],
    key: str = "",
    visibility: str = Feature.Visibility.PUBLIC,
    actor: User | None = None,
    comment: str = "",
) -> Feature:
    """A new feature from a geometry (EPSG:4326) and values by field name.

    The key is the value of the layer's key field, else `key`, else a new UUID.
    Raises `InvalidInput` with `errors` by field, `Conflict` for a key that is taken.
    """
    split = require_valid(layer, values, complete=True, place=NewPlace(geom))
    key = make_key(layer, key, split)
    lock_layer(layer)
    if Feature.objects.filter(layer=layer, key=key).exists():
        raise Conflict(_("There is a feature with the key “%(key)s” already.") % {"key": key})
    row = build_row(layer, key, geom, split, visibility)
    return _apply_one(layer, row, actor, comment)


@transaction.atomic
def edit_feature(
    *,
    layer: Layer,
    key: str,
    values: Mapping[str, object] | None = None,
    geom: GEOSGeometry | None = None,
    keep_geom: bool = True,
    visibility: str | None = None,
    expected_changeset_id: int | None = None,
    actor: User | None = None,
    comment: str = "",
) -> Feature:
    """Change what is named: values by field name, the geometry unless `keep_geom`, visibility.

    Raises `NotFound`, `InvalidInput` with `errors` by field, and `VersionMismatch` when the
    feature no longer stands as `expected_changeset_id` made it.
    """
    lock_layer(layer)
    current = _get_expected(layer, key, expected_changeset_id)
    place = None if keep_geom else NewPlace(geom, current)
    split = require_valid(layer, values or {}, complete=False, place=place)
    stated = split.properties | split.internal
    if layer.key_field in stated and str(stated[layer.key_field]) != key:
        raise InvalidInput(_("The key of a feature does not change; add a new one instead."))
    new_geom = current.geom if keep_geom else geom
    return _apply_one(layer, build_row(layer, key, new_geom, split, visibility), actor, comment)


@transaction.atomic
def delete_feature(
    *,
    layer: Layer,
    key: str,
    expected_changeset_id: int | None = None,
    actor: User | None = None,
    comment: str = "",
) -> Changeset:
    """Remove the feature; its last state is kept in the history. Raises as `edit_feature`."""
    lock_layer(layer)
    _get_expected(layer, key, expected_changeset_id)
    return apply_changeset(
        layer=layer,
        rows=(),
        removed_keys=(key,),
        kind=Changeset.Kind.EDIT,
        actor=actor,
        comment=comment,
    )


def make_key(layer: Layer, key: str, split: SplitValues) -> str:
    """The key of a new feature; raises `InvalidInput` for one that cannot be."""
    if layer.key_field:
        key = str(split.properties.get(layer.key_field) or split.internal.get(layer.key_field))
    key = key.strip() or str(uuid.uuid4())
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise InvalidInput(
            _("A key is one line of at most %(max)s letters.") % {"max": LONGEST_KEY}
        )
    return key


def build_row(
    layer: Layer,
    key: str,
    geom: GEOSGeometry | None,
    split: SplitValues,
    visibility: str | None = None,
) -> StagedRow:
    """A row for the stage from a checked geometry; raises `InvalidInput` for a bad one."""
    if geom is None and layer.kind == Layer.Kind.TERRITORY:
        raise InvalidInput(_("A territory needs an area."))
    _require_own_photos(layer, key, split)
    wkb_hex = check_geometry(geom, layer.geometry_type) if geom is not None else None
    properties, internal = split.as_json()
    return StagedRow(key, wkb_hex, properties, internal, visibility)


def _require_own_photos(layer: Layer, key: str, split: SplitValues) -> None:
    """What an object shows as its photos was sent for it; raises `InvalidInput`.

    One whose file is erased may stay where a rollback brought it back.
    """
    values = split.properties | split.internal
    if not any(isinstance(value, list) for value in values.values()):
        return
    fields = [field.name for field in layer.fields.all() if field.type == LayerField.Type.PHOTOS]
    shown = {name: list_ids([values[name]]) for name in fields if values.get(name)}
    if not any(shown.values()):
        return
    own = {
        str(pk) for pk in Photo.objects.filter(layer=layer, key=key).values_list("pk", flat=True)
    }
    if any(shown[name] - own for name in shown):
        standing = Feature.objects.filter(layer=layer, key=key).first()
        kept = {**standing.properties, **standing.internal} if standing else {}
        own |= list_ids(kept.get(name) for name in fields)
    errors = {
        name: _("There is no such photo of this object.") for name in shown if shown[name] - own
    }
    if errors:
        raise InvalidInput(_("Some values are not right; see `errors`."), errors=errors)


def _apply_one(layer: Layer, row: StagedRow, actor: User | None, comment: str) -> Feature:
    apply_changeset(
        layer=layer, rows=(row,), kind=Changeset.Kind.EDIT, actor=actor, comment=comment
    )
    return Feature.objects.get(layer=layer, key=row.key)


def _get_expected(layer: Layer, key: str, expected_changeset_id: int | None) -> Feature:
    feature = Feature.objects.filter(layer=layer, key=key).first()
    if feature is None:
        raise NotFound(_("There is no feature with the key “%(key)s”.") % {"key": key})
    if expected_changeset_id not in (None, feature.changeset_id):
        raise VersionMismatch(_("Someone changed this feature since you read it; read it again."))
    return feature


def require_valid(
    layer: Layer,
    values: Mapping[str, object],
    *,
    complete: bool,
    place: NewPlace | None = None,
) -> SplitValues:
    """Values by audience; raises `InvalidInput` with `errors` by field. `complete`: a new one's.

    `place`: where it shall be, where that is new; fields of coordinates follow it.
    """
    fields = list(layer.fields.all())
    if place is not None:
        values = follow_place(fields, values, place)
    if complete:
        values = {field.name: None for field in fields} | dict(values)
    split, refused = split_values(fields, values)
    if refused:
        raise InvalidInput(_("Some values are not right; see `errors`."), errors=refused)
    return split
