"""Where a point lies: the spatial join with layers of the kind `territory`.

The rule, the same in every code path: a point belongs to the territory of a layer that covers it,
borders included; of several (a shared border, a vertex, an overlap) to the one whose key is the
smallest by code points. `layers_covers` decides what is covered, exactly as GEOS does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import execute_sql
from layers.access import Sight, find_sight, list_layers_in, list_visibilities_anywhere
from layers.models import Feature, Layer


@dataclass(frozen=True)
class Located:
    """A territory that holds the point; `border_distance_m` to the nearest of its borders."""

    layer: str
    key: str
    title: str
    border_distance_m: float


@dataclass(frozen=True)
class Location:
    """A point in degrees, whether the community holds it, and one territory a layer."""

    lon: float
    lat: float
    inside: bool
    territories: tuple[Located, ...]


def list_territory_layers() -> QuerySet[Layer]:
    """Every territory layer that places are joined with, whoever may see it."""
    return Layer.objects.filter(kind=Layer.Kind.TERRITORY, archived_at__isnull=True).order_by()


def find_territory_layers() -> dict[str, int]:
    """Slug → id of every territory layer that places are joined with."""
    return _read_layers(None)


def locate_point(actor: Actor, lon: float, lat: float) -> Location:
    """The territories of one point that the actor may see."""
    layers = _read_layers(find_sight(actor))
    return _locate(layers, list_visibilities_anywhere(actor), lon, lat)


def locate_for_routing(lon: float, lat: float) -> Location:
    """The territories of one point in every territory layer there is, whoever may see it."""
    return _locate(find_territory_layers(), list(Feature.Visibility.values), lon, lat)


@lru_cache(maxsize=256)
def _write_layers(sight: Sight | None) -> tuple[str, tuple[Any, ...]]:
    """The statement and its values; to write it takes as long as to locate a point."""
    layers = list_territory_layers()
    if sight is not None:
        layers = list_layers_in(sight).filter(kind=Layer.Kind.TERRITORY).order_by()
    statement, values = (
        layers.select_related(None).values_list("slug", "pk").query.sql_with_params()
    )
    return statement, tuple(values)


def _read_layers(sight: Sight | None) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(*_write_layers(sight))
        return dict(cursor.fetchall())


def _locate(
    layers: Mapping[str, int], visibilities: Sequence[str], lon: float, lat: float
) -> Location:
    values = {
        "layers": list(layers.values()),
        "visibilities": list(visibilities),
        "lon": lon,
        "lat": lat,
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "locate_point", values)
        found = [Located(*row) for row in cursor.fetchall()]
    return Location(lon, lat, is_inside(layers, found), tuple(found))


def list_neighbours(location: Location, within_m: float) -> list[Located]:
    """Territories nearer than `within_m` metres that do not hold the point, nearest first.

    `border_distance_m` is the distance to them. The community's own boundary is left out.
    """
    inner = find_territory_layers()
    inner.pop(settings.BOUNDARY_LAYER, None)
    values = {
        "lon": location.lon,
        "lat": location.lat,
        "within_m": within_m,
        "layers": list(inner.values()),
        "holding": [f"{each.layer}:{each.key}" for each in location.territories],
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "near_territories", values)
        return [Located(*row) for row in cursor.fetchall()]


def is_inside(layers: Collection[str], found: Sequence[Located]) -> bool:
    """By the community's boundary where there is one, else by any territory; no map, no outside."""
    boundary = settings.BOUNDARY_LAYER
    if boundary in layers:
        return any(territory.layer == boundary for territory in found)
    return bool(found) or not layers
