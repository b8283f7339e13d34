"""Keeps the cells of a territory layer in step with its areas, in the transaction of the change.

Only areas whose shape changed are cut anew. A layer that somebody changed past the services (plain
SQL) has cells of an earlier revision: they are not asked until it is prepared again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef

from geoportal.core.database.named_sql import execute_sql
from layers.joining.cells import Cells, Shapes, choose_level, cut_areas
from layers.models import Layer, LayerState, PreparedArea, PreparedLayer, TerritoryCell
from layers.staging import NULL, EncodedRows, copy_rows

AREAS_A_BATCH = 500
# With more vertices the nearest border is sought by an index.
LARGE = 500
# Another level is chosen when the areas became so many times more or fewer.
OTHER_SIZE = 4
COLUMNS = "layer_id, code, feature_id, is_whole, is_large, shape, border"
TABLE = TerritoryCell._meta.db_table


@dataclass(frozen=True)
class Prepared:
    """Areas cut anew, and the cells they got."""

    areas: int = 0
    cells: int = 0


@transaction.atomic
def prepare_territories(layer: Layer) -> Prepared:
    """Cut the areas that changed since the layer was prepared; nothing for other kinds of layers.

    Holds the layer's lock until the transaction ends.
    """
    if layer.kind != Layer.Kind.TERRITORY:
        return Prepared()
    state = LayerState.objects.select_for_update().get(layer=layer)
    standing = PreparedLayer.objects.filter(layer=layer).first()
    if standing is not None and standing.revision == state.revision:
        return Prepared()
    with connection.cursor() as cursor:
        level, areas = _choose(cursor, layer, standing)
        if standing is None or standing.level != level:
            _forget_all(layer)
            standing = None
        execute_sql(cursor, "layers", "forget_changed_areas", {"layer": layer.pk})
        prepared, levels = _cut_missing(cursor, layer, level)
        if prepared.cells > AREAS_A_BATCH:
            cursor.execute(f"ANALYZE {TABLE}")
    kept = set(standing.levels) if standing is not None else set()
    PreparedLayer.objects.update_or_create(
        layer=layer,
        defaults={
            "revision": state.revision,
            "level": level,
            "levels": sorted(kept | levels),
            "areas": areas,
        },
    )
    return prepared


def prepare_stale() -> Iterator[tuple[Layer, Prepared]]:
    """Territory layers whose cells are of an earlier revision, each in a transaction of its own."""
    fresh = PreparedLayer.objects.filter(layer=OuterRef("pk"), revision=OuterRef("state__revision"))
    stale = Layer.objects.filter(~Exists(fresh), kind=Layer.Kind.TERRITORY).order_by("slug")
    for layer in list(stale):
        yield layer, prepare_territories(layer)


def prepare_by_clock() -> int:
    """How many layers were prepared: after an update that brought cells, after plain SQL."""
    return sum(1 for _ in prepare_stale())


def _choose(cursor: CursorWrapper, layer: Layer, standing: PreparedLayer | None) -> tuple[int, int]:
    """The level to cut at, kept while areas are about as many, and how many they were."""
    cursor.execute(
        "SELECT count(*) FROM layers_feature WHERE layer_id = %s AND geom IS NOT NULL", [layer.pk]
    )
    (count,) = cursor.fetchone()
    if standing is not None and standing.areas / OTHER_SIZE <= count <= standing.areas * OTHER_SIZE:
        return standing.level, standing.areas
    execute_sql(cursor, "layers", "area_boxes", {"layer": layer.pk})
    boxes = np.array(cursor.fetchall(), dtype=float).reshape(-1, 4)
    return choose_level(shapely.box(*boxes.T)), count


def _forget_all(layer: Layer) -> None:
    TerritoryCell.objects.filter(layer=layer).delete()
    PreparedArea.objects.filter(layer=layer).delete()


def _cut_missing(cursor: CursorWrapper, layer: Layer, level: int) -> tuple[Prepared, set[int]]:
    """Cut every area that has no cells."""
    done, cells, levels = 0, 0, set[int]()
    for features, areas in list(_read_missing(layer)):
        cut = cut_areas(areas, level)
        copy_rows(cursor, TABLE, EncodedRows(_encode_cells(layer, features, areas, cut), COLUMNS))
        execute_sql(
            cursor, "layers", "remember_areas", {"layer": layer.pk, "features": features.tolist()}
        )
        done, cells = done + len(features), cells + len(cut.owner)
        levels |= set(cut.level.tolist())
    return Prepared(done, cells), levels


def _read_missing(layer: Layer) -> Iterator[tuple[np.ndarray, Shapes]]:
    with connection.chunked_cursor() as reading:
        execute_sql(reading, "layers", "missing_areas", {"layer": layer.pk})
        while rows := reading.fetchmany(AREAS_A_BATCH):
            features, shapes = zip(*rows, strict=True)
            yield np.array(features), shapely.from_wkb(np.array(shapes, dtype=object))


def _encode_cells(
    layer: Layer, features: np.ndarray, areas: Shapes, cells: Cells
) -> Iterator[bytes]:
    """Lines of COPY's text format."""
    # What was not cut has no borders in its cells: its own is asked.
    is_large = np.zeros(len(areas), bool)
    is_large[cells.owner[~shapely.is_missing(cells.border)]] = True
    is_large &= shapely.get_num_coordinates(areas) > LARGE
    hexes = [
        shapely.to_wkb(shapely.set_srid(shapes, 4326), hex=True, include_srid=True)
        for shapes in (cells.shape, cells.border)
    ]
    for owner, code, is_whole, shape, border in zip(
        cells.owner.tolist(), cells.code.tolist(), cells.is_whole.tolist(), *hexes, strict=True
    ):
        yield (
            f"{layer.pk}\t{code}\t{features[owner]}\t{is_whole}\t{is_large[owner]}\t"
            f"{shape or NULL}\t{border or NULL}\n"
        ).encode()
