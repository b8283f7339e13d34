"""Keeps one border between neighbours from afar: territories that changed are simplified together.

Triggers have simplified each changed area by itself by then, whoever wrote it. A small layer is
done anew as a whole; of a large one the changed areas and those around them, and the rest only
where that does not fit what stands.
"""

from typing import Any

import numpy as np
import shapely
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer, LayerState
from tiles.borders.coverage import Coverage, Shapes, simplify_together
from tiles.borders.standing import Standing, read_standing, replace_shapes
from tiles.models import Shape

# So many areas are simplified as quickly as those around one are found.
WHOLE_AREAS = 500
# With more than this share of changed areas all are done.
WHOLE_SHARE = 0.1
Borders = Shape.Borders


@transaction.atomic
def share_borders(layer: Layer) -> int:
    """Simplify together what changed since the last time; how many areas were looked at.

    Only layers of territories. Takes the layer's lock where there is something to do.
    """
    if layer.kind != Layer.Kind.TERRITORY or not _list_unseen(layer):
        return 0
    LayerState.objects.select_for_update().get(layer=layer)
    with connection.cursor() as cursor:
        changed = _list_unseen(layer)
        total = Shape.objects.filter(layer=layer, band=12).count()
        if total > WHOLE_AREAS and len(changed) <= total * WHOLE_SHARE:
            done = _share_around(cursor, layer, changed)
            if done is not None:
                return done
        features, areas = _read_areas(cursor, layer, None)
        standing = read_standing(cursor, layer, None)
        replace_shapes(cursor, layer, features, simplify_together(areas), standing)
        return len(features)


def share_after_changeset(*, layer: Layer, **kwargs: Any) -> None:
    share_borders(layer)


def share_by_clock() -> int:
    """How many areas were looked at: after plain SQL, and after an update that brought this."""
    layers = Layer.objects.filter(kind=Layer.Kind.TERRITORY).order_by("slug")
    return sum(share_borders(layer) for layer in list(layers))


def _list_unseen(layer: Layer) -> list[int]:
    unseen = Shape.objects.filter(layer=layer, band=12, borders=Borders.UNSEEN)
    return list(unseen.values_list("feature_id", flat=True))


def _share_around(cursor: CursorWrapper, layer: Layer, changed: list[int]) -> int | None:
    """Changed areas and their neighbours, simplified among the neighbours of these, so that each
    border of them has its right ends. `None` where they would not fit what stands around.
    """
    inner = set(_list_near(cursor, layer, changed)) | set(changed)
    features, areas = _read_areas(cursor, layer, _list_near(cursor, layer, sorted(inner)))
    made = simplify_together(areas)
    standing = read_standing(cursor, layer, features.tolist())
    is_inner = np.isin(features, list(inner))
    if not _fits(features, made, is_inner, standing):
        return None
    chosen = Coverage(
        made.overlapping[is_inner],
        made.shared[is_inner],
        {band: shapes[is_inner] for band, shapes in made.bands.items()},
    )
    kept = {name: one for name, one in standing.items() if name[0] in inner}
    replace_shapes(cursor, layer, features[is_inner], chosen, kept)
    return int(is_inner.sum())


def _fits(
    features: NDArray[Any], made: Coverage, is_inner: NDArray[Any], standing: Standing
) -> bool:
    """Whether new shapes and those that stand around them are one coverage, in every band."""
    for band, shapes in made.bands.items():
        around = [
            one.wkb
            for feature in features[~is_inner].tolist()
            if (one := standing.get((feature, band))) and one.borders == Borders.SHARED
        ]
        drawn = [
            shape
            for feature, shape in zip(features[is_inner], shapes[is_inner], strict=True)
            if shape is not None and (int(feature), band) in standing
        ]
        together = np.array([*drawn, *shapely.from_wkb(around)], dtype=object)
        if not shapely.coverage_is_valid(together):
            return False
    return True


def _list_near(cursor: CursorWrapper, layer: Layer, features: list[int]) -> list[int]:
    execute_sql(cursor, "tiles", "coverage_near", {"layer": layer.pk, "features": features})
    return [feature for (feature,) in cursor.fetchall()]


def _read_areas(
    cursor: CursorWrapper, layer: Layer, features: list[int] | None
) -> tuple[NDArray[Any], Shapes]:
    execute_sql(cursor, "tiles", "coverage_areas", {"layer": layer.pk, "features": features})
    rows = cursor.fetchall()
    wkbs = np.array([bytes(wkb) for _, wkb in rows], dtype=object)
    return np.array([feature for feature, _ in rows], dtype=int), shapely.from_wkb(wkbs)
