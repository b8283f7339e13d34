"""The areas of a layer that stands: looked at beside the community's boundary, and mended."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput
from importers.coverage.cleaning import clean_areas
from importers.coverage.faults import SLIVER_M, find_faults
from importers.coverage.remarks import remark_change, remark_fault
from importers.geometry.repair import Shapes
from importers.issues import Issue
from layers.models import Changeset, Feature, Layer
from layers.services import apply_changeset
from layers.services.changesets import lock_layer
from layers.staging import StagedRow

AREAS_MAX = 20_000
REPAIR_COMMENT = gettext_lazy("Areas were fitted to one another.")


@dataclass(frozen=True)
class StandingAreas:
    """Features with an area, by key; `names` for people. Degrees."""

    shapes: Shapes
    keys: list[str]
    names: list[str]


@dataclass(frozen=True)
class AreaRepair:
    """`done`: it is in the history; not after a trial, or where nothing had to change."""

    changeset: Changeset
    done: bool
    issues: tuple[Issue, ...]


def read_areas(layer: Layer) -> StandingAreas:
    """Raises `InvalidInput` for a layer that is too large to be compared area by area."""
    rows = Feature.objects.filter(layer=layer, geom__isnull=False).order_by("key")
    if rows.count() > AREAS_MAX:
        raise InvalidInput(
            _("The layer has more than %(most)s areas; that is too many to compare.")
            % {"most": AREAS_MAX}
        )
    found = [
        (key, str(properties.get(layer.title_field) or key), bytes(geom.wkb))
        for key, properties, geom in rows.values_list("key", "properties", "geom")
        if geom is not None and geom.dims == 2
    ]
    return StandingAreas(
        np.asarray(shapely.from_wkb([wkb for _key, _name, wkb in found]), dtype=object),
        [key for key, _name, _wkb in found],
        [name for _key, name, _wkb in found],
    )


def find_community_area(but: str) -> shapely.Geometry | None:
    """The ground inside the boundary (degrees); `None` without one, and for the boundary itself."""
    if but == settings.BOUNDARY_LAYER:
        return None
    boundary = Layer.objects.filter(slug=settings.BOUNDARY_LAYER, archived_at__isnull=True).first()
    if boundary is None:
        return None
    shapes = read_areas(boundary).shapes
    return shapely.union_all(shapes) if len(shapes) else None


def check_areas(layer: Layer) -> list[Issue]:
    """Overlaps, gaps, slivers and missing borders of a layer, with their places."""
    areas = read_areas(layer)
    return [
        remark_fault(fault, areas.names, areas.keys)
        for fault in find_faults(areas.shapes, find_community_area(but=layer.slug))
    ]


@transaction.atomic
def repair_areas(
    *, layer: Layer, gap_m: float = SLIVER_M, dry_run: bool = False, actor: User | None = None
) -> AreaRepair:
    """One changeset with the areas that had to change; they can be rolled back.

    Raises `InvalidInput` for a layer of another kind, `Conflict` for an archived one. Holds the
    layer's lock.
    """
    if layer.kind != Layer.Kind.TERRITORY:
        raise InvalidInput(_("Only territories are fitted to one another."))
    lock_layer(layer)
    areas = read_areas(layer)
    cleaned = clean_areas(areas.shapes, gap_m)
    issues = [remark_change(change, areas.keys[change.place]) for change in cleaned.changes]
    changeset = apply_changeset(
        layer=layer,
        rows=[
            StagedRow(areas.keys[change.place], write_area(cleaned.shapes[change.place]), "{}")
            for change in cleaned.changes
            if not change.swallowed
        ],
        kind=Changeset.Kind.EDIT,
        dry_run=dry_run,
        keep_empty=False,
        actor=actor,
        comment=str(REPAIR_COMMENT),
        details={"issues": [issue.as_json() for issue in issues]},
    )
    done = not dry_run and bool(changeset.changed)
    return AreaRepair(changeset, done, tuple(issues))


def write_area(shape: shapely.Geometry) -> str:
    """Hexadecimal EWKB, SRID 4326."""
    return str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))
