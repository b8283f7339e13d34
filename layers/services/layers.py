"""Make a layer, and bring one that stands in step with its description."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput
from layers.models import Changeset, Feature, Layer, LayerState
from layers.reading.search import rebuild_layer_search
from layers.schema.specs import LayerSpec, read_spec
from layers.services.changesets import lock_layer
from layers.services.passports import record_update
from layers.services.schema import change_schema, record_first_schema, write_fields

NEVER_CHANGED = ("slug", "kind")
# Keys and geometries that stand were made by these.
CHANGED_WHILE_EMPTY = ("geometry_type", "key_field")
# What is found, and by whom, depends on these.
SEARCHED_BY = frozenset({"visibility", "title_field"})


@dataclass(frozen=True)
class LayerUpdate:
    """`changed`: members of `LayerSpec` that differed; `schema`: a changeset, where fields did."""

    layer: Layer
    changed: tuple[str, ...]
    schema: Changeset | None = None


@transaction.atomic
def create_layer(
    *, spec: LayerSpec, with_partition: bool = True, actor: User | None = None
) -> Layer:
    """A layer with its fields, revision and partition (with indexes).

    `actor`: who makes it, where no other changeset will tell; it begins the layer's history.

    Without a partition the first changeset fills one before it is attached, which is faster for
    many rows; it must then follow in the same transaction.
    Raises `Conflict` for a taken slug, `InvalidInput` for values that cannot be.
    """
    taken = Conflict(_("There is a layer “%(slug)s” already.") % {"slug": spec.slug})
    if Layer.objects.filter(slug=spec.slug).exists():
        raise taken
    layer = Layer(**_list_columns(spec))
    _require_clean(layer)
    try:
        with transaction.atomic():
            layer.save()
    except IntegrityError as error:
        raise taken from error  # somebody made it at the same time
    LayerState.objects.create(layer=layer)
    write_fields(layer, spec.fields)
    if with_partition:
        with connection.cursor() as cursor:
            cursor.execute("SELECT layers_build_partition(%s)", [layer.pk])
            cursor.execute("SELECT layers_attach_partition(%s)", [layer.pk])
    if actor is not None:
        record_first_schema(layer=layer, actor=actor)
    return layer


@transaction.atomic
def update_layer(
    *, layer: Layer, spec: LayerSpec, actor: User | None = None, comment: str = ""
) -> LayerUpdate:
    """Make the layer as `spec` says: titles, style, passport, zooms, who sees it, its fields.

    What is so already is not touched: a second call changes nothing. What differs is recorded: the
    passport, the look and the schema each as a changeset of their own. To change a part, take
    `dataclasses.replace(read_spec(layer), …)`. Fields follow as in `change_schema`.
    Raises `InvalidInput` with `errors` by member for values that cannot be, for another slug or
    kind, and for another geometry type or key field once the layer holds features.
    """
    lock_layer(layer)
    standing = Layer.objects.get(pk=layer.pk)
    before = read_spec(standing)
    changed = tuple(name for name in vars(spec) if getattr(spec, name) != getattr(before, name))
    _require_changeable(standing, changed)
    columns = [name for name in changed if name != "fields"]
    if columns:
        for name, value in _list_columns(spec).items():
            setattr(standing, name, value)
        _require_clean(standing)
        standing.save(update_fields=[*columns, "updated_at"])
        record_update(layer=standing, before=before, actor=actor, comment=comment)
    schema = None
    if "fields" in changed:
        schema = change_schema(layer=standing, fields=spec.fields, actor=actor, comment=comment)
    _require_known_fields(spec)
    if not SEARCHED_BY.isdisjoint(changed):
        transaction.on_commit(lambda: rebuild_layer_search.enqueue(standing.pk))
    return LayerUpdate(standing, changed, schema)


def _list_columns(spec: LayerSpec) -> dict[str, object]:
    """What stands in the row of the layer itself."""
    values = {name: value for name, value in vars(spec).items() if name != "fields"}
    return values | {"keywords": list(spec.keywords)}


def _require_clean(layer: Layer) -> None:
    try:
        layer.full_clean()
    except ValidationError as error:
        raise InvalidInput(
            _("The layer cannot be made so; see `errors`."), errors=error.message_dict
        ) from error


def _require_known_fields(spec: LayerSpec) -> None:
    names = {field.name for field in spec.fields}
    for name in filter(None, (spec.key_field, spec.title_field)):
        if name not in names:
            raise InvalidInput(_("There is no field “%(name)s”.") % {"name": name})


def _require_changeable(layer: Layer, changed: Collection[str]) -> None:
    fixed = [name for name in NEVER_CHANGED if name in changed]
    if Feature.objects.filter(layer=layer).exists():
        fixed += [name for name in CHANGED_WHILE_EMPTY if name in changed]
    if fixed:
        raise InvalidInput(
            _("The layer cannot be made so; see `errors`."),
            errors={name: [_("This stays as the layer was made.")] for name in fixed},
        )
