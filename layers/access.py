"""Who may see and change which layer: the only place that answers it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.policies import (
    Actor,
    can_edit_for,
    is_administrator,
    is_staff,
    list_organisation_ids,
)
from geoportal.core.errors import Gone, NotAllowed, NotFound
from layers.models import Feature, Layer
from layers.schema.change import SchemaPreview

Visibility = Layer.Visibility


@dataclass(frozen=True)
class Sight:
    """All of an actor that decides which layers are seen; equal for most."""

    is_administrator: bool = False
    is_staff: bool = False
    organisations: frozenset[int] = frozenset()


def find_sight(actor: Actor) -> Sight:
    if is_administrator(actor):
        return Sight(is_administrator=True)
    return Sight(is_staff=is_staff(actor), organisations=frozenset(list_organisation_ids(actor)))


def list_layers_for(actor: Actor) -> QuerySet[Layer]:
    """Layers the actor may see, with theme, publisher and revision; archived ones nobody sees."""
    return list_layers_in(find_sight(actor))


def list_layers_in(sight: Sight) -> QuerySet[Layer]:
    """`list_layers_for` whoever sees so."""
    return _list_seen(sight).filter(archived_at__isnull=True)


def list_archived_layers_for(actor: Actor) -> QuerySet[Layer]:
    """Archived layers, for administrators: they restore or delete them."""
    layers = _list_seen(find_sight(actor)).filter(archived_at__isnull=False)
    return layers if is_administrator(actor) else layers.none()


def _list_seen(sight: Sight) -> QuerySet[Layer]:
    layers = Layer.objects.select_related("theme", "organisation", "state")
    if sight.is_administrator:
        return layers
    seen = Q(visibility=Visibility.PUBLIC)
    if sight.is_staff:
        seen |= Q(visibility=Visibility.STAFF)
    if sight.organisations:
        seen |= Q(organisation__in=sight.organisations)
    return layers.filter(seen)


def access_layer(actor: Actor, slug: str) -> Layer:
    """The layer, if the actor may see it; a hidden one is not found, an archived one is gone."""
    layer = _list_seen(find_sight(actor)).filter(slug=slug).first()
    if layer is None:
        raise NotFound(
            _("There is no layer “%(slug)s”. /ogc/collections lists those there are.")
            % {"slug": slug}
        )
    if layer.archived_at is not None:
        raise Gone(
            _("The layer “%(slug)s” was archived; it is not published any more.") % {"slug": slug}
        )
    return layer


def access_layer_to_manage(actor: Actor, slug: str) -> Layer:
    """The layer, archived or not, for who archives, restores and deletes: administrators."""
    layer = _list_seen(find_sight(actor)).filter(slug=slug).first()
    if layer is None:
        return access_layer(actor, slug)
    if not is_administrator(actor):
        raise NotAllowed(_("Only administrators archive, restore and delete layers."))
    return layer


def access_layers(actor: Actor, slugs: Iterable[str], only: Iterable[str] = ()) -> list[Layer]:
    """The layers in the order asked for, each once; raises `NotFound` for the first missing.

    With `only`, just these columns are read: building the full query costs more than running it.
    """
    wanted = list(dict.fromkeys(slugs))
    layers = list_layers_for(actor).filter(slug__in=wanted).order_by()
    if only:
        layers = layers.select_related(None).only("slug", *only)
    found = {layer.slug: layer for layer in layers}
    return [found.get(slug) or access_layer(actor, slug) for slug in wanted]


def can_edit_layer(actor: Actor, layer: Layer) -> bool:
    """Officers and heads of the layer's organisation, and administrators.

    Nobody edits a projected layer: it shows what a workflow says.
    """
    return can_edit_for(actor, layer.organisation_id) and not layer.is_projected


def require_can_edit_layer(actor: Actor, layer: Layer) -> None:
    if not can_edit_layer(actor, layer):
        raise NotAllowed(_("You may not change this layer; its organisation's officers may."))


def require_can_change_schema(actor: Actor, layer: Layer, preview: SchemaPreview) -> None:
    """Those who edit the layer; what takes values away or publishes staff's, administrators."""
    require_can_edit_layer(actor, layer)
    if preview.takes_away_or_publishes and not is_administrator(actor):
        raise NotAllowed(
            _("Only an administrator retires fields that hold values or publishes staff's fields.")
        )


def can_see_internal(actor: Actor, layer: Layer) -> bool:
    """Staff of the community and those who edit the layer."""
    return is_staff(actor) or can_edit_layer(actor, layer)


def list_visibilities(actor: Actor, layer: Layer) -> list[str]:
    """Which features of a layer the actor sees, as values of `Feature.visibility`."""
    if can_see_internal(actor, layer):
        return list(Feature.Visibility.values)
    return [Feature.Visibility.PUBLIC.value]


def list_visibilities_anywhere(actor: Actor) -> list[str]:
    """Which features the actor sees in any layer that is open to him at all."""
    return list(Feature.Visibility.values) if is_staff(actor) else [Feature.Visibility.PUBLIC.value]


def list_hidden(actor: Actor, named: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Of features by (slug of the layer, key) those that the actor may not see in an open layer."""
    if is_staff(actor) or not named:
        return frozenset()
    hidden = Feature.objects.filter(
        layer__slug__in={slug for slug, _key in named}, key__in={key for _slug, key in named}
    ).exclude(visibility__in=list_visibilities_anywhere(actor))
    return frozenset(named) & frozenset(hidden.values_list("layer__slug", "key"))


def is_open(layer: Layer, visibilities: list[str]) -> bool:
    """An answer made of these features may be kept by caches that many people share."""
    return layer.visibility == Visibility.PUBLIC and visibilities == ["public"]


def access_feature(actor: Actor, layer: Layer, key: str) -> Feature:
    """The feature, if the actor may see it; a hidden one is not found."""
    feature = Feature.objects.filter(
        layer=layer, key=key, visibility__in=list_visibilities(actor, layer)
    ).first()
    if feature is None:
        raise build_no_feature(layer, key)
    return feature


def build_no_feature(layer: Layer, key: str) -> NotFound:
    return NotFound(
        _("There is no feature “%(key)s” in the layer “%(layer)s”.")
        % {"key": key, "layer": layer.slug}
    )
