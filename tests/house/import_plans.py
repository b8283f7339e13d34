"""Plans of statements that read what an import would change."""

import re
from collections.abc import Callable

from django.db import connection
from django.db.backends.utils import CursorWrapper

from geoportal.core.database.named_sql import execute_sql
from importers.models import Import
from importers.stages.tables import (
    attach_difference,
    close_views,
    create_difference,
    create_rows,
    open_views,
)
from layers.models import Layer
from layers.staging import StagedRow, fill_stage
from tests.house.explaining import SIZE, SOUTH, WEST, Town, explain, explain_here

FILL = """
INSERT INTO importers_difference (of_id, key, action, geom, properties, internal, box)
SELECT %s, key, 'changed', geom, properties, internal, ST_Envelope(geom)
FROM layers_feature WHERE layer_id = %s
"""


def fill_difference(town: Town) -> Import:
    """An import that would change every point."""
    import_ = Import.objects.create(name="points.csv", slug="points", layer=town.points)
    with connection.cursor() as cursor:
        create_difference(cursor, import_.pk)
        attach_difference(cursor, import_.pk)
        cursor.execute(FILL, [import_.pk, town.points.pk])
        cursor.execute("ANALYZE importers_difference")
    return import_


def plan_difference_tile(town: Town) -> None:
    """A tile of a few hundred metres in the town."""
    x = int((WEST + SIZE / 2 + 180) / 360 * 2**15)
    values = {"import": fill_difference(town).pk, "layer": town.points.pk}
    y = find_row(SOUTH + SIZE / 2, 15)
    plan = explain(
        "geoportal.staff", "difference_tile", values | {"z": 15, "x": x, "y": y, "side": 512}
    )
    assert re.search(r"importers_difference_\d+_box_idx", plan)


def plan_changes(town: Town) -> None:
    """A page of twenty objects, before and after."""
    keys = list(town.points.features.values_list("key", flat=True)[:20])
    values = {"import": fill_difference(town).pk, "layer": town.points.pk, "keys": keys}
    plan = explain("importers", "changes", values)
    assert re.search(r"importers_difference_\d+_pkey", plan)


def plan_difference_digest(town: Town) -> None:
    """All rows are read, each once."""
    values = {"import": fill_difference(town).pk, "layer": town.points.pk}
    plan = explain("importers", "difference_digest", values)
    assert re.search(r"importers_difference_\d+", plan)
    assert "Nested Loop" not in plan


def plan_fill_difference(town: Town) -> None:
    """A file that changes five objects of thirty thousand."""
    import_ = Import.objects.create(name="points.csv", slug="points", layer=town.points)
    with connection.cursor() as cursor:
        stage_changes(cursor, town.points, 5)
        create_rows(cursor, import_.pk)
        create_difference(cursor, import_.pk)
        open_views(cursor, import_.pk)
        values = {"import": import_.pk, "layer": town.points.pk}
        plan = explain_here(cursor, "importers", "fill_difference", values)
        close_views(cursor)
    assert f"layers_feature_{town.points.pk}_key_once" in plan


def stage_changes(cursor: CursorWrapper, layer: Layer, count: int) -> None:
    """The first objects of a layer as a file moves them; what differs stands in `layers_diff`."""
    fill_stage(
        cursor,
        [
            StagedRow(each.key, str(each.geom.hexewkb.decode()), '{"name": "Інша"}')
            for each in layer.features.order_by("key")[:count]
        ],
    )
    execute_sql(cursor, "layers", "diff_stage", {"layer": layer.pk, "patch": True})
    cursor.execute("ANALYZE layers_diff")


def find_row(latitude: float, zoom: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Y(ST_Transform(ST_SetSRID(ST_Point(0, %s), 4326), 3857))", [latitude]
        )
        y_m = float(cursor.fetchone()[0])
    return int((1 - y_m / 20037508.34) / 2 * 2**zoom)


IMPORT_PLANS: dict[str, Callable[[Town], None]] = {
    "difference_tile": plan_difference_tile,
    "changes": plan_changes,
    "difference_digest": plan_difference_digest,
    "fill_difference": plan_fill_difference,
}
