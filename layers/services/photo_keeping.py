"""Files of photos that no object shows any more stay for a while, then go."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer, Photo
from layers.services.changesets import lock_layer
from layers.services.photos import delete_photos

GONE_A_STEP = 200


def purge_photos(at: datetime | None = None) -> int:
    """Mark what is shown and what is not; remove what was shown nowhere for `PHOTO_KEPT_DAYS`.

    The clock calls it. How many photos went.
    """
    now = at or timezone.now()
    before = now - timedelta(days=settings.PHOTO_KEPT_DAYS)
    mark_photos(now)
    old = Photo.objects.filter(unused_since__lt=before).order_by("pk")[:GONE_A_STEP]
    gone = 0
    for layer in Layer.objects.filter(photos__in=list(old)).distinct():
        gone += _purge_layer(layer, now, before)
    return gone


@transaction.atomic
def _purge_layer(layer: Layer, now: datetime, before: datetime) -> int:
    """A rollback that brings one back is waited for."""
    lock_layer(layer)
    mark_photos(now)
    return delete_photos(layer.photos.filter(unused_since__lt=before))


def mark_photos(now: datetime) -> None:
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "mark_photos", {"now": now})
