"""The end of a layer: archived and restored, and, archived or empty, deleted for good."""

import logging

from django.conf import settings
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict
from layers.models import Changeset, Feature, FormerName, Layer, SearchEntry, SearchWord
from layers.services.changesets import lock_layer, record_changeset
from layers.services.photos import delete_photos
from layers.signals import layer_leaving

log = logging.getLogger(__name__)
LOCK_S = 5


@transaction.atomic
def archive_layer(*, layer: Layer, actor: User | None = None, comment: str = "") -> Changeset:
    """Take the layer from everybody: lists, map, tiles, search, downloads, the join of places.

    Its features, schema and history stay, and nobody writes to it until it is restored.
    Raises `Conflict` for a layer that is archived, projected, the community's boundary, or that
    other records go by.
    """
    standing = _lock(layer)
    if standing.archived_at is not None:
        raise Conflict(_("The layer is archived already."))
    _require_dispensable(standing)
    for derived in (SearchEntry, SearchWord, FormerName):
        derived.objects.filter(layer=standing).delete()
    standing.archived_at = timezone.now()
    standing.save(update_fields=["archived_at", "updated_at"])
    layer.archived_at = standing.archived_at
    return record_changeset(
        layer=standing, kind=Changeset.Kind.ARCHIVE, actor=actor, comment=comment
    )


@transaction.atomic
def restore_layer(*, layer: Layer, actor: User | None = None, comment: str = "") -> Changeset:
    """Give an archived layer back as it was. Raises `Conflict` where it is not archived."""
    standing = _lock(layer)
    if standing.archived_at is None:
        raise Conflict(_("The layer is not archived."))
    standing.archived_at = layer.archived_at = None
    standing.save(update_fields=["archived_at", "updated_at"])
    return record_changeset(
        layer=standing, kind=Changeset.Kind.RESTORE, actor=actor, comment=comment
    )


@transaction.atomic
def delete_layer(*, layer: Layer, actor: User | None = None) -> None:
    """Delete an archived or empty layer with its features, schema and history; no way back.

    Raises `Conflict` for one that stands with features, is projected, or that other records go by.
    The partition is dropped last: that takes a lock which readers of every layer wait for. Waits
    for it `LOCK_S` at most, then the database's error is raised.
    """
    standing = _lock(layer)
    if standing.archived_at is None and Feature.objects.filter(layer=standing).exists():
        raise Conflict(_("Archive the layer first: it holds features."))
    _require_dispensable(standing, deleting=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT layers_delete_history(%s)", [standing.pk])
        delete_photos(standing.photos.all())
        try:
            standing.delete()
        except ProtectedError as error:
            raise Conflict(_("Other records go by this layer; change them first.")) from error
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_S}s"])
        cursor.execute("SELECT layers_drop_partition(%s)", [layer.pk])
    log.warning("layer %s deleted by %s", layer.slug, actor.pk if actor else "a command")


def can_be_deleted(layer: Layer) -> bool:
    """What `delete_layer` asks of the layer itself."""
    if layer.is_projected:
        return False
    return layer.archived_at is not None or not Feature.objects.filter(layer=layer).exists()


def _lock(layer: Layer) -> Layer:
    lock_layer(layer)
    return Layer.objects.get(pk=layer.pk)


def _require_dispensable(layer: Layer, *, deleting: bool = False) -> None:
    """Packages above veto what they need by raising `Conflict`."""
    if layer.is_projected:
        raise Conflict(_("This layer follows a workflow: it stays as long as the workflow does."))
    if layer.slug == settings.BOUNDARY_LAYER:
        raise Conflict(_("This is the community's boundary: without it no place is outside."))
    layer_leaving.send(sender=Layer, layer=layer, deleting=deleting)
