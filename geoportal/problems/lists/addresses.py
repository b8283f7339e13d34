"""What a place is called: the address of the nearest house of the address register."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer


@dataclass(frozen=True)
class NearAddress:
    """An address and how far its house is, in metres."""

    text: str
    distance_m: float


def find_nearest_address(lon: float, lat: float) -> NearAddress | None:
    """Of the nearest house to a point in degrees, where one is near and there is a register."""
    layer = Layer.objects.filter(
        slug=settings.ADDRESS_LAYER, visibility=Layer.Visibility.PUBLIC, archived_at__isnull=True
    ).first()
    if layer is None or not layer.title_field:
        return None
    values = {
        "layer": layer.pk,
        "title": layer.title_field,
        "place": Point(lon, lat, srid=4326).hexewkb.decode(),
        "within_m": settings.PROBLEM_ADDRESS_M,
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.problems.lists", "nearest_address", values)
        row = cursor.fetchone()
    if row is None or row[1] > settings.PROBLEM_ADDRESS_M:
        return None
    return NearAddress(text=str(row[0]), distance_m=float(row[1]))
