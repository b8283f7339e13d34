"""Which brakes an import runs into: seen in the file, and in the difference that it would make."""

from collections.abc import Callable

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from geoportal.core.database.named_sql import execute_sql
from importers.brakes.brake import NAMES_KEPT, Brake
from importers.crs.extents import NEAR_KM, Extent
from importers.sources import FloatArray
from layers.models import Feature, Layer
from layers.services.changesets import Counts

# A few features that go are no reason to stop; all of them are.
FEW = 5
LEAST_INSIDE = 0.5

# Looks at `layers_stage` and `layers_diff`, which hold what would change in the layer (its lock is
# held); names what in a package above would be hurt.
Guard = Callable[[CursorWrapper, Layer], list[Brake]]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Called by `ready` of an application."""
    _guards.append(guard)


def find_difference_brakes(cursor: CursorWrapper, layer: Layer, counts: Counts) -> list[Brake]:
    """While `layers_diff` stands."""
    found = [removal] if (removal := find_removals(cursor, layer, counts)) else []
    for guard in _guards:
        found += guard(cursor, layer)
    return found


def find_removals(cursor: CursorWrapper, layer: Layer, counts: Counts) -> Brake | None:
    """A larger share of the layer than may go unasked; what would go is listed by name."""
    if not counts.removed:
        return None
    standing = Feature.objects.filter(layer=layer).count()
    many = counts.removed > max(FEW, standing * settings.IMPORT_REMOVED_SHARE_MAX)
    if not many and counts.removed < standing:
        return None
    values = {"layer": layer.pk, "title": layer.title_field, "limit": NAMES_KEPT}
    execute_sql(cursor, "importers", "removed_names", values)
    names = tuple(str(name) for (name,) in cursor.fetchall())
    execute_sql(cursor, "importers", "removed_digest")
    (about,) = cursor.fetchone()
    return Brake("removes-many", counts.removed, names, {"standing": standing}, about)


def find_place_brake(layer: Layer, lonlat: FloatArray, community: Extent | None) -> Brake | None:
    """Most places lie outside a community whose boundary is known. `lonlat`: shape (n, 2)."""
    if community is None or not len(lonlat) or layer.slug == settings.BOUNDARY_LAYER:
        return None
    if not Feature.objects.filter(layer__slug=settings.BOUNDARY_LAYER).exists():
        return None
    share = float(community.grown(NEAR_KM).holds(lonlat).mean())
    if share >= LEAST_INSIDE:
        return None
    return Brake("leaves-community", params={"share": f"{share:.0%}"})
